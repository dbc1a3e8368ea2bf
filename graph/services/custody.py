"""A tip's chain of custody as an agency that holds it sees it: what stands behind the tip.

Keep what was received unchanged, hash it before it is read, record source, channel, time and
person, name the reader of each version, and log what is done with it (`domain.md`, 3.5).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress

from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.rights import agency_of
from graph.custody.changes import changes_of
from graph.custody.page import (
    CANNOT_TELL,
    FORMER,
    HOLDS_NO_FILE,
    SUMMARY,
    Custody,
    CustodyDocument,
    CustodyHandoff,
    CustodyReceipt,
    CustodyVersion,
    held_in,
)
from graph.errors import NotFoundError
from graph.queries.custody import HANDED, MOST, VERSIONS, CustodyRow, HandedParams
from graph.queries.evidence import VERIFICATIONS, OwnOfTipParams
from graph.queries.queue import MOVES_OF, OnePlaceParams
from graph.queries.tips import TipParams
from graph.queries.triage import PLACES, PlaceKeysParams
from graph.services.acting import About, Seen, look, named
from graph.services.audit_reads import ReadLog
from graph.services.custody_ledger import entries_of, receivers, records_of, tip_in_custody
from graph.services.handoff_reading import ReceiptView, receipts_in, view_of
from graph.services.handoff_steps import handoff_there
from graph.statements import Statement, decode
from graph.store import ReadUnit, Store
from graph.triage.places import triage_key


def show_custody(caller: Caller, store: Store, *, tip: str, reads: ReadLog) -> Custody:
    """Give what stands behind a tip; the entries of the log come in pages beside it.

    Raises:
        RightsError: the caller answers no questions about custody.
        NotFoundError: the agency holds no such tip.
    """

    def work(unit: ReadUnit) -> Seen[Custody]:
        found = custody_of(unit, caller, tip)
        return Seen(answer=found, outcome="chain of custody shown")

    about = About(object=named(tip))
    return look(caller, store, deed=Deed.CUSTODY_READ, about=about, reads=reads, work=work)


def custody_of(unit: ReadUnit, caller: Caller, tip: str) -> Custody:
    """Give what stands behind a tip, within a transaction.

    Raises:
        NotFoundError: the agency holds no such tip.
    """
    there = tip_in_custody(unit, caller, tip)
    agency, found = agency_of(caller), there.row
    rows = [] if found is None else unit.read(VERSIONS, TipParams(tip=tip))
    place = unit.read(PLACES, PlaceKeysParams(keys=[triage_key(agency, tip)]))
    moves = unit.read(MOVES_OF, OnePlaceParams(agency=agency, key=triage_key(agency, tip)))
    seen = unit.read(VERIFICATIONS, OwnOfTipParams(tip=tip, agency=agency))
    handed = unit.read(HANDED, HandedParams(tip=tip, agency=agency))
    records = records_of(unit, agency, there)
    first = entries_of(unit, agency, records.keys, after="", until_us=None, limit=1)
    counts = (("versions", len(rows)), ("moves", len(moves)), ("verifications", len(seen)))
    return Custody(
        tip=tip,
        source=tip.partition(":")[0] if found is None else found.source,
        report_number=_number_in(tip) if found is None else found.report_number,
        agency=agency,
        as_of_us=caller.as_of_us,
        held_since_us=place[0].since_us if len(place) > 0 and place[0].held else None,
        held_until_us=there.until_us,
        withdrawn_us=None if found is None else found.withdrawn_us,
        withdrawn_why=None if found is None else found.withdrawn_why,
        documents=_documents(rows),
        versions=_versions(unit, agency, tip, rows),
        moves=tuple(moves),
        verifications=tuple(reversed(seen)),
        handoffs=tuple(_handoffs(unit, caller, [row.key for row in handed])),
        first_logged_us=first[0][0].at_us if len(first[0]) > 0 else None,
        says=(SUMMARY, HOLDS_NO_FILE) if found is not None else (SUMMARY, HOLDS_NO_FILE, FORMER),
        cannot_tell=CANNOT_TELL,
        cut_off=(
            *(f"Only {MOST} {what} are shown." for what, n in counts if n == MOST),
            *records.cut_off,
        ),
    )


def _number_in(tip: str) -> str | None:
    """Give the report number that a tip's key names; None while it has none."""
    number = tip.partition(":")[2]
    return None if number.startswith("sha256:") else number


def _documents(rows: Sequence[CustodyRow]) -> tuple[CustodyDocument, ...]:
    """Give each document once, in the order in which they were received."""
    found = {
        row.document: CustodyDocument(
            sha256=row.document,
            stored_sha256=row.stored_sha256,
            name=row.name,
            size=row.size,
            channel=row.channel,
            container_sha256=row.container_sha256,
            position=row.position,
            received_us=row.received_us,
            receipts_us=tuple(sorted(int(at) for at in row.receipts)),
            held=held_in(row.original),
            media=tuple(row.media or ()),
        )
        for row in rows
    }
    return tuple(sorted(found.values(), key=lambda each: (each.received_us or 0, each.sha256)))


def _versions(
    unit: ReadUnit, agency: str, tip: str, rows: Sequence[CustodyRow]
) -> tuple[CustodyVersion, ...]:
    by_document = receivers(unit, agency, tip, [(row.document, row.recorded_us) for row in rows])
    before: dict[str, Statement] = {}
    found: list[CustodyVersion] = []
    for row in rows:
        said = decode(row.statement)
        found.append(
            CustodyVersion(
                key=row.key,
                part=row.part,
                document=row.document,
                issued_us=row.issued_us,
                recorded_us=row.recorded_us,
                received_by=by_document.get(row.document, ()),
                current=row.current,
                superseded_by=row.superseded_by,
                parser=row.parser,
                declared_provider=row.declared_provider,
                number_source=row.number_source,
                unknown=len(row.unknown or ()),
                rejected=len(row.rejected or ()),
                withheld=len(row.contents or ()),
                changed=changes_of(said, before.get(row.part)),
            )
        )
        before[row.part] = said
    return tuple(found)


def _handoffs(unit: ReadUnit, caller: Caller, keys: Sequence[str]) -> Iterator[CustodyHandoff]:
    """Give the hand-offs among these that the caller may see: some kinds are for some roles."""
    for key in keys:
        with suppress(NotFoundError):
            row = handoff_there(unit, caller, key)
            view = view_of(row, caller)
            receipts = receipts_in(unit, agency_of(caller), key)
            yield CustodyHandoff(
                ref=view.ref,
                side=view.side,
                stage=view.stage,
                kind=view.kind,
                giver=view.giver,
                receiver=view.receiver,
                level=view.level,
                purpose=view.purpose,
                offered_us=view.offered_us,
                offered_by=view.offered_by,
                answered_us=view.answered_us,
                answered_by=view.answered_by,
                answered_why=view.answered_why,
                receipts=tuple(_receipt(each) for each in receipts),
            )


def _receipt(view: ReceiptView) -> CustodyReceipt:
    """Give a receipt without what its step disclosed, which may name a child."""
    return CustodyReceipt(
        number=view.number,
        step=view.step,
        at_us=view.at_us,
        body=view.body,
        sha256=view.sha256,
        prior=view.prior,
        disclosed_sha256=view.disclosed_sha256,
        leaf=view.leaf,
        holds=view.holds,
        faults=view.faults,
    )
