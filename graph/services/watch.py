"""The standing watch: what a new claim, tip, judgement or showing touches, in its own transaction.

Whoever calls has written the identifiers' nodes first, in key order, and only then asks here who
else is there: of two at once, one waits or begins again and so sees the other.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from graph.casework.vocabulary import ClaimRole, Status
from graph.identifiers.core import IdentifierKind
from graph.queries.meeting import (
    CLAIMS_MET,
    CLAIMS_OF,
    CLAIMS_OF_JUDGED,
    CLAIMS_OF_TIPS,
    MOST,
    MOST_KEYS,
    TIPS_MET,
    ClaimOfRow,
    ClaimsMetParams,
    ClaimsMetRow,
    ClaimsOfParams,
    TipClaimsParams,
    TipsMetParams,
    TipsMetRow,
)
from graph.queries.parties import PARTIES, InvestigationsParams
from graph.services.encounters import (
    Encounter,
    EncounterKind,
    Outcome,
    consequences,
    in_force,
)
from graph.services.triage_claims import refresh_claimed
from graph.services.whole import halved, whole
from graph.store import ReadUnit, WriteUnit

_CLAIMS = "Claims that meet others, or tips,"
WALK_LIMIT = 5000
"""Tips. Through an identifier that more mention, a new claim is not led to the tips held."""


def watch_claims(
    unit: WriteUnit, claims: Sequence[str], *, actor: str, at_us: int, with_tips: bool = True
) -> Outcome:
    """Give what claims lead to that are new, or shown in another way, or in force again.

    `with_tips` is for claims that meet held tips for the first time.
    """
    found = encounters_of(unit, claims, at_us=at_us, with_tips=with_tips)
    outcome = consequences(unit, found, actor=actor, at_us=at_us)
    refresh_claimed(unit, claims, actor=actor, at_us=at_us)
    return outcome


def watch_again(unit: WriteUnit, investigation: str, *, actor: str, at_us: int) -> Outcome:
    """Give what the claims of an investigation lead to that was opened again."""
    by_kind: dict[str, dict[str, int]] = {}
    rows: list[ClaimOfRow] = []
    while True:
        after = rows[-1].key if len(rows) > 0 else ""
        params = ClaimsOfParams(investigation=investigation, after=after, now_us=at_us)
        page = unit.read(CLAIMS_OF, params)
        rows += page
        if len(page) < MOST_KEYS:
            break
    for row in rows:
        by_kind.setdefault(row.kind, {})[row.identifier] = 0
    for kind in sorted(by_kind):
        unit.count_claims(kind, by_kind[kind])
    return watch_claims(unit, [row.key for row in rows], actor=actor, at_us=at_us)


def closed_of(unit: ReadUnit, investigations: Collection[str]) -> list[str]:
    """Give those of some investigations that are there and closed."""
    keys = sorted(investigations)
    return [
        row.key
        for start in range(0, len(keys), MOST_KEYS)
        for row in unit.read(PARTIES, InvestigationsParams(keys=keys[start : start + MOST_KEYS]))
        if row.status != Status.OPEN
    ]


def watch_restated(
    unit: WriteUnit, opened: Sequence[str], claims: Sequence[str], *, actor: str, at_us: int
) -> None:
    """Let investigations that a file opened again, and claims that it corrected, have effect."""
    for investigation in opened:
        watch_again(unit, investigation, actor=actor, at_us=at_us)
    watch_claims(unit, claims, actor=actor, at_us=at_us)


def watch_tips(
    unit: WriteUnit, tips: Sequence[str], claimed: Mapping[str, Sequence[str]], *, at_us: int
) -> Outcome:
    """Give what tips lead to that state claimed identifiers (keys by kind) as they did not before.

    Without a claimed identifier nothing is asked. A tip that nobody holds leads to nothing.
    """
    keys = sorted({key for of_kind in claimed.values() for key in of_kind})
    if len(keys) == 0:
        return Outcome()
    rows = [
        row
        for start in range(0, len(tips), MOST_KEYS)
        for row in halved(
            lambda some: unit.read(
                CLAIMS_OF_TIPS, TipClaimsParams(tips=some, identifiers=keys, now_us=at_us)
            ),
            tips[start : start + MOST_KEYS],
            most=MOST,
            what=_CLAIMS,
        )
        if row.kind in claimed and row.identifier in claimed[row.kind]
    ]
    found = [_tip_encounter(row, at_us=at_us) for row in rows]
    return consequences(unit, found, actor="intake", at_us=at_us)


def watch_judged(
    unit: WriteUnit, tips: Sequence[str], *, agency: str | None, at_us: int
) -> Outcome:
    """Give what it leads to that an agency's people judged tips one actor's; None: nobody's people.

    Whoever claims what one of them states is told of the other, where their agency holds both:
    that other agencies hold such a tip is no hit, and theirs to know. A judgement has no effect
    outside of its agency.
    """
    params = ClaimsMetParams(keys=list(tips), now_us=at_us)
    judged = whole(unit.read(CLAIMS_OF_JUDGED, params), most=MOST, what=_CLAIMS)
    rows = [row for row in judged if agency is None or row.holder == agency]
    found = [_tip_encounter(row, at_us=at_us) for row in rows]
    return consequences(unit, found, actor="judgement", at_us=at_us)


def encounters_of(
    unit: ReadUnit, claims: Sequence[str], *, at_us: int, with_tips: bool = True
) -> list[Encounter]:
    """Give everything that claims in force meet now: other agencies' claims, and held tips."""
    found: list[Encounter] = []
    for start in range(0, len(claims), MOST_KEYS):
        keys = list(claims[start : start + MOST_KEYS])
        met = halved(
            lambda some: unit.read(CLAIMS_MET, ClaimsMetParams(keys=some, now_us=at_us)),
            keys,
            most=MOST,
            what=_CLAIMS,
        )
        found += [_claim_encounter(row, at_us=at_us) for row in met]
        if with_tips:
            tips = halved(
                lambda some: unit.read(
                    TIPS_MET, TipsMetParams(keys=some, now_us=at_us, walk_limit=WALK_LIMIT)
                ),
                keys,
                most=MOST,
                what=_CLAIMS,
            )
            found += [_tip_encounter(row, at_us=at_us) for row in tips]
    return found


