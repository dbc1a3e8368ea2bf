"""Records deliveries: each document once, each tip as the fold of all its versions.

One call is one transaction: versions, documents, identifiers, counts and log leaves are in
together or not at all, and repeating the call with the same deliveries changes nothing more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from graph.clock import now_us
from graph.deliveries import Delivery, Outcome, Recorded, provisional_key
from graph.queries.recording import (
    ADD_RECEIPTS,
    DOCUMENT_TIPS,
    DROP_PROVISIONAL,
    JUDGED_PROVISIONAL,
    LOCK_TIPS,
    TIP_HEADS,
    TIP_VERSIONS,
    DocumentKeysParams,
    ReceiptItem,
    ReceiptsParams,
    TipHeadRow,
    TipKeysParams,
)
from graph.rows import PropertyRow
from graph.services.audit_leaves import Leaf, add_leaves
from graph.services.holders import claimed_on, drop_holders, hold
from graph.services.purge_records import take_up_again
from graph.services.received_leaves import tell_holders
from graph.services.taking_back import tell_taken_back
from graph.services.tip_change import TipChange, change_of, version_of
from graph.services.tip_changes import drop_counts, write_changes
from graph.services.triage_carrying import carry
from graph.services.triage_news import said_more
from graph.services.triage_places import refresh
from graph.services.triage_sights import fellows_of
from graph.services.watch import watch_tips
from graph.store import Store, WriteUnit
from graph.tip_rows import document_row, version_key
from graph.tip_state import Version, declared_order


def record(
    store: Store, deliveries: Sequence[Delivery], *, actor: str, at_us: int | None = None
) -> list[Recorded]:
    """Record deliveries in one transaction and give what became of each, in their order.

    `at_us` stands in for the clock.

    Raises:
        RowError: a delivery breaks the schema; nothing of the call was recorded.
        StoreError: see its subclasses; on StoreUnavailableError call again with the same.
    """
    when_us = now_us() if at_us is None else at_us
    return store.writing(
        lambda unit: _Recording(unit, deliveries, actor=actor, at_us=when_us).run(),
        name="recording tips",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Moved:
    """What passes from provisional tips to those that take their place."""

    judged: list[tuple[str, str, PropertyRow]]
    held: dict[tuple[str, str], int]
    """Tip and agency, and since when."""
    places: list[tuple[str, str, PropertyRow]]
    fellows: set[str]
    """Tips that had something in common with the provisional ones."""


class _Recording:
    """One call's work inside its transaction."""

    def __init__(
        self, unit: WriteUnit, deliveries: Sequence[Delivery], *, actor: str, at_us: int
    ) -> None:
        self._unit = unit
        self._deliveries = deliveries
        self._actor = actor
        self._at_us = at_us
        self._known = self._known_documents()

    def run(self) -> list[Recorded]:
        """Read, decide, write."""
        targets = self._targets()
        joined = self._joined()
        keys = TipKeysParams(keys=sorted({*(tip for tips in targets for tip in tips), *joined}))
        self._unit.run(LOCK_TIPS, keys)
        heads = {row.key: row for row in self._unit.read(TIP_HEADS, keys)}
        versions = self._versions([key for key, head in heads.items() if not head.stub])
        self._take_over(joined, versions)
        changes = {
            tip: change_of(tip, heads.get(tip), versions.get(tip, []))
            for tip in dict.fromkeys(tip for tips in targets for tip in tips)
        }
        for provisional, tip in joined.items():
            changes[tip].inherit(change_of(provisional, heads.get(provisional), []))
        results = [
            Recorded(
                document=delivery.document.sha256,
                tip=tips[0],
                outcome=self._add_to([changes[tip] for tip in tips], delivery, joined=joined),
            )
            for delivery, tips in zip(self._deliveries, targets, strict=True)
        ]
        moved = self._replace(joined, heads=heads, versions=versions)
        self._write_documents()
        claimed = write_changes(self._unit, list(changes.values()), at_us=self._at_us)
        self._unit.insert_rels("STANDS", ("Tip", "Triage"), moved.places)
        self._unit.insert_rels("JUDGES", ("Judgement", "Tip"), moved.judged)
        fresh = self._watch(changes, claimed, targets=targets, held=moved.held)
        take_up_again(self._unit, fresh, actor=self._actor, at_us=self._at_us)
        restated = [tip for tip, change in changes.items() if len(change.before) > 0]
        tell_taken_back(self._unit, restated, at_us=self._at_us)
        touched = {*changes, *moved.fellows}
        said = said_more(changes.values())
        refresh(self._unit, touched, actor=self._actor, at_us=self._at_us, news=said)
        add_leaves(
            self._unit,
            [Leaf(action="tip.recorded", object=r.tip, outcome=r.outcome.value) for r in results],
            actor=self._actor,
            at_us=self._at_us,
        )
        # Whose tip it was before is not theirs to know.
        told = [
            replace(found, outcome=Outcome.NEW_TIP)
            if delivery.holder is not None and (found.tip, delivery.holder) in fresh
            else found
            for found, delivery in zip(results, self._deliveries, strict=True)
        ]
        tell_holders(self._unit, self._deliveries, told, actor=self._actor, at_us=self._at_us)
        return told

    def _replace(
        self,
        joined: Mapping[str, str],
        *,
        heads: Mapping[str, TipHeadRow],
        versions: Mapping[str, list[Version]],
    ) -> _Moved:
        """Take away provisional tips whose number has come; give what passes to the new ones.

        A person's decision, and an agency's holding, hold for the tip that takes their place.
        """
        if len(joined) == 0:
            return _Moved(judged=[], held={}, places=[], fellows=set())
        replaced = TipKeysParams(keys=sorted(joined))
        judged = self._unit.read(JUDGED_PROVISIONAL, replaced)
        fellows = fellows_of(self._unit, joined)
        held = drop_holders(self._unit, joined)
        drop_counts(self._unit, [change_of(k, heads.get(k), versions.get(k, [])) for k in joined])
        self._unit.run(DROP_PROVISIONAL, replaced)
        places = carry(self._unit, joined)
        since: dict[tuple[str, str], int] = {}
        for (tip, agency), from_us in held.items():
            pair = (joined[tip], agency)
            since[pair] = min(from_us, since.get(pair, from_us))
        return _Moved(
            judged=[(row.judgement, joined[row.tip], {}) for row in judged],
            held=since,
            places=places,
            fellows=fellows,
        )

    def _watch(
        self,
        changes: Mapping[str, TipChange],
        claimed: dict[str, list[str]],
        *,
        targets: Sequence[Sequence[str]],
        held: Mapping[tuple[str, str], int],
    ) -> set[tuple[str, str]]:
        """Note who holds the tips, and let what they state have its consequences.

        Gives the tips with each holder that had them in no form before.
        """
        given = [
            (tip, delivery.holder)
            for delivery, tips in zip(self._deliveries, targets, strict=True)
            if delivery.holder is not None
            for tip in tips
        ]
        fresh = hold(self._unit, [*given, *held], at_us=self._at_us, since=held)
        # Of a tip that was there, a new holder meets also what did not change.
        known = sorted({tip for tip, _ in fresh if len(changes[tip].before) > 0})
        for kind, keys in claimed_on(self._unit, known).items():
            claimed[kind] = sorted({*claimed.get(kind, []), *keys})
        watch_tips(self._unit, sorted(changes), claimed, at_us=self._at_us)
        return fresh - set(held)

    def _known_documents(self) -> dict[str, set[str]]:
        shas = sorted({delivery.document.sha256 for delivery in self._deliveries})
        known: dict[str, set[str]] = {}
        for row in self._unit.read(DOCUMENT_TIPS, DocumentKeysParams(documents=shas)):
            known.setdefault(row.document, set()).add(row.tip)
        return known

    def _targets(self) -> list[list[str]]:
        """Give each delivery's tips; one without a number belongs to all that its document has."""
        numbered: dict[str, set[str]] = {sha: set(tips) for sha, tips in self._known.items()}
        for delivery in self._deliveries:
            if delivery.report_number is not None:
                numbered.setdefault(delivery.document.sha256, set()).add(delivery.tip_key)
        targets: list[list[str]] = []
        for delivery in self._deliveries:
            candidates = numbered.get(delivery.document.sha256, set()) - {delivery.tip_key}
            if delivery.report_number is None and len(candidates) > 0:
                targets.append(sorted(candidates))
            else:
                targets.append([delivery.tip_key])
        return targets

    def _joined(self) -> dict[str, str]:
        """Give the provisional tips whose number comes with these deliveries, and that tip."""
        return {
            provisional: delivery.tip_key
            for delivery in self._deliveries
            if delivery.report_number is not None
            and (provisional := provisional_key(delivery.source, delivery.document.sha256))
            in self._known.get(delivery.document.sha256, set())
        }

    def _take_over(self, joined: Mapping[str, str], versions: dict[str, list[Version]]) -> None:
        """Let the earliest delivery of a joined document count, as for every other one."""
        known = {v.document: v for key in joined for v in versions.get(key, [])}
        self._deliveries = [
            _with_earlier(delivery, known[delivery.document.sha256])
            if delivery.document.sha256 in known
            else delivery
            for delivery in self._deliveries
        ]

    def _versions(self, keys: list[str]) -> dict[str, list[Version]]:
        found: dict[str, list[Version]] = {}
        if len(keys) == 0:
            return found
        for row in self._unit.read(TIP_VERSIONS, TipKeysParams(keys=keys)):
            found.setdefault(row.tip, []).append(version_of(row))
        return found

    def _add_to(
        self, changes: Sequence[TipChange], delivery: Delivery, *, joined: Mapping[str, str]
    ) -> Outcome:
        outcomes = [self._add(change, delivery, joined=joined) for change in changes]
        return outcomes[0]

    def _add(self, change: TipChange, delivery: Delivery, *, joined: Mapping[str, str]) -> Outcome:
        key = version_key(change.tip, delivery)
        version = Version(
            key=key,
            part=delivery.part,
            document=delivery.document.sha256,
            issued_us=delivery.issued_us,
            statement=delivery.statement,
            declared_provider=delivery.declared_provider,
        )
        known = change.find(key)
        if known is not None:
            change.again(known, delivery)
            if version.declared_order < known.declared_order:
                change.restate(version, delivery)
                return Outcome.RESTATED
            return Outcome.DUPLICATE
        parts = change.parts()
        change.add(version, delivery)
        if provisional_key(delivery.source, delivery.document.sha256) in joined:
            return Outcome.JOINED
        if len(parts) == 0:
            return Outcome.NEW_TIP
        return Outcome.NEW_VERSION if delivery.part in parts else Outcome.NEW_PART

    def _write_documents(self) -> None:
        fresh = [d.document for d in self._deliveries if d.document.sha256 not in self._known]
        self._unit.insert_nodes("Document", [document_row(facts) for facts in fresh])
        first = {facts.sha256: facts.received_us for facts in reversed(fresh)}
        again = [
            ReceiptItem(key=facts.sha256, at=str(facts.received_us))
            for d in self._deliveries
            if first.get((facts := d.document).sha256) != facts.received_us
        ]
        if len(again) > 0:
            self._unit.run(ADD_RECEIPTS, ReceiptsParams(rows=again))


def _with_earlier(delivery: Delivery, known: Version) -> Delivery:
    earlier = replace(delivery, issued_us=min(delivery.issued_us, known.issued_us))
    if declared_order(delivery.declared_provider) <= known.declared_order:
        return earlier
    return replace(earlier, statement=known.statement, declared_provider=known.declared_provider)
