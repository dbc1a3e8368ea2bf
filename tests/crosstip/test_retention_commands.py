"""Retention and legal holds as their users type them, and what becomes of originals."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from typer.testing import CliRunner

from crosstip.main import app
from crosstip.upkeep.erasing import WAIT_US, erase_due
from graph.clock import now_us
from ingest.settings import IntakeSettings
from ingest.site import vault_of
from tests.graph.services.people import staff
from tests.graph.services.queueing import take_in
from tests.graph.services.retaining import closed
from tests.stores import RunningStore

LONG_AGO = (
    "MATCH (q:Triage {tip: 'ncmec:1'}) SET q.since_us = 1, q.stood_us = 1, "
    "q.since_place = 'north|0000000000000000001|ncmec:1' RETURN count(q)"
)
BEGUN = "MATCH (p:RetentionPolicy) SET p.from_us = 1 RETURN count(p)"


@pytest.fixture
def run(running_store: RunningStore, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Give a way to run commands on the store as somebody."""
    settings = running_store.settings
    monkeypatch.setenv("CROSSTIP_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("CROSSTIP_STORE", settings.store)
    monkeypatch.setenv("CROSSTIP_STORE_USER", settings.store_user)
    monkeypatch.setenv("COLUMNS", "400")
    if not settings.is_embedded:
        monkeypatch.setenv("CROSSTIP_STORE_PASSWORD", settings.require_password())

    def invoke(user: str, *arguments: str, code: int = 0) -> str:
        done = CliRunner().invoke(app, [*arguments, "--as", user])
        assert done.exit_code == code, done.output
        return " ".join(done.output.split())

    return invoke


def _put(running: RunningStore, sha256: str) -> None:
    with vault_of(running.settings.data_dir, IntakeSettings()) as vault:
        vault.put(sha256, b"screened")
        vault.sync()


def _has(running: RunningStore, sha256: str) -> bool:
    with vault_of(running.settings.data_dir, IntakeSettings()) as vault:
        return vault.has(sha256)


def test_a_policy_a_hold_and_a_purge_as_they_are_typed(
    running_store: RunningStore, run: Callable[..., str]
) -> None:
    store = running_store.store
    people = staff(store, "north", at_us=now_us())
    closed(people["lead.north"], store, take_in(store, 1))
    ((sha256,),) = running_store.rows("MATCH (d:Document) RETURN d.key")
    _put(running_store, str(sha256))
    admin, boss = "admin.north", "boss.north"
    assert "kept for good" in run(boss, "retention", "policies")
    order = ("--name", "County schedule 7", "--dated", "2023-01-01", "--why", "The county's.")
    days = ("--days", "365", "--from", "closing", "--version", "0")
    assert "NOT CONFIRMED" in run(admin, "retention", "propose", "tips", *days, *order)
    assert "nothing goes" in run(boss, "retention", "dry-run", "tips", "--version", "1").lower()
    run(admin, "retention", "confirm", "tips", "1", code=1)
    assert "confirmed by boss.north" in run(boss, "retention", "confirm", "tips", "1")
    running_store.rows(LONG_AGO)
    running_store.rows(BEGUN)
    why = ("--why", "A suit.", "--reference", "Letter 1")
    placed = run(boss, "hold", "place", "tip", "1", *why)
    hold = placed.split()[0]
    assert re.match(r"[0-9a-f]{32}\Z", hold)
    assert "a legal hold keeps it" in run(boss, "retention", "dry-run", "tips")
    assert "0 purged" in run("ops", "retention", "purge")
    assert "ended by boss.north" in run(boss, "hold", "end", hold, "--why", "Settled")
    assert "in force" not in run(boss, "hold", "list")
    assert "due 1, on hold 0" in run(boss, "retention", "show")
    assert "1 purged, 1 tips left" in run("ops", "retention", "purge")
    assert not _has(running_store, str(sha256))
    assert "1 purged" in run(boss, "retention", "records")
    assert "County schedule 7" in run(boss, "retention", "purged", "1")
    assert "To be validated" in run(boss, "claim", "queue")


def test_an_original_is_set_aside_and_deleted_or_brought_back(
    running_store: RunningStore, run: Callable[..., str]
) -> None:
    store, at_us = running_store.store, now_us()
    assert run is not None
    shas = ["a" * 64, "b" * 64, "c" * 64]
    for sha256 in shas:
        _put(running_store, sha256)
        running_store.rows(
            "CREATE (e:ErasureDue {key: $key, noted_us: 1}) RETURN e.key", key=sha256
        )
    done = erase_due(store, at_us=at_us)
    assert (done.set_aside, done.deleted) == (3, 0)
    assert not any(_has(running_store, sha256) for sha256 in shas)
    assert erase_due(store, at_us=at_us + WAIT_US - 1).deleted == 0
    # One was recorded by an intake that had found its original there; one came in anew.
    for sha256 in shas[:2]:
        running_store.rows("CREATE (d:Document {key: $key}) RETURN d.key", key=sha256)
    _put(running_store, shas[1])
    done = erase_due(store, at_us=at_us + WAIT_US)
    assert (done.back, done.deleted) == (2, 1)
    assert [_has(running_store, sha256) for sha256 in shas] == [True, True, False]
    assert running_store.rows("MATCH (e:ErasureDue) RETURN e.key") == []
    going = running_store.settings.data_dir / "vault" / "going"
    assert list(going.iterdir()) == []
