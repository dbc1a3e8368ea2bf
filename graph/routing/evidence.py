"""Reads what a tip states into pointers: of reported persons only, and never of a provider's own,
shared or proxy addresses.

Rules: `domain.md` 2.3 and 4.2. A geo-lookup is a suggestion, and weak for mobile carriers; a phone
number moves with its owner; where a victim is counts only where nothing else is there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from graph.identifiers.core import IdentifierKind
from graph.roles import Role
from graph.routing.addresses import Lookup, read_address
from graph.routing.phones import VERSION as PHONE_TABLE
from graph.routing.phones import phone_place
from graph.routing.places import read_place
from graph.routing.pointers import Confidence, Found, LeftOut, Pointer, Source
from graph.statements import Assertion, TipFacts

MOST_ADDRESSES = 200
"""The newest ones. A hostile tip may have any number."""
_REPORTED = re.compile(r"(reported\w*\[\d+\])/(address|estimated location)\Z", re.IGNORECASE)
_VICTIM = re.compile(r"(victim\w*\[\d+\])/(address|estimated location|schoolName)\Z", re.IGNORECASE)
_TOLD = "lawEnforcement/agencyName"
_ROUTED = frozenset({"referredto", "recipientagency", "ncmecrecipient", "lawenforcementrecipient"})
"""Names under which a document names whom NCMEC gave the report to, in lower case, letters only."""
_VERIFIED = re.compile(r"\bverified (?:true|yes|1)\b", re.IGNORECASE)
_LETTERS = re.compile(r"[^a-z]")
_CHILD = (
    "Nothing else in the tip points anywhere: this is where a child is, not where the reported "
    "person is."
)
_TAKEN_OVER = "The provider says that the account was taken over: its holder may not be who acted."


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What the current versions of a tip state."""

    facts: tuple[TipFacts, ...]
    assertions: tuple[Assertion, ...]


def find_pointers(stated: Stated, *, lookup: Lookup, states: Mapping[str, str | None]) -> Found:
    """Give what a tip points to.

    `states` has, by IP address, why it is no single subscriber's, or None where it is like others.

    Raises:
        SettingsError: a geolocation file is damaged.
    """
    pointers = list(_of_facts(stated.facts))
    left_out: list[LeftOut] = []
    used, cut_off = _newest(_addresses(stated.assertions))
    for item in used:
        read = read_address(item, lookup=lookup, why_not=states.get(item.identifier))
        (pointers if isinstance(read, Pointer) else left_out).append(read)  # type: ignore[arg-type]
    pointers += _phones(stated.assertions)
    if len(pointers) == 0:
        pointers += _victims(stated.facts)
    return Found(
        pointers=tuple(pointers),
        left_out=tuple(left_out),
        helps=tuple(_helps(pointers, left_out, used, lookup)),
        cut_off=cut_off,
    )


def ip_keys(stated: Stated) -> list[str]:
    """Give the IP addresses whose state is to be known."""
    return sorted({item.identifier for item in _newest(_addresses(stated.assertions))[0]})


def _of_facts(facts: Iterable[TipFacts]) -> Iterator[Pointer]:
    for each in facts:
        for path, value in (*each.details, *each.notes):
            found = _REPORTED.search(path)
            if found is not None:
                yield from _of_line(found, path, value, countries=each.countries)
            elif path == _TOLD:
                yield _naming(Source.TOLD, path, value)
            elif _LETTERS.sub("", path.rsplit("/", 1)[-1].casefold()) in _ROUTED:
                yield _naming(Source.NCMEC, path, value)


