"""The worker: runs what is due, survives what fails, and stands by while another one works."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import pytest
from neo4j.exceptions import DriverError, Neo4jError

from api.stores import Opener, StoreAccess
from crosstip.upkeep.duties import DUTIES
from crosstip.upkeep.running import WITHOUT_USERS
from crosstip.upkeep.settings import WorkerSettings
from crosstip.upkeep.table import At, Done, Duty, DutyFailedError, Lane, LaneEndedError
from crosstip.upkeep.who import resolver
from crosstip.upkeep.worker import Worker
from graph.casework.deeds import Deed
from graph.clock import now_us
from graph.errors import CrosstipError, RightsError, SettingsError, StoreUnavailableError
from graph.opening import OpenStore
from graph.services.audit_trees import logs_in
from graph.services.timetable import duties_of, make_due, runner_of
from graph.store import Store
from tests.api.live import opener_of
from tests.graph.services.people import operator, staff
from tests.stores import RunningStore

OWN = WorkerSettings(lease_s=120.0, stop_within_s=60.0)
"""A lease that no machine lets lapse by itself."""
_LIMIT_S = 120.0
SECRET = "canary@example.com"


@pytest.fixture(autouse=True)
def _looks_often(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker looks at the timetable twice in a second, however long its lease is."""
    monkeypatch.setattr("crosstip.upkeep.worker._RENEWALS", 2 * OWN.lease_s)


@dataclass(slots=True)
class Work:
    """A duty's work that counts its runs and fails as it is told."""

    runs: int = 0
    errors: list[Exception] = field(default_factory=list)
    users: set[str] = field(default_factory=set)

    def __call__(self, at: At) -> Done:
        self.runs += 1
        self.users.add(at.caller.user)
        if len(self.errors) > 0:
            raise self.errors.pop(0)
        return Done(outcome=f"run {self.runs}", is_logged=False)


def duty(work: Callable[[At], Done], name: str = "test", *, every_s: int = 3600) -> Duty:
    """Give a duty of a test's own."""
    return Duty(
        name=name,
        doc="Of a test.",
        every_s=every_s,
        lane=Lane.LOG,
        deed=Deed.UPKEEP_RUN,
        command="none",
        without="nothing",
        work=work,
    )


@contextmanager
def working(
    running: RunningStore,
    *duties: Duty,
    opener: Opener | None = None,
    user: str | None = "ops",
) -> Iterator[Worker]:
    """Have a worker run on a thread until the block ends."""
    stores = StoreAccess(opener or opener_of(running.store), pause_s=0.1)
    worker = Worker(stores, running.settings, duties=duties, resolve=resolver(user), own=OWN)
    stop = threading.Event()
    thread = threading.Thread(target=worker.run, args=(stop,))
    thread.start()
    try:
        yield worker
    finally:
        stop.set()
        thread.join(120)
        assert not thread.is_alive()


def lapse(running: RunningStore) -> None:
    """Have the lease on the timetable be over, as if its time had passed."""

    def lapsed() -> bool:
        # The workers renew it meanwhile: one of two who write the same node is sent back.
        try:
            running.rows("MATCH (r:Runner) SET r.until_us = 1 RETURN count(r)")
        except (DriverError, Neo4jError):
            return False
        return True

    until(lapsed)


def until(condition: Callable[[], object]) -> None:
    """Come back when something holds."""
    deadline = time.monotonic() + _LIMIT_S
    while not condition():
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.05)


def test_duties_are_run_noted_and_tried_again(
    running_store: RunningStore, caplog: pytest.LogCaptureFixture
) -> None:
    store = running_store.store
    operator(store, at_us=now_us())
    good, bad = Work(), Work(errors=[ValueError(SECRET), DutyFailedError("the disk is full")])
    odd = Work(errors=[CrosstipError(f"about {SECRET}")])
    with working(running_store, duty(good), duty(bad, "bad"), duty(odd, "odd")) as worker:
        until(lambda: odd.runs == 1 and "odd" in duties_of(store))
        until(lambda: duties_of(store)["odd"].failures == 1)
        found = runner_of(store, at_us=now_us())
        assert found is not None
        assert (found.user, found.holder) == ("ops", worker.name)
        rows = duties_of(store)
        assert (rows["test"].outcome, rows["test"].failures) == ("run 1", 0)
        assert rows["test"].due_us > now_us() + 3_500_000_000
        assert rows["bad"].outcome is not None
        assert rows["bad"].outcome.startswith("a defect: ValueError in __call__, line ")
        assert rows["odd"].outcome == "CrosstipError", "its sentence may hold anything"
        assert now_us() + 31_000_000 > rows["bad"].due_us > now_us() + 10_000_000
        make_due(store, "bad")
        until(lambda: bad.runs == 2 and duties_of(store)["bad"].failures == 2)
        assert duties_of(store)["bad"].outcome == "the disk is full"
        assert duties_of(store)["bad"].done_us is None
    assert runner_of(store, at_us=now_us()) is None, "it let go"
    assert (good.runs, good.users) == (1, {"ops"})
    assert SECRET not in caplog.text
    assert "duty bad failed (1 times)" in caplog.text
    actions = running_store.rows(
        "MATCH (e:AuditEntry) WHERE e.action = 'upkeep.run' RETURN e.actor, e.outcome "
        "ORDER BY e.outcome"
    )
    assert actions == [("ops", "begun"), ("ops", "run 1")]


