"""Turns received documents into work for the store: read, checked, normalised."""

from __future__ import annotations

from dataclasses import dataclass

from graph.deliveries import Delivery
from graph.errors import UnreadableDocumentError
from graph.identifiers.core import Identifier, Rejected
from graph.identifiers.registry import clean
from graph.services.investigations import AgencyFacts, ClaimFacts
from graph.times import parse_time
from ingest.limits import Limits
from ingest.readers.documents import ReadItem, read_document
from ingest.received import Channel, ReceivedDocument
from ingest.receiving import refusal
from ingest.records import AgencyRecord, ClaimRecord, NumberStatement, TipRecord
from ingest.spool import SpoolRef
from ingest.transform.tip import Context, to_delivery

_NO_TABLES = (
    "It is a table of agencies or claims, which are not taken in as documents over HTTP. Post "
    "claims to their investigation; agencies are entered one by one, or by `crosstip ingest`."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A received document and what is to be done with it: exactly one of the four, or failures."""

    ref: SpoolRef
    document: ReceivedDocument
    delivery: Delivery | None = None
    agencies: tuple[AgencyFacts, ...] = ()
    claims: tuple[ClaimFacts, ...] = ()
    is_companion: bool = False
    failures: tuple[tuple[str, str | None], ...] = ()
    """(reason, where) of what could not be taken in; the rest goes in all the same."""
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Preparer:
    """Prepares documents for one store; pure but for the clock."""

    context: Context
    limits: Limits

    def prepare(self, ref: SpoolRef, document: ReceivedDocument) -> Prepared:
        """Give what a document amounts to. Whatever is wrong with it is a stated failure."""
        try:
            return self._prepare(ref, document)
        except Exception as error:  # noqa: BLE001 - else one document would stop every later run
            # The exception's text may quote the document: its class alone is told.
            reason = (
                f"Crosstip has a defect that this document meets ({type(error).__name__}). "
                "Report it, and retry after an update."
            )
            return Prepared(ref=ref, document=document, failures=((reason, None),))

    def _prepare(self, ref: SpoolRef, document: ReceivedDocument) -> Prepared:
        refused = refusal(document)
        if refused is not None:
            return Prepared(ref=ref, document=document, failures=((refused, None),))
        items = read_document(
            document.data,
            name=document.name,
            limits=self.limits,
            report_number=document.report_number,
            number_source=document.number_source,
            provider=document.provider,
        )
        first = next(items)
        if isinstance(first.outcome, TipRecord):
            return self._tip(ref, document, first.outcome)
        if isinstance(first.outcome, NumberStatement):
            return Prepared(ref=ref, document=document, is_companion=True)
        return self._lines(ref, document, [first, *items])

    def _tip(self, ref: SpoolRef, document: ReceivedDocument, record: TipRecord) -> Prepared:
        refusal = self._refusal(is_synthetic=document.declared_synthetic or record.synthetic)
        if refusal is not None:
            return Prepared(ref=ref, document=document, failures=((refusal, None),))
        try:
            delivery = to_delivery(record, document, self.context)
        except UnreadableDocumentError as error:
            return Prepared(ref=ref, document=document, failures=((str(error), None),))
        return Prepared(
            ref=ref,
            document=document,
            delivery=delivery,
            unknown=tuple(item.path for item in record.unknown),
        )

    def _refusal(self, *, is_synthetic: bool) -> str | None:
        if is_synthetic is self.context.policy.synthetic:
            return None
        if is_synthetic:
            return (
                "The document is synthetic and this store is real. "
                "Ingest it into a synthetic store (another CROSSTIP_DATA_DIR)."
            )
        return (
            "This store is synthetic and the document is not declared so. "
            "Declare it with --synthetic, or ingest it into a real store."
        )

    def _lines(self, ref: SpoolRef, document: ReceivedDocument, items: list[ReadItem]) -> Prepared:
        agencies: list[AgencyFacts] = []
        claims: list[ClaimFacts] = []
        failures: list[tuple[str, str | None]] = []
        for item in items:
            if item.error is not None:
                failures.append((str(item.error), None))
            elif isinstance(item.outcome, AgencyRecord):
                agencies.append(_agency(item.outcome))
            elif isinstance(item.outcome, ClaimRecord):
                found = clean(item.outcome.identifier, self.context.policy)
                if isinstance(found, Rejected):
                    failures.append((found.reason, f"line {item.line}"))
                else:
                    claims.append(_claim(item.outcome, found))
        if document.channel is Channel.API and len(agencies) + len(claims) > 0:
            # Claims go in under the rights of their investigation, agencies under an operator's.
            return Prepared(ref=ref, document=document, failures=((_NO_TABLES, None),))
        refusal = self._refusal(is_synthetic=document.declared_synthetic)
        if refusal is not None and len(agencies) + len(claims) > 0:
            return Prepared(ref=ref, document=document, failures=((refusal, None),))
        return Prepared(
            ref=ref,
            document=document,
            agencies=tuple(agencies),
            claims=tuple(claims),
            failures=tuple(failures),
        )


def _agency(record: AgencyRecord) -> AgencyFacts:
    return AgencyFacts(
        key=agency_key(record.key),
        name=record.name,
        kind=record.kind,
        state=record.state,
        contact=record.contact,
    )


def _claim(record: ClaimRecord, identifier: Identifier) -> ClaimFacts:
    return ClaimFacts(
        agency=agency_key(record.agency),
        reference=record.investigation,
        title=record.title,
        status=record.status,
        opened_us=parse_time(record.opened).us,
        contact=record.contact,
        identifier=identifier,
        role=record.role,
        visibility=record.visibility,
        predicate=record.predicate,
        source=record.source,
        support=record.support,
        reliability=record.reliability,
        content=record.content,
        handling=record.handling,
    )


def agency_key(name: str) -> str:
    """Give an agency's key: its short name, folded, with single spaces."""
    return " ".join(name.casefold().split())
