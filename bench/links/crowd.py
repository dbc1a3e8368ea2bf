"""A hundred thousand strangers on one file and behind one address: does it change anything?"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bench.progress import Progress
from bench.whole import ACTOR
from graph.deliveries import Delivery, DocumentFacts
from graph.identifiers.core import IdentifierKind
from graph.queries.link_questions import OwnParams
from graph.queries.links import OWN
from graph.roles import Role
from graph.scoring.pairs import Basis
from graph.services.links import links_of
from graph.services.recording import record
from graph.services.snapshot import take_snapshot
from graph.statements import Assertion, Statement, TipFacts
from graph.store import Store

_BATCH = 1000
_FIRST_NUMBER = 800_000_000
_START_US = 1_750_000_000_000_000
_MINUTE_US = 60_000_000


def busiest(store: Store, tips: Sequence[str], kind: IdentifierKind) -> str:
    """Give the value of a kind that most of some tips have in a linking role."""
    rows = store.read(OWN, OwnParams(tips=list(tips), limit=1000))
    found = Counter(r.identifier for r in rows if r.kind == kind.value and r.linking)
    return min(found, key=lambda value: (-found[value], value))


def let_in(store: Store, *, tips: int, file_hash: str, address: str, progress: Progress) -> None:
    """Record tips of strangers, each with an account of its own, the file, and the address."""
    for start in range(0, tips, _BATCH):
        numbers = range(start, min(start + _BATCH, tips))
        record(store, [_stranger(n, file_hash, address) for n in numbers], actor=ACTOR)
        progress("letting strangers in", min(start + _BATCH, tips), tips)
    take_snapshot(store, actor=ACTOR)


def _stranger(number: int, file_hash: str, address: str) -> Delivery:
    name = f"stranger-{number}"
    sha256 = hashlib.sha256(name.encode()).hexdigest()
    at_us = _START_US + number * _MINUTE_US
    return Delivery(
        source="ncmec",
        report_number=str(_FIRST_NUMBER + number),
        number_source="document",
        part="ids-json",
        issued_us=at_us,
        document=DocumentFacts(
            sha256=sha256,
            stored_sha256=sha256,
            size=0,
            name="stranger.json",
            channel="file",
            received_us=at_us,
            original="made for a measurement",
        ),
        statement=Statement(
            facts=TipFacts(provider="chatterbox-example", provider_label="Chatterbox Example"),
            assertions=tuple(_assertions(name, file_hash, address, at_us)),
        ),
        parser="bench/1",
    )


def _assertions(name: str, file_hash: str, address: str, at_us: int) -> Iterator[Assertion]:
    for kind, value, role in (
        (IdentifierKind.ACCOUNT, f"chatterbox-example|chatterbox|{name}", Role.REPORTED),
        (IdentifierKind.IP_ADDRESS, address, Role.REPORTED),
        (IdentifierKind.FILE_HASH, file_hash, Role.FILE),
    ):
        yield Assertion(
            kind=kind,
            identifier=value,
            state="normal",
            role=role,
            linking=True,
            at_us=at_us,
            earliest_us=at_us,
            latest_us=at_us,
            zone_stated=True,
            path="made",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranks:
    """Where true tips stand among the links of some tips."""

    places: Mapping[tuple[str, str], int | None]
    """By pair: the place of the second among the links of the first; None when it is not there."""
    resting: frozenset[str]
    """Tips with a link that rests, be it in part, on one of the values that are looked at."""


def ranks_of(
    store: Store, true: Mapping[str, Sequence[str]], *, values: Collection[str], basis: Basis
) -> Ranks:
    """Give the place of every true tip among a tip's links by score."""
    places: dict[tuple[str, str], int | None] = {}
    resting: set[str] = set()
    for tip, others in true.items():
        links = links_of(store, tip, basis=basis, limit=1000).links
        order = sorted(links, key=lambda link: (-link.score, link.tip.key))
        place = {link.tip.key: at for at, link in enumerate(order)}
        places.update({(tip, other): place.get(other) for other in others})
        if any(r.weight != 0 and r.identifier in values for link in links for r in link.reasons):
            resting.add(tip)
    return Ranks(places=places, resting=frozenset(resting))
