"""The worker: runs the duties of the timetable, one worker of a store at a time.

The main thread holds the timetable and stands by while another worker does. Each lane has a thread
that runs what is due. A store that is away is waited for; only its stop ends the worker.
"""

from __future__ import annotations

import logging
import os
import secrets
import socket
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from api.stores import StoreAccess
from crosstip.upkeep.running import Runs, defect
from crosstip.upkeep.settings import WorkerSettings
from crosstip.upkeep.table import Duty, Lane, LaneEndedError
from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.clock import now_us
from graph.errors import CrosstipError, StoreError
from graph.services.acting import About, leaf, note
from graph.services.timetable import Held, TakenOverError, Timetable, duties_of
from graph.settings import StoreSettings
from graph.store import Store

_LOG = logging.getLogger("crosstip.worker")
_TICK_S = 0.5
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.5, 30.0
_RENEWALS = 4
"""Within one lease, so that several may fail."""


@dataclass(slots=True)
class _Pause:
    """How long to wait for a store that is away: longer each time, and said once."""

    is_away: bool = False
    seconds: float = _FIRST_PAUSE_S

    def failed(self, error: CrosstipError) -> float:
        """Give how long to wait now."""
        if not self.is_away:
            _LOG.warning("nothing can be done now, and it is tried again: %s", error)
        self.is_away = True
        wait_s = self.seconds
        self.seconds = min(self.seconds * 2, _LONGEST_PAUSE_S)
        return wait_s

    def worked(self) -> None:
        """Note that the store answered."""
        if self.is_away:
            _LOG.warning("it can be worked again")
        self.is_away = False
        self.seconds = _FIRST_PAUSE_S


class Worker:
    """Runs duties until it is stopped. `resolve` gives under whose name, anew for each run."""

    def __init__(
        self,
        stores: StoreAccess,
        settings: StoreSettings,
        *,
        duties: Sequence[Duty],
        resolve: Callable[[Store], Caller],
        own: WorkerSettings | None = None,
        clock: Callable[[], int] = now_us,
    ) -> None:
        """Take what it works with; nothing is done yet."""
        self._stores = stores
        self._own = own if own is not None else WorkerSettings()
        self._resolve = resolve
        self._clock = clock
        self._held: Held | None = None
        self._stands_by = False
        self._ended: LaneEndedError | None = None
        self._stop = threading.Event()
        self.name = f"{socket.gethostname()} {os.getpid()} {secrets.token_hex(4)}"
        self._runs = Runs(
            duties=duties,
            settings=settings,
            worker=self.name,
            resolve=resolve,
            stop=self._stop,
            clock=clock,
        )

    @property
    def has_timetable(self) -> bool:
        """Whether this worker, as far as it knows, is the one that runs the duties."""
        held = self._held
        return held is not None and self._clock() < held.until_us

    def run(self, stop: threading.Event) -> None:
        """Run duties until `stop` is set, and let go of the timetable then.

        Raises:
            LaneEndedError: a lane ended by itself; the timetable is let go of.
        """
        lanes = [
            threading.Thread(target=self._watch, args=(lane,), name=f"lane {lane}", daemon=True)
            for lane in Lane
            if len(self._runs.of(lane)) > 0
        ]
        for thread in lanes:
            thread.start()
        pause = _Pause()
        while not stop.is_set() and self._ended is None:
            try:
                self._hold()
            except CrosstipError as error:
                stop.wait(pause.failed(error))
            else:
                pause.worked()
                stop.wait(self._own.lease_s / _RENEWALS)
        self._stop.set()
        deadline = time.monotonic() + self._own.stop_within_s
        for thread in lanes:
            thread.join(max(deadline - time.monotonic(), 0.0))
        if any(thread.is_alive() for thread in lanes):
            _LOG.warning("ended while a duty ran; the next worker runs it again")
        else:
            self._let_go()
        if self._ended is not None:
            raise self._ended

    def _hold(self) -> None:
        with self._stores.use() as found:
            table = self._table(found.store, self._resolve(found.store))
            before = self._held
            held = table.take(at_us=self._clock())
            if held is None:
                self._held = None
                if not self._stands_by:
                    _LOG.info("another worker runs the timetable; this one stands by")
                self._stands_by = True
                return
            if before is None or before.fence != held.fence:
                self._begin(found.store)
            self._stands_by = False
            self._runs.know(duties_of(found.store))
            self._held = held

    def _begin(self, store: Store) -> None:
        caller = self._resolve(store)
        begun = leaf(caller, Deed.UPKEEP_RUN, About(), outcome="begun")
        store.writing(lambda unit: note(unit, caller, [begun]), name="logging upkeep")
        _LOG.info("runs the timetable as %s", caller.user)

    def _watch(self, lane: Lane) -> None:
        """Serve a lane, and have the worker end with it: who holds the timetable runs all of it."""
        try:
            self._serve(lane)
        except Exception as error:  # noqa: BLE001 - told by the thread that can end the worker
            self._ended = LaneEndedError(
                f"The worker ends, as its lane {lane} did by {defect(error)}. Start it again and "
                "report this."
            )

    def _serve(self, lane: Lane) -> None:
        """Run what is due in a lane, until the worker ends."""
        pause = _Pause()
        while not self._stop.is_set():
            wait_s = _TICK_S
            held = self._held
            duty = self._runs.due(lane, self._clock())
            if held is not None and duty is not None and self._clock() < held.until_us:
                try:
                    with self._stores.use() as found:
                        table = self._table(found.store, self._resolve(found.store))
                        self._runs.run(duty, table, held, found)
                    pause.worked()
                    wait_s = 0.0
                except TakenOverError as error:
                    _LOG.warning("%s", error)
                    self._held = None
                except CrosstipError as error:
                    # The store, or the account under which it works.
                    wait_s = pause.failed(error)
            self._stop.wait(wait_s)

    def _let_go(self) -> None:
        held = self._held
        if held is None:
            return
        try:
            with self._stores.use() as found:
                table = self._table(found.store, None)
                table.free(held, at_us=self._clock())
        except StoreError as error:
            _LOG.warning("the timetable was not let go of, and is free after its lease: %s", error)

    def _table(self, store: Store, caller: Caller | None) -> Timetable:
        return Timetable(
            store=store,
            user="" if caller is None else caller.user,
            holder=self.name,
            lease_us=round(self._own.lease_s * 1_000_000),
        )
