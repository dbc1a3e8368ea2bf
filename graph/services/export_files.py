"""Exports ordered, and fetched: by their owner alone, under the rights of that moment."""

from __future__ import annotations

import base64
from collections.abc import Collection
from dataclasses import dataclass

from graph.casework.caller import Caller
from graph.casework.resource import Resource
from graph.casework.rights import Deed, permits, require
from graph.errors import ChangedError, NotFoundError, QuestionError
from graph.queries.holders import WHOSE
from graph.queries.jobs import JobRow
from graph.queries.recording import TipKeysParams
from graph.services.acting import About, Seen, look, named
from graph.services.audit_reads import ReadLog
from graph.services.export_formats import FORMATS, Format
from graph.services.exports import EXPORTABLE, exportable
from graph.services.job_orders import order_export
from graph.services.job_outcomes import ExportOutcome
from graph.services.jobs import JobKind, JobState, own_job
from graph.store import ReadUnit, Store

_TOGETHER = 1000
_ASKED_ABOUT = frozenset({"tips", "tip-links"})
"""Lists whose every record is asked about again when they are fetched."""
_RECENT_US = 3_600_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportFile:
    """A file that an export made."""

    job: str
    manifest: ExportOutcome
    format: Format

    @property
    def digest(self) -> str:
        """The file's SHA-256 in base64, as RFC 9530 has it in a header."""
        return base64.b64encode(bytes.fromhex(self.manifest.sha256)).decode("ascii")


def order_list(
    caller: Caller, store: Store, *, name: str, format_name: str, tip: str | None
) -> JobRow:
    """Have a list written into a file.

    Raises:
        QuestionError: there is no such list or format, or the tip is missing.
        RightsError: the caller takes no lists out, or may not read this one.
        StoreError: the store could not; nothing was ordered.
    """
    if format_name not in FORMATS:
        raise QuestionError(f"There is no format {format_name!r}: {', '.join(FORMATS)}.")
    listed = exportable(name, tip=tip)
    wanted = {"list": name, "format": format_name, "tip": tip}
    return order_export(caller, store, deed=listed.deed, wanted=wanted)


def fetch_export(
    caller: Caller, store: Store, *, key: str, tips: Collection[str] | None, reads: ReadLog
) -> ExportFile:
    """Give what an export of the caller's holds; `tips` are those that are in its file.

    Raises:
        RightsError: the caller takes no lists out, or may not read this one any more.
        NotFoundError: there is no such job of theirs, or it is no export.
        QuestionError: it is not done.
        ChangedError: their roles are others since, or a tip in it is not theirs to see any more.
    """

    def work(unit: ReadUnit) -> Seen[ExportFile]:
        row = own_job(unit, caller, key, Deed.EXPORT_FETCH)
        if row.kind != JobKind.EXPORT:
            raise NotFoundError("This job is no export: it has no file.")
        if row.state != JobState.DONE or row.outcome is None:
            raise QuestionError(f"This export is not done: {row.state}.")
        manifest = ExportOutcome.model_validate_json(row.outcome)
        require(caller, EXPORTABLE[manifest.list].deed)
        if tips is None:
            raise NotFoundError("The file of this export is gone. Have it made anew.")
        _require_recent(caller, manifest)
        _require_rights(unit, caller, manifest, tips)
        given = ExportFile(job=key, manifest=manifest, format=FORMATS[manifest.format])
        return Seen(answer=given, outcome=f"fetched: {manifest.sha256}")

    about = About(object=named(key))
    return look(caller, store, deed=Deed.EXPORT_FETCH, about=about, reads=reads, work=work)


def _require_recent(caller: Caller, manifest: ExportOutcome) -> None:
    """Come back while nobody need fear that what is in a list was purged or hidden since.

    Tips are asked about one by one when a file is fetched; other records are not (28 CFR 23.20(h):
    what is purged is not given out any more).
    """
    is_old = caller.as_of_us - manifest.as_of_us > _RECENT_US
    if manifest.list not in _ASKED_ABOUT and is_old:
        raise ChangedError(
            "This list is older than an hour, and records in it may be hidden or purged since. "
            "Have it made anew."
        )


def _require_rights(
    unit: ReadUnit, caller: Caller, manifest: ExportOutcome, tips: Collection[str]
) -> None:
    deed = EXPORTABLE[manifest.list].deed
    if sorted(role.value for role in caller.roles) != sorted(manifest.roles):
        raise ChangedError("Your roles are others than when this was made. Have it made anew.")
    ordered = sorted(tips)
    for start in range(0, len(ordered), _TOGETHER):
        part = ordered[start : start + _TOGETHER]
        held = {row.tip: row.holders for row in unit.read(WHOSE, TipKeysParams(keys=part))}
        for tip in part:
            of = Resource(owner=caller.agency, holders=frozenset(held.get(tip, ())))
            if not permits(caller, deed, resource=of):
                raise ChangedError(
                    "It holds a tip that you may not see any more. Have it made anew."
                )