def _of_line(
    found: re.Match[str], path: str, value: str, *, countries: Sequence[str]
) -> Iterator[Pointer]:
    is_estimate = found[2].casefold() == "estimated location"
    read = read_place(value, countries=countries)
    if read.place is None:
        return
    verified = is_estimate and _VERIFIED.search(value) is not None
    source = Source.ESTIMATE if is_estimate else Source.ADDRESS
    said = "The provider calls it verified." if verified else None
    yield Pointer(
        source=source,
        place=read.place,
        agency_name=None,
        person=found[1],
        at_us=None,
        path=path,
        confidence=_lowered(
            Confidence.STRONG if verified else Confidence.FAIR, doubted=len(read.doubts) > 0
        ),
        notes=tuple(note for note in (said, *read.doubts) if note is not None),
    )


def _lowered(confidence: Confidence, *, doubted: bool) -> Confidence:
    return Confidence.WEAK if doubted else confidence


def _naming(source: Source, path: str, value: str) -> Pointer:
    return Pointer(
        source=source,
        place=None,
        agency_name=" ".join(value.split()),
        person=None,
        at_us=None,
        path=path,
        confidence=Confidence.STRONG,
    )


def _addresses(assertions: Iterable[Assertion]) -> list[Assertion]:
    """Give the addresses of reported persons, and those from which files were uploaded."""
    return [
        item
        for item in assertions
        if item.kind is IdentifierKind.IP_ADDRESS
        and item.role in (Role.REPORTED, Role.FILE)
        and not item.mined
    ]


def _newest(items: list[Assertion]) -> tuple[list[Assertion], tuple[str, ...]]:
    ordered = sorted(items, key=lambda a: (-(a.at_us or 0), a.identifier, a.path))
    if len(ordered) <= MOST_ADDRESSES:
        return ordered, ()
    said = f"Only the newest {MOST_ADDRESSES} of {len(ordered)} recorded addresses were looked up."
    return ordered[:MOST_ADDRESSES], (said,)


def _phones(assertions: Iterable[Assertion]) -> Iterator[Pointer]:
    for item in assertions:
        if item.kind is not IdentifierKind.PHONE or item.role is not Role.REPORTED or item.mined:
            continue
        place = phone_place(item.identifier)
        if place is not None:
            taken = (_TAKEN_OVER,) if item.compromised == "yes" else ()
            yield Pointer(
                source=Source.PHONE,
                place=place,
                agency_name=None,
                person=item.person,
                at_us=item.at_us,
                path=item.path,
                confidence=Confidence.WEAK,
                notes=("Numbers move with their owners.", *taken),
                version=PHONE_TABLE,
            )


def _victims(facts: Iterable[TipFacts]) -> Iterator[Pointer]:
    """Give where a victim is: asked only where nothing else is there, and said so."""
    for each in facts:
        for path, value in each.details:
            found = _VICTIM.search(path)
            read = None if found is None else read_place(value, countries=each.countries)
            if found is not None and read is not None and read.place is not None:
                yield Pointer(
                    source=Source.VICTIM,
                    place=read.place,
                    agency_name=None,
                    person=found[1],
                    at_us=None,
                    path=path,
                    confidence=Confidence.WEAK,
                    notes=(
                        _CHILD,
                        *read.doubts,
                    ),
                )


def _helps(
    pointers: Sequence[Pointer],
    left_out: Sequence[LeftOut],
    used: Sequence[Assertion],
    lookup: Lookup,
) -> Iterator[str]:
    there = {pointer.source for pointer in pointers}
    if Source.ESTIMATE not in there:
        yield "The provider states no estimated location: ask it for one."
    if len(used) == 0:
        yield "No IP address of a reported person is recorded: ask the provider for its log-ins."
    elif lookup.is_empty:
        yield (
            "This site has no geolocation file, so that IP addresses point nowhere: "
            "docs/operations.md says where to put one."
        )
    elif any(item.at_us is None for item in used):
        yield "Some recorded addresses have no time: ask the provider when they were used."
    if len(left_out) > 0 and Source.IP not in there:
        yield "No recorded address could be used: ask for others, with source ports and times."
    if Source.ADDRESS not in there:
        yield "No address of a reported person is stated."
