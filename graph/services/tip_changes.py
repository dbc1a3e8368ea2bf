"""Writes tips whose versions changed: the folded state, and the counts that follow from it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graph.fold import fold
from graph.identifiers.core import IdentifierKind
from graph.queries.meta import ADD_TIPS, AddTipsParams
from graph.queries.recording import (
    DROP_STATE,
    SET_VERSION_STATES,
    TipKeysParams,
    VersionStateItem,
    VersionStatesParams,
)
from graph.rows import PropertyRow
from graph.services.hash_states import settle
from graph.services.tip_change import TipChange
from graph.store import WriteUnit
from graph.tip_rows import (
    assertion_row,
    file_key,
    file_row,
    identifier_rows,
    stub_row,
    tip_row,
    version_row,
)
from graph.tip_state import AssertionState, TipState


def write_changes(
    unit: WriteUnit, changes: Sequence[TipChange], *, at_us: int
) -> dict[str, list[str]]:
    """Write every changed tip's state and adjust the counts.

    Gives the claimed identifiers among those that were counted, keys by kind, read under the lock
    that counting takes: what the standing watch asks about.
    """
    changed = [change for change in changes if change.is_changed]
    if len(changed) == 0:
        return {}
    states = {c.tip: fold(c.versions.values()) for c in changed if len(c.versions) > 0}
    _write_tips(unit, changed, states, at_us=at_us)
    _write_versions(unit, changed, states, at_us=at_us)
    rewritten = sorted(c.tip for c in changed if len(c.before) > 0)
    if len(rewritten) > 0:
        unit.run(DROP_STATE, TipKeysParams(keys=rewritten))
    _write_files(unit, states, rewritten=set(rewritten))
    _write_assertions(unit, states)
    _write_references(unit, states)
    claimed = _write_counts(unit, changed, states)
    settle(unit, _hashes(states))
    return claimed


def drop_counts(unit: WriteUnit, changes: Sequence[TipChange]) -> None:
    """Take tips that are about to be dropped out of the counts."""
    for change in changes:
        change.withdrawn = (0, "dropped")
    _write_counts(unit, changes, {})


def _write_tips(
    unit: WriteUnit, changed: Sequence[TipChange], states: dict[str, TipState], *, at_us: int
) -> None:
    rows: dict[str, PropertyRow] = {}
    for change in changed:
        source, _, number = change.tip.partition(":")
        if change.tip not in states:
            rows[change.tip] = stub_row(source, change.tip) | _withdrawal(change)
            continue
        provisional = number.startswith("sha256:")
        rows[change.tip] = tip_row(
            change.tip,
            number=(source, None if provisional else number),
            state=states[change.tip],
            version_count=len(change.versions),
            first_recorded_us=(
                change.first_recorded_us if change.first_recorded_us is not None else at_us
            ),
            withdrawn=change.withdrawn,
        )
    unit.insert_nodes("Tip", [rows[c.tip] for c in changed if not c.exists])
    unit.update_nodes("Tip", [rows[c.tip] for c in changed if c.exists])
    # Of every version, not of the newest: else the order of arrival would decide which are there.
    providers = {
        facts.provider: facts.provider_label or facts.provider
        for change in changed
        for version in change.versions.values()
        if (facts := version.statement.facts) is not None and facts.provider is not None
    }
    unit.insert_nodes("Provider", [{"key": k, "name": n} for k, n in sorted(providers.items())])


def _withdrawal(change: TipChange) -> PropertyRow:
    return {"withdrawn_us": change.withdrawn[0], "withdrawn_why": change.withdrawn[1]}


def _write_versions(
    unit: WriteUnit, changed: Sequence[TipChange], states: dict[str, TipState], *, at_us: int
) -> None:
    fresh: list[PropertyRow] = []
    restated: list[PropertyRow] = []
    owned: list[tuple[str, str, PropertyRow]] = []
    stated: list[tuple[str, str, PropertyRow]] = []
    moved: list[VersionStateItem] = []
    for change in changed:
        for version in change.versions.values():
            superseded_by = states[change.tip].superseded[version.key]
            delivery = change.added.get(version.key)
            if delivery is None:
                moved.append(
                    VersionStateItem(
                        key=version.key,
                        current=superseded_by is None,
                        superseded_by=superseded_by,
                        issued_us=version.issued_us,
                    )
                )
                continue
            row = version_row(
                change.tip,
                version,
                delivery=delivery,
                superseded_by=superseded_by,
                now_us=at_us,
            )
            if version.key in change.before:
                restated.append(row)
                continue
            fresh.append(row)
            owned.append((change.tip, version.key, {}))
            stated.append((version.key, version.document, {}))
    unit.insert_nodes("TipVersion", fresh)
    unit.update_nodes("TipVersion", restated)
    unit.insert_rels("HAS_VERSION", ("Tip", "TipVersion"), owned)
    unit.insert_rels("STATED_IN", ("TipVersion", "Document"), stated)
    if len(moved) > 0:
        unit.run(SET_VERSION_STATES, VersionStatesParams(rows=moved))


def _write_files(unit: WriteUnit, states: dict[str, TipState], *, rewritten: set[str]) -> None:
    rows: list[PropertyRow] = []
    again: list[PropertyRow] = []
    for tip, state in states.items():
        of_tip = [file_row(tip, file, ended_us) for file, ended_us in state.files]
        rows.extend(of_tip)
        if tip in rewritten:
            again.extend(of_tip)
    unit.insert_nodes("File", rows)
    unit.update_nodes("File", again)
    unit.insert_rels(
        "HAS_FILE",
        ("Tip", "File"),
        [
            (tip, file_key(tip, file.file_id), {})
            for tip, state in states.items()
            for file, _ in state.files
        ],
    )


def _write_assertions(unit: WriteUnit, states: dict[str, TipState]) -> None:
    by_kind: dict[str, list[tuple[str, str, PropertyRow]]] = {}
    everything: list[AssertionState] = []
    for tip, state in states.items():
        everything.extend(state.assertions)
        for item in state.assertions:
            edge = (tip, item.assertion.identifier, assertion_row(item))
            by_kind.setdefault(str(item.assertion.kind), []).append(edge)
    identifiers = identifier_rows(everything)
    for label in sorted(by_kind):
        unit.insert_nodes(label, [identifiers[label][key] for key in sorted(identifiers[label])])
        unit.insert_rels("ASSERTS", ("Tip", label), by_kind[label])


def _hashes(states: dict[str, TipState]) -> set[str]:
    return {
        item.assertion.identifier
        for state in states.values()
        for item in state.assertions
        if item.assertion.kind is IdentifierKind.FILE_HASH
    }


def _write_references(unit: WriteUnit, states: dict[str, TipState]) -> None:
    references = [(tip, item) for tip, state in states.items() for item in state.references]
    stubs = {item.target: tip.partition(":")[0] for tip, item in references}
    unit.insert_nodes("Tip", [stub_row(source, key) for key, source in sorted(stubs.items())])
    unit.insert_rels(
        "REFERS_TO",
        ("Tip", "Tip"),
        [
            (
                tip,
                item.target,
                {
                    "kind": item.kind,
                    "since": item.since,
                    "ended_us": item.ended_us,
                    "ended_by": item.ended_by,
                },
            )
            for tip, item in references
        ],
    )
    unit.insert_rels(
        "FILED_BY",
        ("Tip", "Provider"),
        [
            (tip, state.facts.provider, {})
            for tip, state in states.items()
            if state.facts.provider is not None
        ],
    )


def _write_counts(
    unit: WriteUnit, changed: Iterable[TipChange], states: dict[str, TipState]
) -> dict[str, list[str]]:
    deltas: dict[str, dict[str, tuple[int, int]]] = {}
    claimed: dict[str, list[str]] = {}
    tips = 0
    for change in changed:
        was_counted = len(change.before) > 0 and not change.withdrawn_before
        is_counted = len(change.versions) > 0 and change.withdrawn[0] is None
        tips += is_counted - was_counted
        if was_counted:
            _count(deltas, fold(change.before.values()), by=-1)
        if is_counted:
            _count(deltas, states[change.tip], by=1)
    for label in sorted(deltas):
        moved = {key: by for key, by in deltas[label].items() if by != (0, 0)}
        claimed[label] = unit.count_tips(label, moved)
    if tips != 0:
        unit.run(ADD_TIPS, AddTipsParams(delta=tips))
    return claimed


def _count(deltas: dict[str, dict[str, tuple[int, int]]], state: TipState, *, by: int) -> None:
    linking = state.linking_identifiers()
    for kind, key in state.mentioned_identifiers():
        of_kind = deltas.setdefault(str(kind), {})
        links, mentions = of_kind.get(key, (0, 0))
        of_kind[key] = (links + (by if (kind, key) in linking else 0), mentions + by)
