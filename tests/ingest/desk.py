"""An intake desk for tests: real documents in, the graph's own answers out."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from graph.queries.tips import AssertionRow
from graph.services.links import Link
from graph.services.tips import TipView, show_tip
from graph.store import Store
from ingest.pipeline import Intake
from ingest.receiving import Declared
from ingest.records import NumberSource
from ingest.settings import IntakeSettings
from ingest.site import Site, open_site
from ingest.sources import find_files
from ingest.summary import Summary
from tests.deliveries import MONDAY_US
from tests.linking import links_of
from tests.stores import RunningStore


@dataclass(slots=True, kw_only=True)
class Desk:
    """A store, the places of intake, and a folder from which files are handed in."""

    running: RunningStore
    site: Site
    data_dir: Path
    inbox: Path
    synthetic: bool = True
    handed_in: int = 0

    @property
    def store(self) -> Store:
        """The store."""
        return self.running.store

    def intake(self, *, batch_tips: int = 500) -> Intake:
        """Give the intake of this desk."""
        return Intake(
            self.store,
            self.site,
            synthetic=self.synthetic,
            actor="test",
            batch_tips=batch_tips,
        )

    def put(self, data: str | bytes, *, name: str | None = None, at_us: int = MONDAY_US) -> Path:
        """Write a file into the inbox, as a sender who made it at a time."""
        self.handed_in += 1
        path = self.inbox / (name if name is not None else f"handed in {self.handed_in}")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode("utf-8") if isinstance(data, str) else data)
        os.utime(path, ns=(at_us * 1000, at_us * 1000))
        return path

    def take(
        self,
        data: str | bytes,
        *,
        name: str | None = None,
        at_us: int = MONDAY_US,
        number: str | None = None,
        provider: str | None = None,
    ) -> Summary:
        """Write a file and take it in; `number` is as given by --report-number."""
        return self.take_files(
            [self.put(data, name=name, at_us=at_us)], number=number, provider=provider
        )

    def take_files(
        self,
        paths: Sequence[Path],
        *,
        number: str | None = None,
        provider: str | None = None,
        declared_synthetic: bool | None = None,
    ) -> Summary:
        """Take in files and folders as the command does."""
        is_synthetic = self.synthetic if declared_synthetic is None else declared_synthetic
        declared = Declared(
            synthetic=is_synthetic,
            report_number=number,
            number_source=NumberSource.COMMAND_LINE if number is not None else None,
            provider=provider,
        )
        return self.intake().ingest(find_files(paths), declared=declared)

    def tip(self, number: str) -> TipView:
        """Give a tip as `show` does."""
        return show_tip(self.store, f"ncmec:{number}")

    def said(self, number: str, kind: str | None = None) -> list[AssertionRow]:
        """Give what a tip says now, of one kind or of all."""
        return [
            row
            for row in self.tip(number).assertions
            if row.ended_us is None and kind in (None, row.kind)
        ]

    def one(self, number: str, kind: str) -> AssertionRow:
        """Give the only thing of a kind that a tip says."""
        (row,) = self.said(number, kind)
        return row

    def links(self, number: str) -> dict[str, Link]:
        """Give a tip's links by the other tip's number."""
        found = links_of(self.store, f"ncmec:{number}").links
        return {link.tip.key.removeprefix("ncmec:"): link for link in found}

    def reasons(self, one: str, other: str) -> set[tuple[str, str]]:
        """Give relation and identifier of everything that two tips share, none when nothing."""
        link = self.links(one).get(other)
        return set() if link is None else {(r.relation.value, r.identifier) for r in link.reasons}


@contextmanager
def open_desk(running: RunningStore, directory: Path, *, synthetic: bool = True) -> Iterator[Desk]:
    """Open a desk over a store; the places of intake are made below `directory`."""
    data_dir = directory / "site"
    data_dir.mkdir(mode=0o700, exist_ok=True)
    inbox = directory / "inbox"
    inbox.mkdir(exist_ok=True)
    with open_site(data_dir, IntakeSettings()) as site:
        yield Desk(running=running, site=site, data_dir=data_dir, inbox=inbox, synthetic=synthetic)
