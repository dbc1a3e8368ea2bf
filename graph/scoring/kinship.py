"""Are the holders of a value related otherwise? The question behind `shared` and `viral`.

Two holders are related when they would be linked without the value, or state the same date of
birth, directly or over further holders of the sample. They are apart when nothing relates them and
they differ in what a person keeps. Of all other pairs nothing is known, and they count for
neither: two thin tips are no strangers.

- A value is held by those whose own it is said to be. Whom many strangers write to, or whom they
  mention, is not shared by them: a seller of material has unrelated buyers.
- What follows from the value relates nobody: other hashes of the file; a name's profile page and
  the same name elsewhere.
- An account's screen name and contacts do relate its holders: one provider's tips about one
  account tell one record, and are strangers' only where the record differs.
- One prolific person opens account after account, each with a new name, address and throwaway
  phone, and a country is only estimated, or a VPN exit's. Of what one person keeps (phone, e-mail
  address, device, account) only different dates of birth therefore set holders apart alone; all
  else does in two kinds that do not follow from each other: country, contacts, and of an account
  its names. Holders of a name, a page or a file are apart by any one of these.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from graph.identifiers.account import key_parts
from graph.identifiers.core import IdentifierKind
from graph.roles import Role
from graph.scoring.hub_rules import Sampling
from graph.scoring.observations import Observation, Profile
from graph.scoring.pairs import WALKED_STATES, Basis, weigh
from graph.scoring.traits import aliases_elsewhere, values_of
from graph.scoring.weights import Grade

_OWN_ROLES = frozenset({Role.REPORTED, Role.FILE})
_ALIAS = "alias:"
_BIRTH = "birth"
_COUNTRY = "country"
_CONTACT = "contact"
_CONTACTS = frozenset({IdentifierKind.EMAIL, IdentifierKind.PHONE, IdentifierKind.DEVICE})
_ONE_PERSONS = _CONTACTS | {IdentifierKind.ACCOUNT}
"""Kinds that one person keeps while much else changes."""
_LEAST_DIFFERENCES = 2
"""Kinds of difference, date of birth aside, that make strangers of holders of what one keeps."""
_AT_PROVIDER = frozenset({IdentifierKind.ACCOUNT, IdentifierKind.SCREEN_NAME})


@dataclass(frozen=True, slots=True, kw_only=True)
class Kinship:
    """What comparing a sample of holders two by two came to."""

    comparable: int
    """Pairs that are related or apart."""
    related: int
    groups: int
    """Groups of related holders that are apart from another group."""

    @property
    def per_cent(self) -> int:
        """How many of 100 comparable pairs are related, rounded up."""
        return -(-100 * self.related // self.comparable) if self.comparable > 0 else 100


def holds(kind: IdentifierKind, role: Role) -> bool:
    """Tell whether a tip that has the value in this role holds it; a hash is nobody's own."""
    return role in _OWN_ROLES or (kind is IdentifierKind.FILE_HASH and role is Role.MENTIONED)


def sample_of(kind: IdentifierKind, key: str, tips: Iterable[str], *, size: int) -> list[str]:
    """Give the holders that are compared: the same ones whatever the order of arrival."""
    return sorted(sorted(tips, key=lambda tip: (_place(kind, key, tip), tip))[:size])


def _place(kind: IdentifierKind, key: str, tip: str) -> bytes:
    text = f"{kind.value}|{key}|{tip}"
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def kinship_of(
    kind: IdentifierKind,
    key: str,
    holders: Sequence[Profile],
    *,
    basis: Basis,
    sampling: Sampling,
) -> Kinship:
    """Compare holders of a value by everything else that they say."""
    rest = [_without(holder, kind, key, sampling) for holder in holders]
    root = list(range(len(rest)))
    for a, b in _sharing(rest):
        if _find(root, a) != _find(root, b) and _are_related(rest[a], rest[b], basis):
            root[_find(root, b)] = _find(root, a)
    told = [_told(profile, kind) for profile in rest]
    related = comparable = 0
    groups: set[int] = set()
    for a, b in combinations(range(len(rest)), 2):
        mine, theirs = _find(root, a), _find(root, b)
        if mine == theirs:
            related += 1
            comparable += 1
        elif _are_apart(kind, told[a], told[b]):
            comparable += 1
            groups |= {mine, theirs}
    return Kinship(comparable=comparable, related=related, groups=len(groups))