def test_two_workers_do_nothing_twice_and_the_second_takes_over(
    running_store: RunningStore,
) -> None:
    operator(running_store.store, at_us=now_us())
    first, second = Work(), Work()
    with working(running_store, duty(second, every_s=1)) as standing:
        until(lambda: second.runs > 0)
        before = second.runs
        with working(running_store, duty(first, every_s=1)) as other:
            until(lambda: second.runs > before + 1)
            assert (first.runs, other.has_timetable, standing.has_timetable) == (0, False, True)
            # The first one is as good as killed: it renews no more and lets go of nothing.
            standing._hold = lambda: None  # type: ignore[method-assign]

            def taken() -> bool:
                # A renewal that it had begun may still be written over what is lapsed here.
                if not other.has_timetable:
                    lapse(running_store)
                return first.runs > 1

            until(taken)
            until(lambda: not standing.has_timetable)
            # A run that it had begun before it lost the timetable may still be counted.
            until(lambda: first.runs > 3)
            stopped = second.runs
            until(lambda: first.runs > 6)
            assert second.runs == stopped
    assert duties_of(running_store.store)["test"].fence == 2


@pytest.mark.parametrize("running_store", ["embedded"], indirect=True)
def test_a_worker_ends_with_a_lane_of_it(running_store: RunningStore) -> None:
    """Else it would hold the timetable, and nothing of that lane were run or missed."""
    operator(running_store.store, at_us=now_us())

    def broken() -> str | None:
        raise ValueError(SECRET)

    odd, good = replace(duty(Work()), missing=broken), replace(duty(Work()), lane=Lane.LONG)
    stores = StoreAccess(opener_of(running_store.store))
    resolve = resolver("ops")
    settings = running_store.settings
    worker = Worker(stores, settings, duties=(odd, good), resolve=resolve, own=OWN)
    stop = threading.Event()
    timer = threading.Timer(120, stop.set)
    timer.start()
    with pytest.raises(LaneEndedError, match="lane log did by a defect: ValueError in broken") as e:
        worker.run(stop)
    timer.cancel()
    assert SECRET not in str(e.value)
    assert runner_of(running_store.store, at_us=now_us()) is None, "it let go"


class Away:
    """A store that can be taken away: nothing of it answers then."""

    def __init__(self, store: Store) -> None:
        self.is_away = threading.Event()
        self._store = store
        self._open = opener_of(store)

    @contextmanager
    def opener(self) -> Iterator[OpenStore]:
        """Open it, or not."""
        self._refuse()
        with self._open() as opened:
            yield replace(opened, store=self)  # type: ignore[arg-type]

    def _refuse(self) -> None:
        if self.is_away.is_set():
            raise StoreUnavailableError("The store does not answer.")

    def __getattr__(self, name: str) -> object:
        self._refuse()
        return getattr(self._store, name)


def test_a_store_that_is_away_is_waited_for(
    running_store: RunningStore, caplog: pytest.LogCaptureFixture
) -> None:
    operator(running_store.store, at_us=now_us())
    away, work = Away(running_store.store), Work()
    with working(running_store, duty(work, every_s=1), opener=away.opener):
        until(lambda: work.runs > 0)
        away.is_away.set()
        # Said by who holds the timetable and by the lane: neither is at work any more.
        until(lambda: caplog.text.count("nothing can be done now") >= 2)
        before = work.runs
        time.sleep(1)
        assert work.runs == before
        away.is_away.clear()
        until(lambda: work.runs > before + 1)
    assert caplog.text.count("nothing can be done now") <= 4, "said once, not each time"
    assert "it can be worked again" in caplog.text


def test_under_whose_name(running_store: RunningStore) -> None:
    store = running_store.store
    unnamed = resolver(None)(store)
    assert unnamed.unnamed
    people = staff(store, "north", at_us=now_us())
    with pytest.raises(SettingsError, match="give --as USER"):
        resolver(None)(store)
    with pytest.raises(RightsError):
        resolver("lead.north")(store)
    with pytest.raises(RightsError, match="Nobody is known"):
        resolver("nobody")(store)
    assert resolver(" OPS ")(store).user == people["ops"].user


def test_every_duty_of_the_table_runs(
    running_store: RunningStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each once, on a store with people and nothing else: mail and backup are not set up."""
    store = running_store.store
    monkeypatch.setenv("CROSSTIP_DATA_DIR", str(running_store.settings.data_dir))
    monkeypatch.delenv("CROSSTIP_MAIL_HOST", raising=False)
    monkeypatch.delenv("CROSSTIP_BACKUP_DIR", raising=False)
    names = {each.name for each in DUTIES if each.missing() is None}
    assert names == {each.name for each in DUTIES} - {"deliver", "backup"}
    now = [replace(each, first_after_s=0) for each in DUTIES]
    with working(running_store, *now, user=None):
        # Nobody is entered yet: what agencies' work needs has nothing to do.
        until(lambda: _ended(store) == names)
        assert duties_of(store)["escalate"].outcome == WITHOUT_USERS
    rows = duties_of(store)
    failing = {name for name, row in rows.items() if row.failures > 0}
    assert failing <= {"checkpoint", "disk", "chance"}, {n: rows[n].outcome for n in failing}
    assert len(logs_in(store)) > 0


def _ended(store: Store) -> set[str]:
    return {name for name, row in duties_of(store).items() if row.ended_us is not None}
