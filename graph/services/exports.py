"""Lists that can be taken out as files: what each needs, its columns, and its rows.

A list is a line of `EXPORTABLE`; the writer of a format takes columns and rows and knows no list.
Rows come through the services that show them, under the rights of whoever had the export made at
the time when it is made, so that each page has its leaf in the log before it is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from graph.casework.deeds import Deed
from graph.errors import QuestionError
from graph.exchange.formats import FORMATS as EXCHANGE
from graph.services.export_accounts import (
    AUDIT_COLUMNS,
    CHECK_COLUMNS,
    audit_rows,
    checks_rows,
)
from graph.services.export_custody import custody_whole
from graph.services.export_extracts import extract_whole
from graph.services.export_rights import (
    StillSeen,
    checks_seen,
    claims_seen,
    conflicts_seen,
    log_seen,
    notices_seen,
    tips_seen,
)
from graph.services.export_rows import (
    Line,
    Sight,
    claims_rows,
    conflicts_rows,
    links_rows,
    notices_rows,
    tips_rows,
)
from graph.services.extract_orders import EXTRACT
from graph.services.extracting_claims import extract_seen


@dataclass(frozen=True, slots=True, kw_only=True)
class Exportable:
    """A list that can be taken out."""

    doc: str
    deed: Deed
    """What reading it needs, when it is made and when it is fetched."""
    columns: tuple[str, ...]
    rows: Callable[[Sight], Iterator[Line]]
    still_seen: StillSeen | None = None
    """Asks about records again: as their rows are written, and when the file is fetched.

    None where nothing but its owner's rights decides about a row; those are asked all the same.
    """
    of_tip: bool = False
    """Whether it is about one tip, which has to be named."""
    formats: tuple[str, ...] = ("csv", "ndjson")
    whole: Callable[[Sight], bytes] | None = None
    """Gives all of it at once, where it is no list."""
    by_name: bool = True
    """Whether it is ordered by its name; an extract has an order of its own."""


def exportable(name: str, *, tip: str | None) -> Exportable:
    """Give a list by its name.

    Raises:
        QuestionError: there is none, or the tip is missing or named in vain.
    """
    found = EXPORTABLE.get(name)
    if found is None:
        raise QuestionError(f"There is no list {name!r} to take out: {', '.join(EXPORTABLE)}.")
    if found.of_tip is (tip is None):
        raise QuestionError(
            f"The list {name} is about one tip: name it."
            if found.of_tip
            else f"The list {name} is about no single tip."
        )
    return found


EXPORTABLE: Mapping[str, Exportable] = {
    "tips": Exportable(
        doc="The tips that your agency holds: the most urgent first.",
        deed=Deed.TIP_READ,
        columns=(
            *("tip", "urgency", "urgency_reasons", "provider", "incident_types", "incident_at"),
            *("received_at", "ncmec_priority", "files", "versions", "withdrawn_at"),
        ),
        rows=tips_rows,
        still_seen=tips_seen(Deed.TIP_READ),
    ),
    "tip-links": Exportable(
        doc="The tips that are linked to one tip, each with its reasons.",
        deed=Deed.LINK_READ,
        columns=(
            *("tip", "linked_tip", "score_millibits", "grade", "by_chance", "judged"),
            *("refers", "reasons", "weights", "caveat"),
        ),
        rows=links_rows,
        still_seen=tips_seen(Deed.LINK_READ),
        of_tip=True,
    ),
    "claims": Exportable(
        doc="Your agency's claims that you may see, by investigation.",
        deed=Deed.CLAIM_READ,
        columns=(
            *("investigation", "claim", "kind", "identifier", "role", "visibility", "predicate"),
            *("source", "support", "entered_at", "entered_by", "review_due_at", "validated_at"),
        ),
        rows=claims_rows,
        still_seen=claims_seen,
    ),
    "conflicts": Exportable(
        doc="The conflicts that your side is told of, resolved ones too.",
        deed=Deed.CONFLICT_READ,
        columns=(
            *("conflict", "status", "severity", "severity_why", "own_reference", "other_agency"),
            *("other_reference", "other_contact", "opened_at", "due_at", "seen_at", "seen_by"),
            *("resolution", "resolved_at", "resolved_why"),
        ),
        rows=conflicts_rows,
        still_seen=conflicts_seen,
    ),
    "notices": Exportable(
        doc="Your notices, acknowledged ones too.",
        deed=Deed.NOTICE_READ,
        columns=(
            *("notice", "kind", "severity", "at", "investigation", "subject", "text", "seen_at"),
            "seen_by",
        ),
        rows=notices_rows,
        still_seen=notices_seen,
    ),
    "checks": Exportable(
        doc="Checks that you made, to a supervisor the agency's: the newest first.",
        deed=Deed.CHECK_READ,
        columns=CHECK_COLUMNS,
        rows=checks_rows,
        still_seen=checks_seen,
    ),
    "custody": Exportable(
        doc="The signed bundle of a tip's chain of custody, checked offline.",
        deed=Deed.CUSTODY_GIVE,
        columns=(),
        rows=lambda _sight: iter(()),
        still_seen=tips_seen(Deed.CUSTODY_GIVE),
        of_tip=True,
        formats=("zip",),
        whole=custody_whole,
    ),
    EXTRACT: Exportable(
        doc="Tips with what hangs on them for another tool, and to whom they go.",
        deed=Deed.TIP_READ,
        columns=(),
        rows=lambda _sight: iter(()),
        still_seen=extract_seen,
        formats=tuple(EXCHANGE),
        whole=extract_whole,
        by_name=False,
    ),
    "audit": Exportable(
        doc="Your agency's log, in its order, with what proves it offline.",
        deed=Deed.AUDIT_READ,
        columns=AUDIT_COLUMNS,
        rows=audit_rows,
        still_seen=log_seen,
    ),
}
"""By name. A new list is a line here; a new format is one of `graph.services.export_formats`."""
