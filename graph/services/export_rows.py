"""The rows of lists that can be taken out, through the services that show them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from graph.audit.notes import Signer
from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.clock import iso
from graph.opening import OpenStore
from graph.services.audit_reads import ReadLog
from graph.services.case_access import list_cases
from graph.services.claim_access import list_claims
from graph.services.conflict_reading import ConflictPlace, list_conflicts, place_of
from graph.services.custody_bundles import Originals
from graph.services.extract_orders import ExtractOrder
from graph.services.links import links_of
from graph.services.notices import FIRST, list_notices
from graph.services.showing import note_shown
from graph.services.tips import MAX_PAGE, list_tips
from graph.store import Store

MOST_ROWS = 100_000
"""Rows of one list."""
_PAGE = 200
_MOST_LINKS = 1000
Cell: TypeAlias = "str | int | None"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row, and the record that it is about: it is shown to those alone who may see that."""

    cells: tuple[Cell, ...]
    record: str
    """Key of a tip or notice, ref of a claim or conflict, asker of a check, name of a log."""


@dataclass(slots=True, kw_only=True)
class Sight:
    """Who has a list made, in which store, and what is said with it."""

    caller: Caller
    found: OpenStore
    store: Store
    """With the tips that the caller may see."""
    reads: ReadLog
    tip: str | None = None
    left_out: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    signer: Signer | None = None
    """What signs a bundle, where this machine has the log's key."""
    originals: Originals | None = None
    """Gives the kept bytes of documents, where they were asked for."""
    given_to: str | None = None
    """Whom it is for."""
    proof: str | None = None
    """What proves the list where one does, as JSON; of an extract its manifest."""
    extract: ExtractOrder | None = None
    """What is to go into an extract."""
    records: set[str] = field(default_factory=set)
    """Records in what is given as a whole, beside the one that it is about."""


def tips_rows(sight: Sight) -> Iterator[Line]:
    """Give the tips of the caller's agency."""
    after: str | None = ""
    while after is not None:
        page = list_tips(sight.store, after=after, limit=MAX_PAGE)
        _shown(sight, Deed.TIP_READ, None, [tip.key for tip in page.tips])
        for tip in page.tips:
            cells = (
                tip.key,
                tip.urgency,
                _listed(tip.urgency_reasons),
                tip.provider_name,
                _listed(tip.incident_types),
                _time(tip.incident_us),
                _time(tip.received_us),
                tip.ncmec_priority,
                tip.file_count,
                tip.version_count,
                _time(tip.withdrawn_us),
            )
            yield Line(cells=cells, record=tip.key)
        after = page.next_after


def links_rows(sight: Sight) -> Iterator[Line]:
    """Give the tips that are linked to one."""
    tip = sight.tip or ""
    found = links_of(sight.store, tip, basis=sight.found.basis, limit=_MOST_LINKS)
    sight.left_out += found.cut_off
    sight.notes += [found.caveat, f"Weights {found.weights}."]
    _shown(sight, Deed.LINK_READ, tip, [link.tip.key for link in found.links])
    for link in found.links:
        reasons = [
            f"{reason.name} {reason.identifier} ({reason.relation.value}, {reason.weight})"
            for reason in link.reasons
        ]
        cells = (
            tip,
            link.tip.key,
            link.score,
            link.grade.value,
            link.chance,
            link.judged,
            _listed(link.refers),
            _listed(reasons),
            found.weights,
            found.caveat,
        )
        yield Line(cells=cells, record=link.tip.key)


def claims_rows(sight: Sight) -> Iterator[Line]:
    """Give the claims of the caller's agency that they may see."""
    after = ""
    while True:
        cases = list_cases(sight.caller, sight.store, reads=sight.reads, after=after, limit=_PAGE)
        for case in cases:
            yield from _claims_of(sight, case.key)
        if len(cases) < _PAGE:
            return
        after = cases[-1].key


def _claims_of(sight: Sight, case: str) -> Iterator[Line]:
    after = ""
    while True:
        rows = list_claims(
            sight.caller,
            sight.store,
            investigation=case,
            reads=sight.reads,
            after_ref=after,
            limit=_PAGE,
        )
        for row in rows:
            cells = (
                row.reference,
                row.ref,
                row.kind,
                row.identifier,
                row.role,
                row.visibility,
                row.predicate,
                row.source,
                row.support,
                _time(row.entered_us),
                row.entered_by,
                _time(row.review_due_us),
                _time(row.validated_us),
            )
            yield Line(cells=cells, record=row.ref)
        if len(rows) < _PAGE:
            return
        after = rows[-1].ref


def conflicts_rows(sight: Sight) -> Iterator[Line]:
    """Give the conflicts that the caller's side is told of."""
    after: ConflictPlace | None = None
    while True:
        views = list_conflicts(
            sight.caller,
            sight.store,
            reads=sight.reads,
            with_resolved=True,
            after=after,
            limit=_PAGE,
        )
        for view in views:
            cells = (
                view.ref,
                view.status,
                view.severity,
                _listed(view.severity_why),
                view.own_reference,
                view.other_agency,
                view.other_reference,
                view.other_contact,
                _time(view.opened_us),
                _time(view.due_us),
                _time(view.seen_us),
                view.seen_by,
                view.resolution,
                _time(view.resolved_us),
                view.resolved_why,
            )
            yield Line(cells=cells, record=view.ref)
        if len(views) < _PAGE:
            return
        after = place_of(views[-1])


def notices_rows(sight: Sight) -> Iterator[Line]:
    """Give the caller's notices."""
    before_us, number, key = FIRST
    while True:
        rows = list_notices(
            sight.caller,
            sight.store,
            reads=sight.reads,
            with_seen=True,
            before_us=before_us,
            before_number=number,
            before_key=key,
            limit=_PAGE,
        )
        for row in rows:
            cells = (
                row.key,
                row.kind,
                row.severity,
                _time(row.at_us),
                row.investigation,
                row.subject,
                row.text,
                _time(row.seen_us),
                row.seen_by,
            )
            yield Line(cells=cells, record=row.key)
        if len(rows) < _PAGE:
            return
        before_us, number, key = rows[-1].at_us, rows[-1].number, rows[-1].key


def _shown(sight: Sight, deed: Deed, record: str | None, tips: list[str]) -> None:
    note_shown(
        sight.caller,
        sight.found.store,
        reads=sight.reads,
        deed=deed,
        record=record,
        others=tips,
        outcome="written into an export",
    )


def _listed(texts: tuple[str, ...] | list[str] | None) -> str | None:
    return "; ".join(texts) if texts else None


def _time(at_us: int | None) -> str | None:
    return None if at_us is None else iso(at_us)
