"""What the store says of itself for Prometheus: what waits, what last ran, how full the disk is.

For whoever runs the installation, on a port of its own: how much waits tells of hidden work.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from api.stores import StoreAccess
from graph.clock import now_us
from graph.disk import disk_use
from graph.errors import CrosstipError
from graph.queries.upkeep import DutyRow, QueueRow
from graph.services.timetable import (
    SECOND_US,
    due_notices,
    duties_of,
    runner_of,
    waiting_leaves,
)

_KEPT_S = 5.0
"""Several scrapers ask the store once."""


class StoreFigures(Collector):
    """Asks the store when it is scraped. A store that is away is `crosstip_store_up 0`."""

    def __init__(self, stores: StoreAccess, data_dir: Path) -> None:
        """Take where to ask."""
        self._stores = stores
        self._data_dir = data_dir
        self._lock = threading.Lock()
        self._known: tuple[float, list[Metric]] | None = None

    def describe(self) -> list[Metric]:
        """Give nothing: a registry must not ask the store when it is made."""
        return []

    def collect(self) -> Iterator[Metric]:
        """Give the figures, a few seconds old at most."""
        with self._lock:
            if self._known is None or time.monotonic() - self._known[0] > _KEPT_S:
                self._known = (time.monotonic(), [*self._of_store(), *self._of_disk()])
            yield from self._known[1]

    def _of_store(self) -> Iterator[Metric]:
        at_us = now_us()
        try:
            with self._stores.use() as opened:
                leaves = waiting_leaves(opened.store)
                mails = due_notices(opened.store, at_us=at_us)
                duties = duties_of(opened.store)
                has_worker = runner_of(opened.store, at_us=at_us) is not None
        except CrosstipError:
            yield _gauge("crosstip_store_up", "Whether the store answers.", 0)
            return
        yield _gauge("crosstip_store_up", "Whether the store answers.", 1)
        yield _gauge("crosstip_worker_up", "Whether a worker runs the timetable.", has_worker)
        yield from _queue("crosstip_log_unsequenced", "Leaves without a number", leaves, at_us)
        yield from _queue("crosstip_notices_due", "Notices due for mail", mails, at_us)
        yield from _duties(duties)

    def _of_disk(self) -> Iterator[Metric]:
        try:
            use = disk_use(self._data_dir)
            spool = [path.stat().st_size for path in (self._data_dir / "spool").glob("*")]
        except OSError:
            # A file that went meanwhile, or a disk that does not say: no figure is better than 0.
            return
        share = use.used_percent / 100
        yield _gauge("crosstip_disk_used_ratio", "Of the disk of the data directory.", share)
        yield _gauge("crosstip_disk_free_bytes", "Of the same disk.", use.free_bytes)
        yield _gauge("crosstip_spool_files", "Files in the spool.", len(spool))
        yield _gauge("crosstip_spool_bytes", "Bytes in the spool.", sum(spool))


def _queue(name: str, what: str, row: QueueRow, at_us: int) -> Iterator[Metric]:
    yield _gauge(name, f"{what}, 100,000 at most.", row.total)
    oldest_us = at_us if row.oldest_us is None else row.oldest_us
    waited_s = max(at_us - oldest_us, 0) / SECOND_US
    yield _gauge(f"{name}_oldest_seconds", f"{what}: how long the oldest waits.", waited_s)


def _duties(rows: dict[str, DutyRow]) -> Iterator[Metric]:
    last = GaugeMetricFamily(
        "crosstip_duty_last_success_timestamp_seconds",
        "When a duty last ended well; 0: never.",
        labels=("duty",),
    )
    failures = GaugeMetricFamily(
        "crosstip_duty_failures", "Failed runs since a duty last ended well.", labels=("duty",)
    )
    for name, row in sorted(rows.items()):
        last.add_metric((name,), (row.done_us or 0) / SECOND_US)
        failures.add_metric((name,), row.failures)
    yield last
    yield failures


def _gauge(name: str, doc: str, value: float) -> Metric:
    return GaugeMetricFamily(name, doc, value=value)
