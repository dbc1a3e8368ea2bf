"""Feedback to NCMEC on the command line and over HTTP: the same record, the same bytes."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from crosstip.main import app
from graph.clock import from_us, iso, now_us
from graph.services.callers import caller_of
from graph.triage.moves import Outcome
from tests.crosstip.jobs.office import BOSS, LEAD, OTHER, Office, office
from tests.graph.services.rights_feedback import closed
from tests.stores import RunningStore

DAY_US = 86_400_000_000


@pytest.fixture
def at(running_store: RunningStore, tmp_path: Path) -> Iterator[Office]:
    """An office that closed a tip a moment ago."""
    with office(running_store, tmp_path) as found:
        closed(caller_of(running_store.store, BOSS), running_store.store, 7, Outcome.ARREST)
        yield found


def test_feedback_is_made_once_and_read_by_its_agency(at: Office) -> None:
    period = {"from_at": "2000-01-01T00:00:00Z", "until_at": iso(now_us())}
    boss, lead, other = (at.people[user] for user in (BOSS, LEAD, OTHER))
    key = {"Idempotency-Key": "feedback-of-the-month"}
    assert lead.post("/v1/feedback", json=period).status_code == 403
    made = boss.post("/v1/feedback", json=period, headers=key)
    assert made.status_code == 200, made.text
    again = boss.post("/v1/feedback", json=period, headers=key)
    assert again.json()["key"] == made.json()["key"], "a repeated request tells nothing twice"
    refused = boss.post("/v1/feedback", json=period)
    assert (refused.status_code, "nothing new" in refused.text) == (422, True)
    ref = made.json()["key"]
    view = lead.get(f"/v1/feedback/{ref}").json()
    assert [(line["tip"], line["says"]) for line in view["items"]] == [("ncmec:7", "Arrest made")]
    assert "to be confirmed with NCMEC" in view["feedback"]["words"]
    for kind in ("csv", "json"):
        file = lead.get(f"/v1/feedback/{ref}/file", params={"kind": kind})
        digest = hashlib.sha256(file.content).hexdigest()
        assert digest == made.json()[f"{kind}_sha256"]
        assert "SYNTHETIC" in file.headers["content-disposition"]
    for path in ("", "/file"):
        assert other.get(f"/v1/feedback/{ref}{path}").status_code == 404
    assert other.get("/v1/feedback").json()["items"] == []
    assert [row["key"] for row in lead.get("/v1/feedback").json()["items"]] == [ref]


def test_feedback_by_command(at: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    settings = at.running.settings
    monkeypatch.setenv("CROSSTIP_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("CROSSTIP_STORE", settings.store)
    monkeypatch.setenv("CROSSTIP_STORE_USER", settings.store_user)
    monkeypatch.setenv("COLUMNS", "400")
    if not settings.is_embedded:
        monkeypatch.setenv("CROSSTIP_STORE_PASSWORD", settings.require_password())

    def run(*arguments: object, code: int = 0) -> str:
        words = [str(argument) for argument in arguments]
        done = CliRunner().invoke(app, [*words, "--as", BOSS])
        assert done.exit_code == code, done.output
        return done.output

    # Days have to be over: the closing is put a day back.
    at.running.rows(
        "MATCH (m:TriageMove {move: 'close'}) SET m.kind_place = $place",
        place=f"alder|close|{now_us() - DAY_US:019d}|moved",
    )
    since, before = (f"{from_us(now_us() - back * DAY_US):%Y-%m-%d}" for back in (2, 0))
    made = json.loads(run("feedback", "make", "--since", since, "--before", before, "--json"))
    assert (made["line_total"], made["made_by"]) == (1, BOSS)
    out = tmp_path / "feedback.csv"
    assert made["csv_sha256"] in run("feedback", "write", made["key"], "--to", out)
    (row,) = csv.DictReader(io.StringIO(out.read_text()))
    assert (row["report_number"], row["kind"], row["store"]) == ("7", "first", "SYNTHETIC")
    assert "Arrest made" in run("feedback", "show", made["key"])
    assert made["key"] in run("feedback", "list")
    assert "nothing new" in run("feedback", "make", "--since", since, "--before", before, code=1)
    words = CliRunner().invoke(app, ["feedback", "words"])
    assert "to be confirmed with NCMEC" in " ".join(words.output.split())
