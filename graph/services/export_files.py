"""Exports ordered, and fetched: by their owner alone, under the rights of that moment."""

from __future__ import annotations

import base64
from collections.abc import Callable, Collection
from dataclasses import dataclass

from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.log_text import reason_for_log
from graph.casework.rights import require
from graph.errors import ChangedError, NotFoundError, QuestionError
from graph.queries.jobs import JobRow
from graph.services.acting import About, Seen, look, named
from graph.services.audit_reads import ReadLog
from graph.services.export_formats import FORMATS, Format
from graph.services.export_rights import seen_of
from graph.services.exports import EXPORTABLE, exportable
from graph.services.extract_orders import EXTRACT
from graph.services.job_orders import order_export
from graph.services.job_outcomes import ExportOutcome
from graph.services.jobs import JobKind, JobState, own_job
from graph.store import ReadUnit, Store

_OF_TIPS = frozenset({"tips", "tip-links", "custody", EXTRACT})
"""Lists of which nothing but the right to each tip changes."""
_RECENT_US = 3_600_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportFile:
    """A file that an export made."""

    job: str
    fence: int
    """The run that made it: its number is in the file's name."""
    manifest: ExportOutcome
    format: Format

    @property
    def digest(self) -> str:
        """The file's SHA-256 in base64, as RFC 9530 has it in a header."""
        return base64.b64encode(bytes.fromhex(self.manifest.sha256)).decode("ascii")


def order_list(
    caller: Caller,
    store: Store,
    *,
    name: str,
    format_name: str,
    tip: str | None,
    originals: bool = False,
    given_to: str | None = None,
) -> JobRow:
    """Have a list written into a file; `originals` and `given_to` are for a custody bundle.

    Raises:
        QuestionError: there is no such list or format, or the tip is missing.
        RowError: whom it is for holds an identifier, which the log must not.
        RightsError: the caller takes no lists out, or may not read this one.
        StoreError: the store could not; nothing was ordered.
    """
    listed = exportable(name, tip=tip)
    if not listed.by_name:
        raise QuestionError(f"The list {name} has an order of its own: `POST /v1/extracts`.")
    if format_name not in listed.formats:
        raise QuestionError(
            f"The list {name} is in no format {format_name!r}: {', '.join(listed.formats)}."
        )
    wanted: dict[str, str | bool | None] = {"list": name, "format": format_name, "tip": tip}
    if listed.whole is not None:
        said = None if given_to is None else reason_for_log(given_to)
        wanted |= {"originals": originals, "given_to": said}
    return order_export(caller, store, deed=listed.deed, wanted=wanted)


def fetch_export(
    caller: Caller,
    store: Store,
    *,
    key: str,
    records: Callable[[int], Collection[str] | None],
    reads: ReadLog,
) -> ExportFile:
    """Give what an export of the caller's holds.

    `records` gives, for the run that made it, the records that are in its file.

    Raises:
        RightsError: the caller takes no lists out, or may not read this one any more.
        NotFoundError: there is no such job of theirs, or it is no export.
        QuestionError: it is not done.
        ChangedError: their roles are others since, or a record in it is not theirs to see any more.
    """

    def work(unit: ReadUnit) -> Seen[ExportFile]:
        row = own_job(unit, caller, key, Deed.EXPORT_FETCH)
        if row.kind != JobKind.EXPORT:
            raise NotFoundError("This job is no export: it has no file.")
        if row.state != JobState.DONE or row.outcome is None:
            raise QuestionError(f"This export is not done: {row.state}.")
        manifest = ExportOutcome.model_validate_json(row.outcome)
        require(caller, EXPORTABLE[manifest.list].deed)
        found = records(row.fence)
        if found is None:
            raise NotFoundError("The file of this export is gone. Have it made anew.")
        _require_recent(caller, manifest)
        _require_rights(unit, caller, manifest, found)
        given = ExportFile(
            job=key, fence=row.fence, manifest=manifest, format=FORMATS[manifest.format]
        )
        return Seen(answer=given, outcome=f"fetched: {manifest.sha256}")

    about = About(object=named(key))
    return look(caller, store, deed=Deed.EXPORT_FETCH, about=about, reads=reads, work=work)


def _require_recent(caller: Caller, manifest: ExportOutcome) -> None:
    """Come back while what is said in a list about records is still so.

    Each record is asked about when a file is fetched; of a claim, a conflict or a notice that is
    still there, what the row says of others may be hidden since (28 CFR 23.20(h)).
    """
    is_old = caller.as_of_us - manifest.as_of_us > _RECENT_US
    if manifest.list not in _OF_TIPS and is_old:
        raise ChangedError(
            "This list is older than an hour, and records in it may be hidden or purged since. "
            "Have it made anew."
        )


def _require_rights(
    unit: ReadUnit, caller: Caller, manifest: ExportOutcome, records: Collection[str]
) -> None:
    if sorted(role.value for role in caller.roles) != sorted(manifest.roles):
        raise ChangedError("Your roles are others than when this was made. Have it made anew.")
    asked = EXPORTABLE[manifest.list].still_seen
    seen = set(records) if asked is None else seen_of(unit, caller, records, asked)
    if not seen.issuperset(records):
        raise ChangedError("It holds a record that you may not see any more. Have it made anew.")
