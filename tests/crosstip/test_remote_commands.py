"""`crosstip remote`: an agency's machine without a store asks the API with a key."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from crosstip.main import app
from graph.store import Store
from tests.api.offices import SUBJECT, Offices, two_offices

_LEAD, _OTHER = "lead.alder", "lead.birch"
_ASK = ("--investigation", "26-1", "--purpose", "cybertip")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a command ended with."""

    code: int
    out: str
    err: str


def crosstip(*args: str) -> Asked:
    result = CliRunner().invoke(app, ["remote", *args])
    return Asked(code=result.exit_code, out=result.stdout, err=result.stderr)


@pytest.fixture
def offices(store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Offices]:
    with two_offices(store, _LEAD, _OTHER) as found:
        carried = found.people[_LEAD].headers["Authorization"].removeprefix("Bearer ")
        monkeypatch.setenv("CROSSTIP_URL", found.live.url)
        monkeypatch.setenv("CROSSTIP_KEY", carried)
        yield found


def test_an_agency_asks_from_a_machine_without_a_store(offices: Offices, tmp_path: Path) -> None:
    offices.opened(_LEAD, "26-1")
    offices.opened(_OTHER, "B-7")
    offices.claimed(_OTHER, "B-7", SUBJECT)
    hit = crosstip("check", SUBJECT, "nobody@example.org", *_ASK, "--key", "ours-0001")
    assert hit.code == 4, hit.err
    assert "B-7" in hit.out
    assert "nothing to show" in hit.out
    missed = crosstip("check", "nobody@example.org", *_ASK, "--json")
    assert (missed.code, json.loads(missed.out)["lines"][0]["outcome"]) == (0, "nothing to show")
    unknown = crosstip("check", SUBJECT, "no identifier at all", *_ASK)
    assert unknown.code == 3, "what was not checked is told before what was found"
    given, out = tmp_path / "ask.csv", tmp_path / "told.csv"
    given.write_text(f"identifier\n{SUBJECT}\n")
    assert crosstip("check-file", str(given), *_ASK, "--out", str(out)).code == 0
    assert "hit" in out.read_text()
    again = crosstip("check-file", str(given), *_ASK, "--out", str(out))
    assert (again.code, "there already" in again.err) == (1, True)
    assert "birch" in crosstip("conflicts").out


@pytest.mark.usefixtures("offices")
def test_what_the_api_refuses_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    for args in (("check", SUBJECT, *_ASK), ("links", "ncmec:404")):
        refused = crosstip(*args)
        assert (refused.code, "crosstip: " in refused.err) == (1, True), args
    short = crosstip("check", SUBJECT, *_ASK, "--key", "ours-1")
    assert "Idempotency-Key" in short.err, "which part of the request does not fit"
    monkeypatch.setenv("CROSSTIP_KEY", "ctk_wrong")
    assert "(log-on)" in crosstip("conflicts").err
    monkeypatch.setenv("CROSSTIP_URL", "http://127.0.0.1:9")
    assert "Nothing answers" in crosstip("conflicts").err


@pytest.mark.parametrize(
    "url", ["http://crosstip.example.org", "http://198.18.0.7:8700", "ftp://localhost", "crosstip"]
)
def test_a_key_is_never_sent_in_the_clear(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("CROSSTIP_URL", url)
    monkeypatch.setenv("CROSSTIP_KEY", "ctk_any")
    said = crosstip("conflicts")
    assert (said.code, "https" in said.err) == (1, True)


def test_without_an_address_or_a_key_it_says_what_to_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CROSSTIP_URL", raising=False)
    monkeypatch.delenv("CROSSTIP_KEY", raising=False)
    assert "CROSSTIP_URL" in crosstip("conflicts").err
