"""An identifier of a tip becomes a claim by a person's decision, never by the tip alone.

Whose it is in the tip decides what it may become: a victim's, a reporting person's, a parent's, an
officer's or a provider's never makes somebody a subject (28 CFR 23.20(a); rules 23-1 and 23-12).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from graph.casework.caller import Caller
from graph.casework.terms import ClaimDraft
from graph.casework.tip_scope import scope_of
from graph.casework.vocabulary import ClaimRole
from graph.errors import NotFoundError, RowError
from graph.queries.tips import ASSERTIONS, AssertionParams, AssertionRow
from graph.roles import LINKING_ROLES, Role
from graph.services.claim_entry import Line, claim
from graph.store import ReadUnit, Store

_MOST = 20_000
_PROTECTED = frozenset(Role) - LINKING_ROLES
REFUSED: Mapping[ClaimRole, frozenset[Role]] = MappingProxyType(
    {
        ClaimRole.SUSPECT: _PROTECTED,
        ClaimRole.OFFICER_PERSONA: _PROTECTED - {Role.LAW_ENFORCEMENT},
        ClaimRole.VICTIM: frozenset({Role.ESP_CONTACT, Role.LAW_ENFORCEMENT}),
    }
)
"""What whose identifier in a tip can never become."""
_WORDS: Mapping[Role, str] = MappingProxyType(
    {
        Role.VICTIM: "a victim's",
        Role.REPORTER: "the reporting person's",
        Role.ESP_CONTACT: "the provider's contact's",
        Role.PARENT_GUARDIAN: "a parent's or guardian's",
        Role.LAW_ENFORCEMENT: "an officer's",
    }
)


def claim_from_tip(
    caller: Caller, store: Store, *, investigation: str, tip: str, drafts: Sequence[ClaimDraft]
) -> tuple[Line, ...]:
    """Claim identifiers that a tip states, each on the terms that a person gives.

    Raises:
        RightsError, NotFoundError, RowError, StoreError: as for `claim_entry.claim`.
    """
    seen = store.seen_by(scope_of(caller))
    said = seen.reading(lambda unit: _said(unit, tip), name="what a tip says")
    lines: dict[int, Line] = {}
    taken: list[ClaimDraft] = []
    places: list[int] = []
    warned: list[tuple[str, ...]] = []
    for place, draft in enumerate(drafts):
        about = [
            row
            for row in said
            if (row.kind, row.identifier) == (draft.identifier.kind.value, draft.identifier.key)
        ]
        try:
            warned.append(_checked(about, draft.role))
        except (NotFoundError, RowError) as error:
            lines[place] = Line(outcome="refused", ref=None, reason=str(error))
            continue
        taken.append(replace(draft, tip=tip))
        places.append(place)
    claimed = claim(caller, store, investigation=investigation, drafts=taken)
    for place, line, more in zip(places, claimed, warned, strict=True):
        lines[place] = replace(line, warnings=(*line.warnings, *more))
    return tuple(lines[place] for place in range(len(drafts)))


def _said(unit: ReadUnit, tip: str) -> list[AssertionRow]:
    rows = unit.read(ASSERTIONS, AssertionParams(tip=tip, limit=_MOST))
    return [row for row in rows if row.ended_us is None]


def _checked(about: Sequence[AssertionRow], role: ClaimRole) -> tuple[str, ...]:
    """Give warnings about what a tip says of an identifier.

    Raises:
        NotFoundError: it says nothing of it.
        RowError: whose it is there forbids the claim.
    """
    if len(about) == 0:
        raise NotFoundError("The tip does not state this identifier now. Nothing was claimed.")
    roles = {Role(row.role) for row in about}
    forbidden = roles & REFUSED[role]
    if len(forbidden) > 0:
        whose = ", ".join(_WORDS[r] for r in Role if r in forbidden)
        raise RowError(
            f"In the tip this identifier is {whose}: it cannot be claimed as {role.value} from it "
            "(28 CFR 23.20(a), rule 23-12). If other facts make its bearer a suspect, claim it "
            "with those facts, not from the tip."
        )
    return tuple(_warnings(about, roles))


def _warnings(about: Sequence[AssertionRow], roles: set[Role]) -> list[str]:
    found: list[str] = []
    if any(row.compromised == "yes" for row in about):
        found.append("The provider says that the account was taken over: its holder may be none.")
    if Role.INTENDED_RECIPIENT in roles:
        found.append("It is an intended recipient's: a child, an officer or an offender.")
    if all(row.mined for row in about):
        found.append("It was found in free text only, not stated in a field.")
    return found
