"""The two sides of an encounter: who they are, who of them is told, and whom to call."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.casework.deeds import Deed
from graph.casework.keys import part
from graph.casework.rights import roles_for
from graph.casework.telling import Interest, Told, telling_of
from graph.casework.vocabulary import ClaimRole, Visibility
from graph.queries.parties import (
    AGENCY_PARTIES,
    CLAIM_FACTS,
    IN_SERVICE,
    MOST_KEYS,
    PARTIES,
    AgenciesParams,
    ClaimFactRow,
    HolderPartyRow,
    InvestigationsParams,
    PartyRow,
    StaffRow,
)
from graph.services.encounter import Encounter, EncounterKind
from graph.store import ReadUnit

SUPERVISORS = "*supervisors"
"""Among the recipients of a notice: whoever supervises the agency when it is read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the store knows of everybody who takes part."""

    claims: Mapping[str, ClaimFactRow]
    cases: Mapping[str, PartyRow]
    agencies: Mapping[str, HolderPartyRow]
    staff: Mapping[str, StaffRow]
    """Leads and deputies of the investigations who are in service."""

    def contact_of(self, side: Side) -> str:
        """Give whom to call on a side: its unit or investigation, else a supervisor.

        Of a sealed claim it is the agency's desk alone.
        """
        case = None if side.case is None else self.cases.get(side.case)
        agency = self.agencies.get(side.agency)
        desk = None if agency is None else agency.contact
        if case is not None and not side.is_hidden:
            known = (case.unit_contact, case.contact, desk)
            return next((text for text in known if text is not None), "no contact is entered")
        # Whom a sealed claim names is told to nobody; no other supervisor knows of it.
        people = self.supervisors_of(side.agency) if side.sealed_to is None else []
        named = [desk] if desk is not None else []
        named += [f"supervisor {', '.join(people[:3])}"] if len(people) > 0 else []
        return "; ".join(named) if len(named) > 0 else "no contact is entered"

    def reference_of(self, side: Side) -> str | None:
        """Give the reference number of a side's investigation; None of held tips."""
        case = None if side.case is None else self.cases.get(side.case)
        return None if case is None else case.reference

    def team_of(self, side: Side) -> list[str]:
        """Give lead and deputies of a side."""
        case = None if side.case is None else self.cases.get(side.case)
        if case is None:
            return []
        return [user for user in (case.lead, *(case.deputies or ())) if user is not None]

    def supervisors_of(self, agency: str) -> list[str]:
        """Give an agency's supervisors in service."""
        found = self.agencies.get(agency)
        return [] if found is None else found.supervisors

    def named_of(self, side: Side) -> str | None:
        """Give the one supervisor of a sealed side, None where that account is out of service."""
        return side.sealed_to if side.sealed_to in self.supervisors_of(side.agency) else None

    def recipients_of(self, side: Side) -> list[str]:
        """Give who of a side a notice goes to; never nobody.

        Whoever is out of service, or may read no notices any longer, is passed over; where that
        leaves nobody it is the agency's supervisors.
        """
        named = self.named_of(side)
        if named is not None:
            return [named]
        team = self._readers(side) if side.told is Told.OFFICER else []
        if len(team) > 0 and not side.supervisors_at_once:
            return sorted(set(team))
        return [*sorted({*team, *self.supervisors_of(side.agency)}), SUPERVISORS]

    def _readers(self, side: Side) -> list[str]:
        """Give those of a side's team who can read a notice."""
        found = (self.staff.get(user) for user in self.team_of(side))
        reading = roles_for(Deed.NOTICE_READ)
        return [
            user.key
            for user in found
            if user is not None
            and user.agency == side.agency
            and not reading.isdisjoint(user.roles)
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side of an encounter or a conflict."""

    agency: str
    case: str | None
    """Key of the investigation; None: tips that the agency holds."""
    told: Told
    supervisors_at_once: bool = False
    is_hidden: bool = False
    sealed_to: str | None = None
    ref: str | None = None
    """Name of its claim, check or tip."""
    role: ClaimRole | None = None

    @property
    def party(self) -> str:
        """The investigation, or the agency whose tips they are."""
        return self.case if self.case is not None else self.agency

    @property
    def circle(self) -> str:
        """Who is told, as the conflict's key has it."""
        return f"{self.told}{' hidden' if self.is_hidden else ''} {part(self.sealed_to or '')}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """An encounter with its sides, the lesser party first, so that either order gives the same."""

    encounter: Encounter
    asker: Side
    owner: Side

    @property
    def sides(self) -> tuple[Side, Side]:
        """First and second side."""
        if self.asker.party <= self.owner.party:
            return self.asker, self.owner
        return self.owner, self.asker

    @property
    def conflict_key(self) -> str:
        """Key of the conflict of this pair with this circle of those who are told."""
        first, second = self.sides
        circle = f"{first.circle},{second.circle}"
        return f"{part(first.party)}|{part(second.party)}|{circle}"

    @property
    def reason_key(self) -> str:
        """Key of what they meet in: the same whoever came second, and however often."""
        first, second = self.sides
        kind = self.encounter.kind
        owner = self.encounter.owner_claim_ref
        what = {
            EncounterKind.CLAIM: f"{first.ref}|{second.ref}",
            EncounterKind.CHECK: f"{owner}|{self.encounter.asker_user}|{self.encounter.purpose}",
            EncounterKind.TIP: owner,
        }[kind]
        return digest(f"{self.conflict_key}|{kind}|{what}")


def claim_of(met: Met, side: Side) -> tuple[str, ...]:
    """Give the claim through which a side meets the other, which the other thereby learns of."""
    is_claim = side is met.owner or met.encounter.kind is EncounterKind.CLAIM
    return (side.ref,) if is_claim and side.ref is not None else ()


def digest(text: str) -> str:
    """Give a name that follows from a text and does not show it."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def facts_of(unit: ReadUnit, encounters: Sequence[Encounter], *, at_us: int) -> Facts:
    """Read what is known of everybody who takes part."""
    claims = {key for e in encounters for key in (e.owner_claim, e.asker_claim) if key is not None}
    cases = {
        key
        for e in encounters
        for key in (e.owner_investigation, e.asker_investigation)
        if key is not None
    }
    agencies = {key for e in encounters for key in (e.owner_agency, e.asker_agency)}
    return facts_about(unit, claims=claims, cases=cases, agencies=agencies, at_us=at_us)


def facts_about(
    unit: ReadUnit,
    *,
    cases: set[str],
    agencies: set[str],
    at_us: int,
    claims: set[str] | None = None,
) -> Facts:
    """Read what is known of some claims, investigations and agencies."""
    claim_rows = [
        row
        for keys in _parts(claims if claims is not None else set())
        for row in unit.read(CLAIM_FACTS, InvestigationsParams(keys=keys))
    ]
    case_rows = [
        row for keys in _parts(cases) for row in unit.read(PARTIES, InvestigationsParams(keys=keys))
    ]
    agency_rows = [
        row
        for keys in _parts(agencies)
        for row in unit.read(AGENCY_PARTIES, AgenciesParams(keys=keys, now_us=at_us))
    ]
    team = {
        user for row in case_rows for user in (row.lead, *(row.deputies or ())) if user is not None
    }
    staff_rows = [
        row
        for keys in _parts(team)
        for row in unit.read(IN_SERVICE, AgenciesParams(keys=keys, now_us=at_us))
    ]
    return Facts(
        claims={row.claim: row for row in claim_rows},
        cases={row.key: row for row in case_rows},
        agencies={row.key: row for row in agency_rows},
        staff={row.key: row for row in staff_rows},
    )


def met_of(encounter: Encounter, facts: Facts) -> Met:
    """Give the sides of an encounter, and who of each is told."""
    e = encounter
    asker_fact = None if e.asker_claim is None else facts.claims.get(e.asker_claim)
    owner_fact = facts.claims.get(e.owner_claim)
    asking = Interest(
        visibility=e.asker_visibility,
        role=None if asker_fact is None else ClaimRole(asker_fact.role),
        has_team=e.asker_investigation is not None,
    )
    owning = Interest(visibility=e.owner_visibility, role=e.owner_role)
    asker_telling, owner_telling = telling_of(asking, owning), telling_of(owning, asking)
    asker = Side(
        agency=e.asker_agency,
        case=e.asker_investigation,
        ref=e.object_ref,
        told=asker_telling.told,
        supervisors_at_once=asker_telling.supervisors_at_once,
        is_hidden=asking.is_hidden,
        sealed_to=_sealed(asking, asker_fact, facts.supervisors_of(e.asker_agency)),
        role=asking.role,
    )
    owner = Side(
        agency=e.owner_agency,
        case=e.owner_investigation,
        ref=e.owner_claim_ref,
        told=owner_telling.told,
        supervisors_at_once=owner_telling.supervisors_at_once,
        is_hidden=owning.is_hidden,
        sealed_to=_sealed(owning, owner_fact, facts.supervisors_of(e.owner_agency)),
        role=owning.role,
    )
    return Met(encounter=e, asker=asker, owner=owner)


def _sealed(interest: Interest, fact: ClaimFactRow | None, in_service: Sequence[str]) -> str | None:
    """Give whom a sealed claim names; None, for all supervisors, where nobody of that name is."""
    if interest.visibility is not Visibility.SEALED or fact is None:
        return None
    return fact.sealed_to if fact.sealed_to in in_service else None


def _parts(keys: set[str]) -> list[list[str]]:
    ordered = sorted(keys)
    return [ordered[at : at + MOST_KEYS] for at in range(0, len(ordered), MOST_KEYS)]
