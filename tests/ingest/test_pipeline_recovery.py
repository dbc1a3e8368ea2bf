"""The pipeline after a run that died: what was received gets in, once, and says the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.deliveries import Outcome
from graph.errors import StoreUnavailableError
from graph.store import Store, StoreLimits
from ingest.limits import DEFAULT_LIMITS
from ingest.pipeline import Intake
from ingest.receiving import Declared, Receiver
from ingest.sources import read_file
from ingest.summary import Summary
from tests.graph.services.test_recording import snapshot
from tests.ingest.cases.documents import AGENCIES, claims, file_details, ids_tip, reported
from tests.ingest.desk import Desk
from tests.ingest.media_samples import sample

_DECLARED = Declared(synthetic=True)


@pytest.fixture
def silent_store() -> Iterator[Store]:
    """A store that does not answer: nothing listens on the discard port."""
    limits = StoreLimits(read_s=1.0, write_s=1.0, retry_s=0.2)
    with Store("bolt://127.0.0.1:9", ("neo4j", "x"), database="neo4j", limits=limits) as store:
        yield store


def _paths(desk: Desk) -> list[Path]:
    return [
        desk.put(AGENCIES, name="agencies.csv"),
        desk.put(claims(("OH", "1", "account", "user-3")), name="claims.csv"),
        *(
            desk.put(ids_tip(f"1000000{n:02}", people=f'{{"espUserId": "user-{n}"}}'))
            for n in range(8)
        ),
        desk.put(reported("<screenName>sam</screenName>"), name="CyberTip_100000050.xml"),
        desk.put(file_details("100000050", "f1", "<fileName>a.jpg</fileName>"), name="file.xml"),
        desk.put("<report><broken>", name="broken.xml"),
    ]


def _pending(desk: Desk) -> int:
    return sum(1 for _ in desk.site.spool.pending())


def test_what_was_received_before_the_store_went_away_gets_in_once(
    desk: Desk, silent_store: Store
) -> None:
    paths = _paths(desk)
    intake = Intake(silent_store, desk.site, synthetic=True, actor="test", batch_tips=4)
    with pytest.raises(StoreUnavailableError):
        intake.ingest(paths, declared=_DECLARED)
    assert _pending(desk) >= 4
    assert desk.running.rows("MATCH (t:Tip) RETURN count(t)") == [(0,)]

    recovered = desk.intake(batch_tips=4).recover()
    assert recovered.recovered == recovered.documents > 0
    summary = desk.intake(batch_tips=4).ingest(paths, declared=_DECLARED)
    assert summary.quarantined == 1
    assert _pending(desk) == 0
    total = recovered.recorded + summary.recorded
    assert (total[Outcome.NEW_TIP], total[Outcome.NEW_PART]) == (9, 1)
    after = snapshot(desk.running)
    desk.running.wipe(synthetic=True)
    desk.intake().ingest(paths, declared=_DECLARED)
    assert snapshot(desk.running) == after


@pytest.mark.parametrize("batches", [1, 2, 3])
def test_a_run_that_ends_between_two_batches_is_finished_by_the_next(
    desk: Desk, batches: int
) -> None:
    paths = _paths(desk)
    seen: list[int] = []

    def stop(done: int, _summary: Summary) -> None:
        seen.append(done)
        if len(seen) == batches:
            raise StoreUnavailableError("the test ends this run here")

    with pytest.raises(StoreUnavailableError):
        desk.intake(batch_tips=3).ingest(paths, declared=_DECLARED, progress=stop)
    recovered = desk.intake().recover()
    again = desk.intake().ingest(paths, declared=_DECLARED)
    assert desk.running.rows("MATCH (t:Tip) RETURN count(t)") == [(9,)]
    assert desk.running.rows("MATCH (v:TipVersion) RETURN count(v)") == [(10,)]
    assert desk.running.rows("MATCH (c:Claim) RETURN count(c)") == [(1,)]
    assert recovered.recorded[Outcome.DUPLICATE] == 0
    assert again.recorded[Outcome.NEW_TIP] + recovered.recorded[Outcome.NEW_TIP] <= 9
    assert len(desk.site.quarantine.list()) == 1
    assert _pending(desk) == 0


def test_nothing_is_left_to_recover_after_a_run_that_ended_well(desk: Desk) -> None:
    desk.intake().ingest(_paths(desk), declared=_DECLARED)
    summary = desk.intake().recover()
    assert (summary.recovered, summary.documents) == (0, 0)


def test_a_refused_document_has_the_same_reason_after_a_run_that_died(desk: Desk) -> None:
    picture = desk.put(sample("image/png"), name="picture.png")
    heap = desk.put(b"x" * 100_000, name="heap")
    receiver = Receiver(desk.site.spool, limits=DEFAULT_LIMITS)
    list(receiver.receive(read_file(picture, max_bytes=10_000), _DECLARED))
    list(receiver.receive(read_file(heap, max_bytes=10_000), _DECLARED))
    desk.site.spool.sync()
    assert desk.intake().recover().quarantined == 2
    reasons = {entry.name: entry.reason for entry in desk.site.quarantine.list()}
    assert reasons["picture.png"].startswith("It is image/png, not a document.")
    assert "too many to be looked at" in reasons["heap"]
