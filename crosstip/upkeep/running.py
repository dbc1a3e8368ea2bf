"""One run of a duty: begun in the store, done, and noted there with how it went."""

from __future__ import annotations

import logging
import threading
import traceback
from collections.abc import Callable, Mapping, Sequence

from crosstip.upkeep.table import At, Done, Duty, DutyFailedError, Lane, StoppedError
from graph.audit.errors import AuditError
from graph.casework.caller import Caller
from graph.casework.rights import own, permits, require
from graph.errors import (
    CrosstipError,
    RightsError,
    SettingsError,
    StorageFailedError,
    StorageFullError,
    StoreError,
)
from graph.opening import OpenStore
from graph.queries.upkeep import DutyRow
from graph.services.acting import About, leaf, note
from graph.services.timetable import SECOND_US, Held, Ran, TakenOverError, Timetable
from graph.settings import StoreSettings
from graph.store import Store

_LOG = logging.getLogger("crosstip.worker")
_SAY_AGAIN = 20
"""A duty that fails again and again is said the first time, and then so seldom."""
_IN_WORDS = (
    StoreError,
    SettingsError,
    AuditError,
    RightsError,
    DutyFailedError,
    StorageFullError,
    StorageFailedError,
)
"""Errors whose sentences hold no identifier; of others the class alone is said."""
WITHOUT_USERS = "nothing to do while no user is entered"


class Runs:
    """The duties of one worker and when they are due. Threads of different lanes share it."""

    def __init__(
        self,
        *,
        duties: Sequence[Duty],
        settings: StoreSettings,
        worker: str,
        resolve: Callable[[Store], Caller],
        stop: threading.Event,
        clock: Callable[[], int],
    ) -> None:
        """Take the table; nothing is known of the store yet."""
        self._duties = tuple(duties)
        self._settings = settings
        self._worker = worker
        self._resolve = resolve
        self._stop = stop
        self._clock = clock
        self._began_us = clock()
        self._lock = threading.Lock()
        self._due_us: dict[str, int] = {}
        self._failures: dict[str, int] = {}

    def of(self, lane: Lane) -> list[Duty]:
        """Give the duties of a lane."""
        return [duty for duty in self._duties if duty.lane is lane]

    def know(self, rows: Mapping[str, DutyRow]) -> None:
        """Take over what the store says of each duty's last run."""
        with self._lock:
            for duty in self._duties:
                row = rows.get(duty.name)
                if row is not None:
                    self._due_us[duty.name] = row.due_us
                    self._failures[duty.name] = row.failures
                else:
                    first_us = self._began_us + duty.first_after_s * SECOND_US
                    self._due_us[duty.name] = first_us

    def due(self, lane: Lane, at_us: int) -> Duty | None:
        """Give the duty of a lane that is due longest; None when none is."""
        with self._lock:
            known = [
                (self._due_us[duty.name], number, duty)
                for number, duty in enumerate(self._duties)
                if duty.lane is lane and self._due_us.get(duty.name, at_us + 1) <= at_us
            ]
        ready = [item for item in known if item[2].missing() is None]
        return min(ready)[2] if len(ready) > 0 else None

    def run(self, duty: Duty, table: Timetable, held: Held, found: OpenStore) -> None:
        """Run a duty and note how it went. What it raises is noted, and ends nothing.

        Raises:
            TakenOverError: another worker has the timetable.
            StoreError: the store could not note it; the duty is due again.
        """
        began_us = self._clock()
        if not table.begin(duty.name, held, at_us=began_us):
            self._wait(duty, began_us + duty.every_s * SECOND_US, self._failed(duty))
            return
        ran = self._ran(duty, found)
        # Known before it is noted: a store that goes away now must not have it run in a circle.
        before = self._failed(duty)
        self._wait(duty, ran.due_us, ran.failures)
        self._say(duty, ran, before)
        table.end(duty.name, held, ran, at_us=self._clock())

    def _ran(self, duty: Duty, found: OpenStore) -> Ran:
        failure: str | None = None
        outcome = ""
        try:
            outcome = self._work(duty, found)
        except StoppedError as error:
            return Ran(
                outcome=str(error), is_done=False, failures=self._failed(duty), due_us=self._clock()
            )
        except TakenOverError:
            raise
        except CrosstipError as error:
            failure = said(error)
        except Exception as error:  # noqa: BLE001 a defect in one duty must not end the others
            failure = defect(error)
        now = self._clock()
        if failure is None:
            due_us = now + duty.every_s * SECOND_US
            return Ran(outcome=outcome, is_done=True, failures=0, due_us=due_us)
        failures = self._failed(duty) + 1
        wait_us = duty.retry_after_s(failures) * SECOND_US
        return Ran(outcome=failure, is_done=False, failures=failures, due_us=now + wait_us)

    def _work(self, duty: Duty, found: OpenStore) -> str:
        caller = self._resolve(found.store)
        if caller.unnamed and not permits(caller, duty.deed, resource=own(caller)):
            return WITHOUT_USERS
        require(caller, duty.deed)
        at = At(
            found=found,
            caller=caller,
            settings=self._settings,
            worker=self._worker,
            stop=self._stop,
        )
        done: Done = duty.work(at)
        if not done.is_logged:
            written = leaf(caller, duty.deed, About(), outcome=done.outcome)
            found.store.writing(lambda unit: note(unit, caller, [written]), name="logging upkeep")
        return done.outcome

    def _say(self, duty: Duty, ran: Ran, before: int) -> None:
        if not ran.is_done:
            if ran.failures == 1 or ran.failures % _SAY_AGAIN == 0:
                _LOG.warning("duty %s failed (%d times): %s", duty.name, ran.failures, ran.outcome)
            return
        if before > 0:
            _LOG.warning("duty %s works again: %s", duty.name, ran.outcome)
        elif duty.every_s >= 300:
            _LOG.info("duty %s: %s", duty.name, ran.outcome)

    def _failed(self, duty: Duty) -> int:
        with self._lock:
            return self._failures.get(duty.name, 0)

    def _wait(self, duty: Duty, due_us: int, failures: int) -> None:
        with self._lock:
            self._due_us[duty.name] = due_us
            self._failures[duty.name] = failures


def said(error: CrosstipError) -> str:
    """Give what may be said of an error where people read who may not read tips."""
    return str(error) if isinstance(error, _IN_WORDS) else type(error).__name__


def defect(error: Exception) -> str:
    """Give where an error was raised that nothing raises on purpose: what it says may be values."""
    raised = traceback.extract_tb(error.__traceback__)[-1]
    return f"a defect: {type(error).__name__} in {raised.name}, line {raised.lineno}"
