"""What a tip says of its subjects beside identifiers: compared when two tips share something else.

A trait is one short text, so that a tip carries all of them in one property: `account:<provider>`
(it names an account there), `states:<kind>|<contact>`, `alias:<provider>|<name>`,
`birth:<date>` and `country:<code>`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from graph.identifiers.account import key_parts
from graph.identifiers.core import IdentifierKind
from graph.roles import Role
from graph.tip_state import TipState

MAX_TRAITS = 200
"""A bundled tip names very many people: beyond this it says nothing of one subject any more."""
_ALIAS_SCHEME = "cross-platform-name"
_STATED_KINDS = (IdentifierKind.EMAIL, IdentifierKind.PHONE)


def traits_of(state: TipState) -> tuple[str, ...]:
    """Give a tip's traits in order; none when it is about too many people."""
    traits = sorted(set(_traits(state)))
    return tuple(traits) if len(traits) <= MAX_TRAITS else ()


def _traits(state: TipState) -> Iterator[str]:
    for birth in state.facts.births:
        yield f"birth:{birth}"
    for country in state.facts.countries:
        yield f"country:{country}"
    for item in state.assertions:
        said = item.assertion
        if item.ended_us is not None or not said.linking or said.role is not Role.REPORTED:
            continue
        if said.kind is IdentifierKind.ACCOUNT and said.state == "normal":
            yield f"account:{key_parts(said.identifier)[0]}"
        elif said.kind in _STATED_KINDS and not said.mined and said.state == "normal":
            yield f"states:{said.kind.value}|{said.identifier}"
        elif said.kind is IdentifierKind.SCREEN_NAME and said.state == "normal":
            name = alias_of(said.hints)
            if name is not None:
                yield f"alias:{said.identifier.partition('|')[0]}|{name}"


def alias_of(hints: Iterable[str]) -> str | None:
    """Give the bare name among a screen name's hints (`scheme|key`), None when there is none."""
    for hint in hints:
        scheme, _, name = hint.partition("|")
        if scheme == _ALIAS_SCHEME:
            return name
    return None


def aliases_elsewhere(own: frozenset[str], other: frozenset[str]) -> list[str]:
    """Give the names that both tips have, each at another provider."""
    theirs: dict[str, set[str]] = {}
    for value in values_of(other, "alias"):
        provider, _, name = value.partition("|")
        theirs.setdefault(name, set()).add(provider)
    mine = (value.partition("|") for value in values_of(own, "alias"))
    return sorted({name for provider, _, name in mine if theirs.get(name, set()) - {provider}})


def names_of(traits: Iterable[str]) -> frozenset[str]:
    """Give the bare screen names among traits, whatever the provider."""
    prefix = "alias:"
    return frozenset(t.partition("|")[2] for t in traits if t.startswith(prefix))


def names_elsewhere(traits: Iterable[str]) -> frozenset[str]:
    """Give the bare screen names among the traits of tips that stand there with two providers."""
    aliases = {t for t in traits if t.startswith("alias:")}
    held = Counter(t.partition("|")[2] for t in aliases)
    return frozenset(name for name, providers in held.items() if providers > 1)


def contacts_of(traits: frozenset[str]) -> dict[IdentifierKind, frozenset[str]]:
    """Give the contacts that a tip states of its reported people, by kind.

    Those of tips that an older Crosstip recorded are not known, so they say nothing.
    """
    found: dict[IdentifierKind, set[str]] = {}
    for value in values_of(traits, "states"):
        kind, _, key = value.partition("|")
        if key != "":
            found.setdefault(IdentifierKind(kind), set()).add(key)
    return {kind: frozenset(keys) for kind, keys in found.items()}


def values_of(traits: frozenset[str], name: str) -> frozenset[str]:
    """Give the values of one trait."""
    prefix = f"{name}:"
    return frozenset(t.removeprefix(prefix) for t in traits if t.startswith(prefix))