def _claim_encounter(row: ClaimsMetRow, *, at_us: int) -> Encounter:
    return Encounter(
        kind=EncounterKind.CLAIM,
        asker_agency=row.asker_agency,
        asker_investigation=row.asker_investigation,
        asker_user=row.asker_user,
        purpose=row.purpose,
        asker_claim=row.asker_claim,
        asker_visibility=in_force(
            row.asker_visibility, row.asker_role, row.asker_silent_until_us, at_us=at_us
        ),
        object_ref=row.asker_ref,
        owner_claim=row.owner_claim,
        owner_claim_ref=row.owner_ref,
        owner_investigation=row.owner_investigation,
        owner_agency=row.owner_agency,
        owner_role=ClaimRole(row.owner_role),
        owner_visibility=in_force(
            row.owner_visibility, row.owner_role, row.owner_silent_until_us, at_us=at_us
        ),
        identifier_kind=IdentifierKind(row.kind),
        identifier_state=row.state,
    )


def _tip_encounter(row: TipsMetRow, *, at_us: int) -> Encounter:
    return Encounter(
        kind=EncounterKind.TIP,
        asker_agency=row.holder,
        object_ref=row.tip,
        owner_claim=row.owner_claim,
        owner_claim_ref=row.owner_ref,
        owner_investigation=row.owner_investigation,
        owner_agency=row.owner_agency,
        owner_role=ClaimRole(row.owner_role),
        owner_visibility=in_force(
            row.owner_visibility, row.owner_role, row.owner_silent_until_us, at_us=at_us
        ),
        identifier_kind=IdentifierKind(row.kind),
        identifier_state=row.state,
        urgency=row.urgency,
    )
