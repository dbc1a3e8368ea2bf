"""What two tips say alike or differently of their subjects beside shared identifiers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from graph.identifiers.core import IdentifierKind
from graph.scoring.bands import steps_of
from graph.scoring.evidence import Evidence, Relation
from graph.scoring.observations import Profile
from graph.scoring.traits import aliases_elsewhere, contacts_of, values_of
from graph.scoring.weights import Weights

_PERSONAL = {
    IdentifierKind.ACCOUNT,
    IdentifierKind.EMAIL,
    IdentifierKind.PHONE,
    IdentifierKind.DEVICE,
}
_DIFFERS = {IdentifierKind.EMAIL: "email.differs", IdentifierKind.PHONE: "phone.differs"}


def trait_evidence(
    own: Profile, other: Profile, shared: Sequence[Evidence], weights: Weights
) -> Iterator[Evidence]:
    """Give the evidence of traits; `shared` is what the tips share, in whatever relation."""
    found = {e.kind for e in shared if e.relation is Relation.SUBJECT}
    anyhow = {e.kind for e in shared}
    for name, same, differs in (
        ("birth", "birth.same", "birth.differs"),
        ("country", None, "country.differs"),
    ):
        mine, theirs = values_of(own.traits, name), values_of(other.traits, name)
        both = mine & theirs
        if len(both) > 0 and same is not None:
            yield _trait(same, Relation.ALIKE, sorted(both), weights)
        elif len(mine) > 0 and len(theirs) > 0 and len(both) == 0 and differs is not None:
            yield _trait(differs, Relation.AGAINST, _sides(mine, theirs), weights)
    names = aliases_elsewhere(own.traits, other.traits)
    if len(names) > 0 and IdentifierKind.SCREEN_NAME not in found:
        yield _alias(names, own, other, weights)
    accounts = values_of(own.traits, "account") & values_of(other.traits, "account")
    # A person may open a second account; it tells only where nothing else is the person's own.
    if len(accounts) > 0 and found.isdisjoint(_PERSONAL):
        yield _trait("account.differs", Relation.AGAINST, sorted(accounts), weights)
    contacts, others = contacts_of(own.traits), contacts_of(other.traits)
    for kind, name in _DIFFERS.items():
        one, two = contacts.get(kind, frozenset()), others.get(kind, frozenset())
        # A shared value that is no evidence is no counter-evidence either.
        if len(one) > 0 and len(two) > 0 and one.isdisjoint(two) and kind not in anyhow:
            yield _trait(name, Relation.AGAINST, _sides(one, two), weights)


def _sides(own: frozenset[str], other: frozenset[str]) -> list[str]:
    return [f"{'; '.join(sorted(own))} here", f"{'; '.join(sorted(other))} there"]


def _alias(names: list[str], own: Profile, other: Profile, weights: Weights) -> Evidence:
    """Give what equal names at different providers count: as much as the rarest of them."""
    band = min(max(p.alias_bands.get(name, 0) for p in (own, other)) for name in names)
    found = _trait("alias.same", Relation.ALIKE, names, weights)
    base = weights.of(found.name)
    if (steps := steps_of(band)) == 0:
        return replace(found, band=band)
    rarity = max(base.per_band * steps, -max(base.weight, 0))
    parts = (*found.parts, (f"{found.name}, rarity", rarity))
    return replace(found, parts=parts, alone=found.alone + rarity, band=band)


def _trait(name: str, relation: Relation, values: list[str], weights: Weights) -> Evidence:
    amount = weights.of(name).weight
    return Evidence(
        name=name,
        kind=None,
        value=", ".join(values),
        relation=relation,
        parts=((name, amount),),
        alone=amount,
    )