def _are_related(a: Profile, b: Profile, basis: Basis) -> bool:
    weighed = weigh(a, b, basis)
    if weighed.links_subjects:
        return weighed.grade is not Grade.NONE
    # Traits speak in a link only beside an identifier; here the value itself is beside them.
    score = 0
    if values_of(a.traits, _BIRTH) & values_of(b.traits, _BIRTH):
        score += basis.weights.of("birth.same").weight
    if len(aliases_elsewhere(a.traits, b.traits)) > 0:
        score += basis.weights.of("alias.same").weight
    return basis.weights.grade(score) is not Grade.NONE


def _without(holder: Profile, kind: IdentifierKind, key: str, sampling: Sampling) -> Profile:
    """Give what a holder says beside the value, of the person whose value it is."""
    held = [o for o in holder.observations if (o.kind, o.identifier) == (kind, key)]
    if holder.bundled:
        persons = sorted({o.about for o in held if holds(kind, o.role)})
        holder = holder.of_person(persons[0]) if len(persons) > 0 else replace(holder, traits=_NONE)
    files = {o.file_id for o in held if o.file_id is not None}
    names = kind is IdentifierKind.SCREEN_NAME
    kept = tuple(
        item
        for item in holder.observations
        if (item.kind, item.identifier) != (kind, key)
        and not (item.kind is IdentifierKind.FILE_HASH and item.file_id in files)
        and not (names and item.is_profile)
        and (item.band < sampling.crowded_band or item.kind is IdentifierKind.ACCOUNT)
    )
    traits = frozenset(t for t in holder.traits if not (names and t.startswith(_ALIAS)))
    return replace(holder, observations=kept, traits=traits)


_NONE: frozenset[str] = frozenset()


def _told(profile: Profile, kind: IdentifierKind) -> dict[str, set[str]]:
    """Give what a tip states of which one person has one, or few: by slot, the values."""
    told: dict[str, set[str]] = {}
    for name in (_BIRTH, _COUNTRY):
        if len(values := values_of(profile.traits, name)) > 0:
            told[name] = set(values)
    for item in profile.observations:
        if item.role is Role.REPORTED and item.linking and item.state in WALKED_STATES:
            slot = _slot(item, kind)
            if slot is not None:
                told.setdefault(slot, set()).add(item.identifier)
    return told


def _slot(item: Observation, kind: IdentifierKind) -> str | None:
    if item.kind is IdentifierKind.PHONE:
        return item.kind.value
    if kind in _CONTACTS:
        return None
    if item.kind is IdentifierKind.EMAIL:
        return item.kind.value
    if item.kind not in _AT_PROVIDER:
        return None
    is_account = item.kind is IdentifierKind.ACCOUNT
    provider = key_parts(item.identifier)[0] if is_account else item.identifier.partition("|")[0]
    return f"{item.kind.value} {provider}"


def _are_apart(kind: IdentifierKind, a: dict[str, set[str]], b: dict[str, set[str]]) -> bool:
    """Tell whether what two tips state differently makes strangers of these holders."""
    differing = [slot for slot in a.keys() & b.keys() if a[slot].isdisjoint(b[slot])]
    if _BIRTH in differing or kind not in _ONE_PERSONS:
        return len(differing) > 0
    return len({_independent(slot) for slot in differing}) >= _LEAST_DIFFERENCES


def _independent(slot: str) -> str:
    """Give the kind of difference: a throwaway phone and a throwaway e-mail come together."""
    if slot in (IdentifierKind.PHONE.value, IdentifierKind.EMAIL.value):
        return _CONTACT
    return _COUNTRY if slot == _COUNTRY else "name"


def _sharing(profiles: Sequence[Profile]) -> list[tuple[int, int]]:
    """Give the pairs that have anything in common: nothing relates all others."""
    by_token: dict[object, set[int]] = {}
    for number, profile in enumerate(profiles):
        for item in profile.observations:
            by_token.setdefault(item.token, set()).add(number)
        for trait in profile.traits:
            if trait.startswith(f"{_BIRTH}:"):
                by_token.setdefault(trait, set()).add(number)
            elif trait.startswith(_ALIAS):
                # The same name elsewhere, whichever provider it stands with.
                by_token.setdefault((_ALIAS, trait.partition("|")[2]), set()).add(number)
    return sorted({pair for held in by_token.values() for pair in combinations(sorted(held), 2)})


def _find(root: list[int], number: int) -> int:
    while root[number] != number:
        root[number] = root[root[number]]
        number = root[number]
    return number
