"""One tip goes: an agency's holding of it, and with the last one everything the store has of it.

All of it is one transaction, begun by whoever calls with the locks taken in the order in which
recording takes them: tip, identifiers, agencies, places.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from graph.casework.keys import part
from graph.identifiers.core import IdentifierKind
from graph.queries.purging_holdings import (
    AGENCIES,
    DROP_ALERTS,
    DROP_ALL_JUDGED,
    DROP_DELIVERIES,
    DROP_JUDGED,
    DROP_NOTICES,
    DROP_PLACES,
    DROP_ROUTED,
    DROP_STAFF,
    DROP_VERIFIED,
    FORGET_CLAIMED,
    FORGET_REASONS,
    NOTICES,
    KeysParams,
    OneTipParams,
    TipAtParams,
)
from graph.queries.purging_tips import (
    DOCUMENTS,
    DROP_DOCUMENTS,
    DROP_HANDOFFS,
    DROP_HOLDING,
    DROP_PARTS,
    DROP_STUBS,
    DROP_TIP,
    DROP_UNUSED,
    REFERRED,
    REFERRING,
    STATED,
    WITHDRAW,
    ErasureParams,
    WithdrawParams,
)
from graph.queries.recording import (
    DROP_STATE,
    TIP_HEADS,
    TIP_VERSIONS,
    TipKeysParams,
)
from graph.rows import PropertyRow
from graph.services.desk_purging import drop_desk
from graph.services.feedback_purging import drop_feedback
from graph.services.hash_states import forget
from graph.services.holders import claimed_on, end_holding, holders_of
from graph.services.taking_back import tell_taken_back
from graph.services.tip_change import TipChange, version_of
from graph.services.tip_changes import drop_counts
from graph.services.triage_places import refresh_places
from graph.services.triage_sights import fellows_of
from graph.store import WriteUnit
from graph.tip_rows import stub_row
from graph.triage.places import triage_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """What became of a tip that an agency purged."""

    from_store: bool
    """Whether nothing is left; False: other agencies hold it."""


def end_at(
    unit: WriteUnit, tip: str, *, agency: str, spared: Collection[str], actor: str, at_us: int
) -> Gone:
    """End an agency's holding of a locked tip as if it never was; with the last one, the tip.

    `spared` are agencies whose legal holds keep their own records about it.

    Raises:
        RowError: something breaks the schema; nothing of this unit is kept.
    """
    claimed_on(unit, [tip])
    fellows = fellows_of(unit, [tip]) - {tip}
    end_holding(unit, [tip], agency=agency, at_us=at_us)
    others = {key for _, key in holders_of(unit, [tip])}
    if len(others) > 0:
        drop_own(unit, tip, [agency])
        unit.run(DROP_HOLDING, TipAtParams(tip=tip, agencies=[agency]))
        refresh_places(unit, {tip, *fellows}, actor=actor, at_us=at_us)
        return Gone(from_store=False)
    _drop(unit, tip, agency=agency, spared=set(spared), at_us=at_us)
    refresh_places(unit, fellows, actor=actor, at_us=at_us)
    return Gone(from_store=True)


def drop_own(unit: WriteUnit, tip: str, agencies: Collection[str]) -> None:
    """Delete what agencies have of their own about a tip; hand-offs stay, both sides have them."""
    ordered = sorted(agencies)
    places = KeysParams(keys=[triage_key(agency, tip) for agency in ordered])
    of = TipAtParams(tip=tip, agencies=ordered)
    unit.run(DROP_ALERTS, places)
    unit.run(DROP_PLACES, places)
    for query in (DROP_VERIFIED, DROP_ROUTED, DROP_JUDGED, DROP_STAFF, FORGET_CLAIMED):
        unit.run(query, of)
    drop_desk(unit, tip, ordered)
    drop_feedback(unit, tip, ordered)
    drop_notices(unit, [row.key for row in unit.read(NOTICES, of)])


def drop_notices(unit: WriteUnit, keys: Collection[str]) -> None:
    """Delete notices, and their deliveries to webhooks."""
    if len(keys) > 0:
        unit.run(DROP_DELIVERIES, KeysParams(keys=sorted(keys)))
        unit.run(DROP_NOTICES, KeysParams(keys=sorted(keys)))


def _drop(unit: WriteUnit, tip: str, *, agency: str, spared: set[str], at_us: int) -> None:
    one, keys = OneTipParams(tip=tip), TipKeysParams(keys=[tip])
    agencies = {agency, *(row.agency for row in unit.read(AGENCIES, one))}
    freed = sorted(agencies - spared)
    stated = unit.read(STATED, one)
    documents = [row.key for row in unit.read(DOCUMENTS, one)]
    referred = [row.key for row in unit.read(REFERRED, one)]
    drop_counts(unit, [_change(unit, tip)])
    drop_own(unit, tip, freed)
    # Whoever was told because of it is told that it says so no longer, as when it is withdrawn.
    unit.run(WITHDRAW, WithdrawParams(tip=tip, at_us=at_us))
    tell_taken_back(unit, [tip], at_us=at_us)
    unit.run(FORGET_REASONS, one)
    unit.run(DROP_HANDOFFS, TipAtParams(tip=tip, agencies=freed))
    unit.run(DROP_HOLDING, TipAtParams(tip=tip, agencies=sorted(agencies)))
    unit.run(DROP_ALL_JUDGED, one)
    unit.run(DROP_UNUSED, one)
    unit.run(DROP_DOCUMENTS, ErasureParams(keys=documents, at_us=at_us))
    unit.run(DROP_PARTS, one)
    unit.run(DROP_STATE, keys)
    hashes = [row.identifier for row in stated if row.kind == IdentifierKind.FILE_HASH]
    forget(unit, hashes)
    if unit.read(REFERRING, one)[0].found > 0:
        source = tip.partition(":")[0]
        unit.update_nodes("Tip", [stub_row(source, tip)])
    else:
        unit.run(DROP_TIP, one)
    unit.run(DROP_STUBS, KeysParams(keys=referred))
    kept: list[PropertyRow] = [
        {"key": f"{part(each)}|{tip}", "agency": each, "tip": tip, "noted_us": at_us}
        for each in sorted(agencies & spared)
    ]
    unit.insert_nodes("KeptApart", kept)


def _change(unit: WriteUnit, tip: str) -> TipChange:
    keys = TipKeysParams(keys=[tip])
    (head,) = unit.read(TIP_HEADS, keys)
    return TipChange(
        tip=tip,
        exists=True,
        versions={row.key: version_of(row) for row in unit.read(TIP_VERSIONS, keys)},
        withdrawn=(head.withdrawn_us, head.withdrawn_why),
        first_recorded_us=head.first_recorded_us,
    )
