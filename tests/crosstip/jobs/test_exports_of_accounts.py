"""Exports that account for work: checks that were made, and a log with its proof."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from graph.audit import standalone_list
from graph.audit.keys import new_signer, save_signer
from graph.audit.settings import AuditSettings
from graph.services import export_accounts
from graph.services.audit_checkpoints import publish_if_due
from graph.services.audit_sequencer import sequence
from tests.api.live import live_api, opener_of
from tests.api.logging_on import logged_on_as
from tests.crosstip.jobs.office import BOSS, LEAD, OTHER, Office, commanded, office
from tests.crosstip.jobs.test_exports import fetched, ordered
from tests.stores import RunningStore

AUDIT, OTHERS_AUDIT = "audit.alder", "audit.birch"
ASKED = "somebody.asked@example.com"


@pytest.fixture
def at(running_store: RunningStore, tmp_path: Path) -> Iterator[Office]:
    """An office with an auditor at each agency."""
    with office(running_store, tmp_path) as found, ExitStack() as stack:
        live = stack.enter_context(live_api(opener_of(running_store.store), data_dir=tmp_path))
        for user in (AUDIT, OTHERS_AUDIT):
            client = stack.enter_context(logged_on_as(live, running_store.store, user))
            found.people[user] = client
        yield found


def checked(at: Office, user: str, case: str, *values: str) -> str:
    """Open an investigation, check something in it, and give the check's ref."""
    http = at.people[user]
    new = {"reference": case, "purpose": "cybertip"}
    http.post("/v1/investigations", json=new)
    body = {"investigation": case, "purpose": "cybertip", "values": [{"value": v} for v in values]}
    answer = http.post("/v1/checks", json=body)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["ref"])


def lines(at: Office, key: str, user: str) -> list[dict[str, Any]]:
    """Give the rows of an export in NDJSON."""
    answer = fetched(at, key, user)
    assert answer.status_code == 200, answer.text
    return [json.loads(line) for line in answer.text.splitlines()]


def test_checks_are_taken_out_by_who_made_them_and_who_supervises(at: Office) -> None:
    first = checked(at, LEAD, "A-1", ASKED)
    second = checked(at, BOSS, "A-2", ASKED, "not an identifier")
    foreign = checked(at, OTHER, "B-1", ASKED)
    made = {user: ordered(at, user, list="checks", format="ndjson") for user in (LEAD, BOSS, OTHER)}
    assert at.worked() == 3
    own = lines(at, made[LEAD], LEAD)
    assert [row["check"] for row in own] == [first]
    (row,) = own
    assert (row["by"], row["purpose"], row["lines"], row["hits"]) == (LEAD, "cybertip", 1, 0)
    assert (row["result"], row["store"]) == ("nothing shown", "SYNTHETIC")
    assert row["answer"].startswith("1 lines: 0 hit, 1 nothing to show")
    assert [row["check"] for row in lines(at, made[BOSS], BOSS)] == [second, first]
    assert [row["check"] for row in lines(at, made[OTHER], OTHER)] == [foreign]
    for user, key in made.items():
        assert ASKED not in fetched(at, key, user).text
        assert any("no statement" in note for note in at.job(key, user)["export"]["notes"])
    out = at.data_dir / "checks.csv"
    said = commanded(at, BOSS, "export", "checks", "--out", str(out))
    assert "2 rows as of" in said
    assert "no statement" in said
    assert [row["check"] for row in csv.DictReader(out.open())] == [second, first]
    # Neither the auditor nor somebody of another agency gets what is not theirs.
    assert at.people[AUDIT].post("/v1/exports", json={"list": "checks"}).status_code == 403
    assert fetched(at, made[BOSS], OTHER).status_code == 404


@pytest.mark.parametrize("running_store", ["embedded"], indirect=True)
def test_a_log_is_taken_out_by_its_auditor_and_proved_without_crosstip(
    at: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CROSSTIP_DATA_DIR", str(tmp_path))
    settings, signer = AuditSettings(), new_signer()
    save_signer(settings.keys.signing, signer)
    checked(at, LEAD, "A-1", ASKED)
    checked(at, OTHER, "B-1", ASKED)
    assert at.people[LEAD].post("/v1/exports", json={"list": "audit"}).status_code == 403
    bare = ordered(at, AUDIT, list="audit")
    assert at.worked() == 1
    assert at.job(bare, AUDIT)["export"]["proof"] is None, "nothing vouches for it yet"
    publish_if_due(at.running.store, settings)
    checked(at, LEAD, "A-2", ASKED)
    sequence(at.running.store)

    keys = {name: ordered(at, AUDIT, list="audit", format=name) for name in ("csv", "ndjson")}
    foreign = ordered(at, OTHERS_AUDIT, list="audit", format="ndjson")
    monkeypatch.setattr(export_accounts, "_LEAVES", 3)
    assert at.worked() == 3
    rows = lines(at, keys["ndjson"], AUDIT)
    assert [row["number"] for row in rows] == list(range(len(rows)))
    assert {row["agency"] for row in rows} == {"alder"}
    assert {row["agency"] for row in lines(at, foreign, OTHERS_AUDIT)} == {"birch"}
    assert {"check.run", "investigation.open"} <= {row["action"] for row in rows}
    assert ASKED not in fetched(at, keys["ndjson"], AUDIT).text
    assert all(json.loads(row["record"])["id"] == row["entry"] for row in rows)
    table = list(csv.DictReader(io.StringIO(fetched(at, keys["csv"], AUDIT).text)))
    assert [row["record"] for row in table[: len(rows)]] == [row["record"] for row in rows]

    monkeypatch.setattr(export_accounts, "MOST_ROWS", len(rows) - 1)
    keys["newest"] = ordered(at, AUDIT, list="audit", format="ndjson")
    assert at.worked() == 1
    assert "Only the newest" in at.job(keys["newest"], AUDIT)["export"]["left_out"][0]
    public = signer.public.text
    for name, key in keys.items():
        whole, proof = fetched(at, key, AUDIT).content, at.job(key, AUDIT)["export"]["proof"]
        proved(tmp_path / name, whole, proof, public)
        assert "are covered by the checkpoint" in capsys.readouterr().out
    out, kept = tmp_path / "log.csv", tmp_path / "log.proof"
    commanded(at, AUDIT, "export", "audit", "--out", str(out), "--proof", str(kept))
    assert standalone_list.main([str(out), str(kept), "--key", public]) == 0


def proved(place: Path, whole: bytes, proof: object, public: str) -> None:
    """Prove a list, and find it out when it is changed, cut, or signed by another key."""
    place.mkdir()
    list_, kept = place / "list", place / "proof"
    list_.write_bytes(whole)
    kept.write_text(json.dumps(proof))
    words = [str(list_), str(kept), "--key"]
    assert standalone_list.main([*words, new_signer().public.text]) == 1, place.name
    for changed in (
        whole.replace(b"check.run", b"check.not"),
        b"".join(whole.splitlines(keepends=True)[:2]),
    ):
        list_.write_bytes(changed)
        assert standalone_list.main([*words, public]) == 1, place.name
    list_.write_bytes(whole)
    assert standalone_list.main([*words, public]) == 0, place.name
