"""Finds shared and viral identifiers by counting, and lifts what counting no longer supports.

What it comes to follows from the graph, from what people decided and from the snapshot's date: the
order in which tips arrived, and what an earlier run found, play no part. States that counting found
before are therefore looked past where holders are compared.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from graph.clock import now_us
from graph.errors import RowError
from graph.identifiers.core import IdentifierKind
from graph.queries.decisions import RUN_OUT, RunOutParams
from graph.queries.links import SNAPSHOT
from graph.queries.scope import Seeing
from graph.scoring.hub_rules import HubRules, shipped_hub_rules
from graph.scoring.hub_states import (
    DAY_US,
    Finding,
    beside_viral,
    finding_of,
    to_compare,
)
from graph.scoring.kinship import sample_of
from graph.scoring.pairs import Basis
from graph.services.audit_leaves import Leaf, add_leaves
from graph.services.places_due import catch_up
from graph.services.snapshot import Snapshot, snapshot_if_due, take_snapshot
from graph.services.state_order import NORMAL, Source, last_counted
from graph.services.state_profiles import Profiles
from graph.services.state_reading import (
    batches_of,
    candidates_of,
    commonest_first,
    decided_by_identifier,
    holders_of,
    newest_tip_us,
    without_counting,
)
from graph.services.state_writing import Decision, Known, decide, locked
from graph.store import Store, WriteUnit

MOST_CANDIDATES = 20_000
"""Identifiers of one kind that are looked at, the commonest first."""
_WRITTEN_AT_ONCE = 200
_NOT_COUNTED = "It was not counted how common values are: `crosstip links snapshot` counts."


@dataclass(frozen=True, slots=True, kw_only=True)
class StatesFound:
    """What a run of counting came to."""

    at_us: int
    snapshot_us: int
    rules: str
    """Version of the table of hub states."""
    looked_at: int
    shared: int
    """Identifiers that counting calls so now."""
    viral: int
    found: int
    """Of these, those that it did not call so before, or in other words."""
    lifted: int
    cut_off: tuple[str, ...]


def find_states(
    store: Store, *, basis: Basis, actor: str, rules: HubRules | None = None
) -> StatesFound:
    """Find what is shared or viral as of the last snapshot, and record what changed.

    A run that is cut short is repeated by the next.

    Raises:
        RowError: no snapshot was taken yet.
        StoreError: the store could not do it; states that were not reached stay as they were.
    """
    run = _Run(store, basis=basis, actor=actor, rules=rules or shipped_hub_rules())
    return run.count()


def count_everything(store: Store, *, basis: Basis, actor: str) -> tuple[Snapshot, StatesFound]:
    """Take a snapshot of how common values are, and find the states that follow.

    Raises:
        StoreError: the store could not do it.
    """
    taken = take_snapshot(store, actor=actor)
    return taken, find_states(store, basis=basis, actor=actor)


def count_if_due(store: Store, *, basis: Basis, actor: str) -> StatesFound | None:
    """Take a snapshot when one is due, and then find the states that follow.

    Also where a state's day has come since: it rules until it is looked at again.

    Raises:
        StoreError: the store could not do it.
    """
    if snapshot_if_due(store, actor=actor) is None:
        over = store.read(RUN_OUT, RunOutParams(at_us=now_us()))
        if len(over) == 0:
            return None
    return find_states(store, basis=basis, actor=actor)


@dataclass(slots=True)
class _Tally:
    looked_at: int = 0
    states: dict[str, int] = field(default_factory=dict)
    found: int = 0
    lifted: int = 0
    cut_off: list[str] = field(default_factory=list)


class _Run:
    """One run of counting."""

    def __init__(self, store: Store, *, basis: Basis, actor: str, rules: HubRules) -> None:
        self._store = store
        self._basis = basis
        self._actor = actor
        self._rules = rules
        self._tally = _Tally()
        snapshot_us = store.read(SNAPSHOT, Seeing())[0].snapshot_us
        if snapshot_us is None:
            raise RowError(_NOT_COUNTED)
        self._snapshot_us = snapshot_us
        self._newest_us = newest_tip_us(store, until_us=snapshot_us)
        self._decided = decided_by_identifier(store)
        self._profiles = Profiles(store, without_counting(store, self._decided))

    def count(self) -> StatesFound:
        """Look at one kind after the other, then note that it was done."""
        for kind in IdentifierKind:
            candidates = self._candidates_of(kind)
            self._tally.looked_at += len(candidates)
            found = self._findings(kind, candidates) if kind in self._rules.rules else {}
            self._write(kind, found)
        at_us = now_us()
        tally = self._tally
        outcome = f"{tally.found} found, {tally.lifted} lifted"
        leaf = Leaf(action="states.counted", object="store", outcome=outcome)
        self._store.writing(
            lambda unit: add_leaves(unit, [leaf], actor=self._actor, at_us=at_us),
            name="noting that states were counted",
        )
        return StatesFound(
            at_us=at_us,
            snapshot_us=self._snapshot_us,
            rules=self._rules.version,
            looked_at=tally.looked_at,
            shared=tally.states.get("shared", 0),
            viral=tally.states.get("viral", 0),
            found=tally.found,
            lifted=tally.lifted,
            cut_off=tuple(tally.cut_off),
        )

    def _candidates_of(self, kind: IdentifierKind) -> dict[str, int]:
        """Give the bands of the identifiers of a kind that are looked at."""
        rule = self._rules.rules.get(kind)
        if rule is None:
            return {}
        bands = candidates_of(self._store, kind, least_band=rule.least_band)
        if len(bands) > MOST_CANDIDATES:
            self._tally.cut_off.append(
                f"Of {len(bands)} common values of the kind {kind.value} the {MOST_CANDIDATES} "
                "commonest were looked at; the others are not said to be shared."
            )
        return {key: bands[key] for key in commonest_first(bands)[:MOST_CANDIDATES]}

    def _findings(self, kind: IdentifierKind, bands: Mapping[str, int]) -> dict[str, Finding]:
        found: dict[str, Finding] = {}
        others: dict[str, list[str]] = {}
        for keys in batches_of(bands):
            held = holders_of(self._store, kind, keys)
            compared = {
                key: to_compare(self._rules, kind, key, held[key], newest_us=self._newest_us)
                for key in keys
            }
            self._profiles.load({tip for tips in compared.values() for tip in tips})
            for key in keys:
                finding = finding_of(
                    self._rules,
                    kind,
                    key,
                    band=bands[key],
                    profiles=self._profiles.of(compared[key]),
                    basis=self._basis,
                )
                if finding is not None:
                    found[key] = finding
                elif kind is IdentifierKind.FILE_HASH:
                    tips = (holder.tip for holder in held[key])
                    others[key] = sample_of(kind, key, tips, size=self._rules.sample.holders)
        return found | self._beside(bands, others, viral=frozenset(found))

    def _beside(
        self, bands: Mapping[str, int], others: Mapping[str, list[str]], *, viral: frozenset[str]
    ) -> dict[str, Finding]:
        """Give the hashes that stand beside viral ones wherever that is looked at."""
        found: dict[str, Finding] = {}
        for key in sorted(others) if len(viral) > 0 else ():
            self._profiles.load(others[key])
            finding = beside_viral(
                self._rules,
                key,
                band=bands[key],
                profiles=self._profiles.of(others[key]),
                viral=viral,
            )
            if finding is not None:
                found[key] = finding
        return found

    def _write(self, kind: IdentifierKind, findings: Mapping[str, Finding]) -> None:
        before = {key for of_kind, key in self._decided if of_kind is kind}
        keys = sorted({*findings, *before})
        for start in range(0, len(keys), _WRITTEN_AT_ONCE):
            part = keys[start : start + _WRITTEN_AT_ONCE]
            made = self._store.writing(
                lambda unit, p=part: self._note(unit, kind, p, findings),  # type: ignore[misc]
                name="noting states that were found",
            )
            catch_up(self._store)
            self._tally.found += sum(1 for decision in made if decision.state != NORMAL)
            self._tally.lifted += sum(1 for decision in made if decision.state == NORMAL)
        for finding in findings.values():
            self._tally.states[finding.state] = self._tally.states.get(finding.state, 0) + 1

    def _note(
        self,
        unit: WriteUnit,
        kind: IdentifierKind,
        keys: Sequence[str],
        findings: Mapping[str, Finding],
    ) -> list[Decision]:
        known = locked(unit, kind, keys)
        rule = self._rules.rules.get(kind)
        until_us = None
        if rule is not None:
            until_us = self._snapshot_us + rule.holds_days * DAY_US
        made = [
            decision
            for key in keys
            if key in known
            and (decision := self._change(key, known[key], findings.get(key), until_us)) is not None
        ]
        decide(unit, kind, known, made, actor=self._actor, now_us=now_us())
        return made

    def _change(
        self, key: str, known: Known, finding: Finding | None, until_us: int | None
    ) -> Decision | None:
        """Give what counting has to say that it has not said; None when there is nothing."""
        last = last_counted(known.decisions)
        said = (last.state, last.why) if last is not None else (NORMAL, None)
        if finding is not None:
            if said == (finding.state, finding.why):
                return None
            return Decision(
                identifier=key,
                action="state.found",
                source=Source.COUNTING,
                state=finding.state,
                why=finding.why,
                until_us=until_us,
                snapshot_us=self._snapshot_us,
                rules=self._rules.version,
            )
        if said[0] == NORMAL:
            return None
        return Decision(
            identifier=key,
            action="state.lifted",
            source=Source.COUNTING,
            state=NORMAL,
            why=f"Counted again: no longer {said[0]} by the table of hub states.",
            snapshot_us=self._snapshot_us,
            rules=self._rules.version,
        )
