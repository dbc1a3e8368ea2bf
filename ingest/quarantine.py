"""Documents that could not be taken in: kept, sealed, until retried or dismissed by a person."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, TypeVar

from graph.clock import iso, now_us
from graph.errors import IntakeError, NotFoundError
from ingest.durable_files import private_directory, storage_error, sync_directory
from ingest.durable_group import DurableGroup
from ingest.held_files import exclusive
from ingest.json_fields import FieldError
from ingest.quarantine_entry import (
    Dismissal,
    EntryState,
    QuarantineEntry,
    StoredEntry,
    encode_entry,
    entry_id,
    failed_again,
    is_entry_id,
    new_entry,
    read_description,
    read_payload,
)
from ingest.received import ReceivedDocument
from ingest.sealing import DamagedSealError
from ingest.vault_key import VaultKey

_LOG = logging.getLogger(__name__)
_Read = TypeVar("_Read")


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A document that could not be taken in."""

    reason: str
    """A sentence for people; never the document's own text."""
    document: ReceivedDocument
    where: str | None = None
    """Where in the document (`line 3, column 9`), when known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarantineView:
    """An entry with its document, None once dismissed."""

    entry: QuarantineEntry
    document: ReceivedDocument | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DamagedEntry:
    """An entry that cannot be read; its file is left as it is."""

    id: str
    reason: str


class Quarantine:
    """Quarantined documents in a private directory; processes and threads may share it."""

    def __init__(self, directory: Path, *, key: VaultKey) -> None:
        """Open the quarantine, made with mode 0700 when missing.

        Raises:
            SettingsError: other users may enter the directory.
        """
        self._directory = private_directory(directory)
        self._aside = private_directory(directory / "aside")
        self._key = key
        with self._changing("clear unfinished files"):
            # Whoever writes holds the lock: what lies there now is of processes that were killed.
            for path in self._aside.iterdir():
                path.unlink()

    def add(
        self, reason: str, document: ReceivedDocument, *, where: str | None = None
    ) -> QuarantineEntry:
        """Keep a document that could not be taken in; durable when this returns.

        The same document (hash and place in its container) is one entry, counted.

        Raises:
            StorageFullError: no room; it stays in the spool.
            SealError: the entry exists and was sealed with another key.
        """
        return self.add_all([Failure(reason=reason, document=document, where=where)])[0]

    def add_all(self, failures: Iterable[Failure]) -> tuple[QuarantineEntry, ...]:
        """Keep many documents with one sync, all durable when this returns; else as `add`."""
        added: list[QuarantineEntry] = []
        with self._changing("keep documents that failed") as group:
            known: dict[str, QuarantineEntry] = {}
            for failure in failures:
                entry = self._next_state(failure, known)
                known[entry.id] = entry
                added.append(entry)
                if entry.state is EntryState.WAITING:
                    document = failure.document
                    parts = encode_entry(entry, document, document.data, self._key)
                    group.stage(self._path(entry.id), parts)
            group.publish()
        return tuple(added)

    def list(self) -> tuple[QuarantineEntry, ...]:
        """Give all entries, waiting ones first, the oldest first.

        Raises:
            WrongKeyError: the quarantine was sealed with another key.
        """
        entries = [found for found in self._all() if isinstance(found, QuarantineEntry)]
        entries.sort(
            key=lambda entry: (entry.state is EntryState.DISMISSED, entry.first_us, entry.id)
        )
        return tuple(entries)

    def damaged(self) -> tuple[DamagedEntry, ...]:
        """Give the entries that `list` leaves out because they cannot be read."""
        return tuple(found for found in self._all() if isinstance(found, DamagedEntry))

    def show(self, id_: str) -> QuarantineView:
        """Give an entry and its screened bytes.

        Raises:
            NotFoundError: there is no such entry.
            SealError: it cannot be opened.
        """
        return self._read(id_, self._view)

    def take(self, id_: str) -> ReceivedDocument:
        """Give a document for another try. The entry stays until `recorded`, or another `add`.

        Raises:
            NotFoundError: there is no such entry.
            IntakeError: a person dismissed it.
            SealError: it cannot be opened.
        """
        view = self.show(id_)
        if view.document is None:
            last = view.entry.dismissals[-1]
            raise IntakeError(
                f"quarantine entry {id_} was dismissed by {last.by} at {iso(last.at_us)} and its "
                "document is gone; hand the document in again"
            )
        return view.document

    def recorded(self, id_: str) -> None:
        """Remove an entry whose document is now recorded. A dismissal stays; repeating is harmless.

        Raises:
            SealError: the entry cannot be opened.
        """
        with self._changing(f"remove entry {id_}"):
            try:
                entry = self._read(id_, _entry_of)
            except NotFoundError:
                return
            if entry.state is EntryState.WAITING:
                self._path(id_).unlink()
                sync_directory(self._directory)

    def dismiss(self, id_: str, *, by: str, reason: str) -> QuarantineEntry:
        """Decide that a document is not taken in: its bytes go, who, when, why and hash stay.

        Raises:
            NotFoundError: there is no such entry.
            IntakeError: it is dismissed already, or nobody or no reason is named.
            SealError: it cannot be opened.
        """
        if len(by.strip()) == 0 or len(reason.strip()) == 0:
            raise IntakeError("a dismissal needs a person and a reason; name both")
        with self._changing(f"dismiss entry {id_}") as group:
            stored = self._read(id_, lambda _file, stored: stored)
            if stored.entry.state is EntryState.DISMISSED:
                last = stored.entry.dismissals[-1]
                raise IntakeError(
                    f"quarantine entry {id_} was dismissed by {last.by} at {iso(last.at_us)}"
                )
            decision = Dismissal(by=by, reason=reason, at_us=now_us())
            entry = replace(
                stored.entry,
                state=EntryState.DISMISSED,
                dismissals=(*stored.entry.dismissals, decision),
            )
            stub = encode_entry(entry, stored.header, None, self._key)
            group.stage(self._path(id_), stub)
            group.publish()
        return entry

    def _next_state(self, failure: Failure, known: dict[str, QuarantineEntry]) -> QuarantineEntry:
        document, at_us = failure.document, now_us()
        id_ = entry_id(document)
        entry = known.get(id_)
        if entry is None:
            try:
                entry = self._read(id_, _entry_of)
            except NotFoundError:
                return new_entry(document, reason=failure.reason, where=failure.where, at_us=at_us)
            except (DamagedSealError, FieldError) as error:
                _LOG.warning("%s; it is replaced by the document that came in now", error)
                return new_entry(document, reason=failure.reason, where=failure.where, at_us=at_us)
        return failed_again(
            entry, document, reason=failure.reason, where=failure.where, at_us=at_us
        )

    def _view(self, file: BinaryIO, stored: StoredEntry) -> QuarantineView:
        if stored.entry.state is EntryState.DISMISSED:
            return QuarantineView(entry=stored.entry, document=None)
        document = read_payload(file, stored, key=self._key)
        return QuarantineView(entry=stored.entry, document=document)

    def _all(self) -> Iterator[QuarantineEntry | DamagedEntry]:
        for path in sorted(self._directory.glob("*.entry")):
            if not is_entry_id(path.stem):
                continue
            try:
                yield self._read(path.stem, _entry_of)
            except NotFoundError:
                continue  # Removed since the listing began.
            except (DamagedSealError, FieldError) as error:
                _LOG.warning("%s", error)
                yield DamagedEntry(id=path.stem, reason=str(error))

    def _read(self, id_: str, use: Callable[[BinaryIO, StoredEntry], _Read]) -> _Read:
        """Give what `use` makes of an entry's open file and description."""
        missing = NotFoundError("there is no such entry in the quarantine; list it to see the ids")
        if not is_entry_id(id_):
            raise missing
        try:
            with self._path(id_).open("rb") as file:
                return use(file, read_description(file, id_, key=self._key))
        except FileNotFoundError as error:
            raise missing from error
        except OSError as error:
            raise storage_error(
                error, doing=f"read quarantine entry {id_}", then="try again"
            ) from error

    def _path(self, id_: str) -> Path:
        return self._directory / f"{id_}.entry"

    @contextmanager
    def _changing(self, doing: str) -> Iterator[DurableGroup]:
        """Keep other writers out, and turn what the disk says into a sentence."""
        group = DurableGroup(self._aside)
        try:
            with exclusive(self._directory / "lock"):
                try:
                    yield group
                finally:
                    group.discard()
        except OSError as error:
            raise storage_error(
                error,
                doing=f"{doing} in the quarantine {self._directory}",
                then="try again: a document that failed is still in the spool",
            ) from error


def _entry_of(_file: BinaryIO, stored: StoredEntry) -> QuarantineEntry:
    return stored.entry
