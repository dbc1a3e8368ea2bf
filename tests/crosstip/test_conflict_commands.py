"""Two agencies that collide, on the command line, from the claims to the matrix."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from graph.clock import now_us
from tests.crosstip.mailing.receiver import Receiver
from tests.crosstip.test_hash_list_commands import Commands
from tests.graph.services.casework import case, claimed, draft
from tests.graph.services.people import staff
from tests.stores import RunningStore

NORTH, SOUTH, BOSS = ("--as", "lead.north"), ("--as", "lead.south"), ("--as", "boss.south")
OPS = ("--as", "ops")


@pytest.fixture
def crosstip(running_store: RunningStore, monkeypatch: pytest.MonkeyPatch) -> Commands:
    """The command on a store with two agencies whose investigations meet."""
    settings = running_store.settings
    monkeypatch.setenv("CROSSTIP_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("CROSSTIP_STORE", settings.store)
    monkeypatch.delenv("CROSSTIP_USER", raising=False)
    if not settings.is_embedded:
        monkeypatch.setenv("CROSSTIP_STORE_USER", settings.store_user)
        monkeypatch.setenv("CROSSTIP_STORE_PASSWORD", settings.require_password())
    people = staff(running_store.store, "north", "south", at_us=now_us())
    for agency in ("north", "south"):
        lead = people[f"lead.{agency}"]
        contact = f"desk@{agency}.example.com"
        key = case(lead, running_store.store, f"{agency}-1", contact=contact)
        claimed(lead, running_store.store, key, draft())
    return Commands()


def test_a_conflict_on_the_command_line(
    crosstip: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = json.loads(crosstip("conflicts", "list", "--json", *NORTH))
    ref = found[0]["ref"]
    listed = crosstip("conflicts", "list", *NORTH)
    assert "north-1 meets south south-1; call desk@south.example.com Your side: to be" in listed
    assert f"conflicts show {ref}" in listed
    shown = crosstip("conflicts", "show", ref, *SOUTH)
    assert "north north-1; call desk@north.example.com" in shown
    assert "x@example.com" not in shown
    said = crosstip("notices", "list", *NORTH)
    assert "HIGH Your work meets another agency's" in said
    key = json.loads(crosstip("notices", "list", "--json", *NORTH))[0]["key"]
    assert "Acknowledged by lead.north" in crosstip("notices", "acknowledge", key, *NORTH)
    assert "no notice that you have not" in crosstip("notices", "list", *NORTH)
    assert "is open" in crosstip("conflicts", "acknowledge", ref, *NORTH)
    crosstip("conflicts", "message", ref, "Call me.", *NORTH)
    assert "Call me." in crosstip("conflicts", "show", ref, *SOUTH)
    talk = crosstip("conflicts", "coordinate", ref, "--version", "3", *SOUTH)
    assert "is coordinating" in talk
    assert "only" in crosstip("conflicts", "resolve", ref, "joined", "--why", "J.",
                              "--version", "4",
                              "--as", "deputy.south", code=1).lower()  # fmt: skip
    ends = ("conflicts", "resolve", ref, "joined", "--why", "We work it together.", *SOUTH)
    assert "--version" in crosstip(*ends, code=2)
    assert "was changed meanwhile" in " ".join(crosstip(*ends, "--version", "3", code=1).split())
    crosstip(*ends, "--version", "4")
    assert "acknowledged by" not in crosstip("conflicts", "list", *NORTH)
    assert "joined" in crosstip("conflicts", "show", ref, *NORTH)
    assert "mean days to resolve" in crosstip("conflicts", "matrix", *BOSS)
    rows = json.loads(crosstip("conflicts", "matrix", "--json", *BOSS))
    assert [(row["other"], row["total"], row["unresolved"]) for row in rows] == [("north", 1, 0)]
    crosstip("conflicts", "reopen", ref, "--why", "Not agreed.", "--version", "5", *NORTH)
    assert "0 conflicts escalated" in crosstip("conflicts", "escalate", *OPS)
    assert "0 are missing" in crosstip("conflicts", "sweep", *OPS)
    assert "operator" in crosstip("conflicts", "sweep", *NORTH, code=1)
    assert "CROSSTIP_MAIL_HOST" in crosstip("notices", "deliver", *OPS, code=1)
    with Receiver() as receiver:
        monkeypatch.setenv("CROSSTIP_MAIL_HOST", "127.0.0.1")
        monkeypatch.setenv("CROSSTIP_MAIL_PORT", str(receiver.port))
        monkeypatch.setenv("CROSSTIP_MAIL_SECURITY", "none")
        receiver.refused_for_good = True
        assert "0 sent, 7 tries failed" in crosstip("notices", "deliver", *OPS)
        receiver.refused_for_good = False
        assert "SMTPRecipientsRefused 550" in crosstip("notices", "dead", *BOSS)
        assert "7 are tried again" in crosstip("notices", "retry", *OPS)
        assert "7 sent, 0 tries failed" in crosstip("notices", "deliver", *OPS)
        assert len(set(receiver.keys)) == 7
        assert not any(b"x@example.com" in mail for mail in receiver.mails)


def test_a_notice_about_a_child_says_whose_and_what_for(crosstip: Commands) -> None:
    terms = ("--source", "Given by a parent.", "--support", "File 2.", "--role", "victim",
             "--reliability", "reliable", "--content", "probable",
             "--handling", "permitted")  # fmt: skip
    for agency in ("north", "south"):
        crosstip("claim", "add", f"{agency}-1", "child@example.com", *terms,
                 "--as", f"lead.{agency}")  # fmt: skip
    said = crosstip("notices", "list", *BOSS)
    assert "a Email of investigation south-1. This is for protection" in said


def test_tips_of_an_agency_that_is_not_entered_wait(
    crosstip: Commands, running_store: RunningStore, tmp_path: Path
) -> None:
    world = tmp_path / "world"
    crosstip("world", str(world), "--tips", "129")
    tip = str(sorted(path for path in (world / "tips").rglob("*") if path.is_file())[0])
    ingest = ("ingest", "--synthetic", "--json", tip, "--holder")
    assert json.loads(crosstip(*ingest, "Nowhere", *OPS, code=3))["quarantined"] == 1
    assert "No agency nowhere is entered" in crosstip("quarantine", "list", *NORTH)
    # Nobody but an operator says whose another agency's tips are.
    assert "duties.another_agency" in crosstip(*ingest, "South", *NORTH, code=1)
    refused = "MATCH (e:AuditEntry {decision: 'deny'}) RETURN e.actor, e.action, e.policies"
    assert running_store.rows(refused) == [("lead.north", "tip.take_in", ["duties.another_agency"])]
    assert json.loads(crosstip(*ingest, "North", *NORTH))["quarantined"] == 0
    held = running_store.rows(
        "MATCH (:Tip)-[h:HELD_BY]->(a:Agency) RETURN a.key AS agency, h.until_us AS until LIMIT 9"
    )
    assert held == [("north", None)]
