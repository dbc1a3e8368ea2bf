"""How well counting finds the values that strangers share, and the viral file, in a world."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bench.links.corpus import Corpus
from bench.links.profiles import profiles_of
from graph.identifiers.core import IdentifierKind
from graph.scoring.bands import band_of
from graph.scoring.hub_rules import HubRules, shipped_hub_rules
from graph.scoring.hub_states import (
    SHARED,
    VIRAL,
    Finding,
    Holder,
    beside_viral,
    finding_of,
    holds,
    to_compare,
)
from graph.scoring.kinship import sample_of
from graph.scoring.observations import Profile
from graph.scoring.pairs import WALKED_STATES, Basis
from graph.scoring.weights import shipped_weights
from world.traps import Cause
from world.uploads import sha1_of

Value = tuple[IdentifierKind, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class StateFigures:
    """What was found of one state beside what is true."""

    state: str
    right: int
    wrong: int
    missed: int
    one_person: int
    """Common values of one prolific person that could have been taken for shared."""
    names: tuple[str, ...] = ()
    """What was found wrongly or missed."""

    @property
    def precision(self) -> float:
        """Of what was found, how much is true; 1 when nothing was."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong > 0 else 1.0

    @property
    def recall(self) -> float:
        """Of what is true, how much was found; 1 when there is nothing."""
        return self.right / (self.right + self.missed) if self.right + self.missed > 0 else 1.0


def found_states(corpus: Corpus, rules: HubRules | None = None) -> dict[Value, Finding]:
    """Give the states that counting finds in a corpus, as the store's service does."""
    table = rules if rules is not None else shipped_hub_rules()
    basis = Basis(weights=shipped_weights(), networks=corpus.networks)
    profiles = {profile.tip: profile for profile in profiles_of(corpus)}
    held = _held(profiles.values())
    times = {tip: _time(corpus, tip) for tip in corpus.tips}
    newest_us = max((at for at in times.values() if at is not None), default=0)
    found: dict[Value, Finding] = {}
    others: dict[str, tuple[int, list[Profile]]] = {}
    for (kind, key), tips in sorted(held.items()):
        band = band_of(tips.linking)
        if band == 0 or kind not in table.rules or band < table.rules[kind].least_band:
            continue
        holders = [
            Holder(tip=tip, provider=profiles[tip].provider, at_us=times[tip])
            for tip in sorted(tips.own)
        ]
        compared = to_compare(table, kind, key, holders, newest_us=newest_us)
        finding = finding_of(
            table, kind, key, band=band, profiles=[profiles[t] for t in compared], basis=basis
        )
        if finding is not None:
            found[kind, key] = finding
        elif kind is IdentifierKind.FILE_HASH:
            sampled = sample_of(kind, key, tips.own, size=table.sample.holders)
            others[key] = (band, [profiles[tip] for tip in sampled])
    viral = {key for kind, key in found if kind is IdentifierKind.FILE_HASH}
    for key, (band, sampled_profiles) in others.items():
        beside = beside_viral(table, key, band=band, profiles=sampled_profiles, viral=viral)
        if beside is not None and len(viral) > 0:
            found[IdentifierKind.FILE_HASH, key] = beside
    return found


@dataclass(slots=True)
class _Held:
    linking: int
    own: set[str]


def _held(profiles: Iterable[Profile]) -> dict[Value, _Held]:
    held: dict[Value, _Held] = {}
    for profile in profiles:
        # What reviewed files call stopped, or shared by nature, is not counted.
        said = [o for o in profile.observations if o.linking and o.state in WALKED_STATES]
        for value in {(o.kind, o.identifier) for o in said}:
            held.setdefault(value, _Held(linking=0, own=set())).linking += 1
        for item in said:
            if holds(item.kind, item.role):
                held[item.kind, item.identifier].own.add(profile.tip)
    return held


def _time(corpus: Corpus, tip: str) -> int | None:
    facts = corpus.states[tip].facts
    return facts.received_us if facts.received_us is not None else facts.incident_us


def measured(corpus: Corpus, *, rules: HubRules | None = None) -> tuple[StateFigures, ...]:
    """Give the figures of both states.

    True of `shared`: five or more people hold it as their own, and at most one in five pairs of
    these tips is one person's, in as many tips as the table asks for. True of `viral`: the world's
    viral file. The definitions are the words' own, and no constant of the table is tuned on them.
    """
    table = rules if rules is not None else shipped_hub_rules()
    found = found_states(corpus, table)
    held = _held(profiles_of(corpus))
    people = _people(corpus)
    shared = {
        value
        for value, tips in held.items()
        if (rule := table.rules.get(value[0])) is not None
        and value[0] is not IdentifierKind.FILE_HASH
        and band_of(len(tips.own)) >= rule.least_band
        and _is_strangers(people, tips.own)
    }
    one_person = {
        value
        for value, tips in held.items()
        if (rule := table.rules.get(value[0])) is not None
        and value[0] is not IdentifierKind.FILE_HASH
        and band_of(len(tips.own)) >= rule.least_band
        and value not in shared
    }
    return (
        _figures(SHARED, found, shared, one_person=len(one_person)),
        _figures(VIRAL, found, set(_viral(corpus, held)), one_person=0),
    )


def _people(corpus: Corpus) -> dict[str, frozenset[str]]:
    """Give the people of each tip; one that nobody else's is about is its own person."""
    return {
        tip: corpus.persons.get(number, frozenset({tip})) for number, tip in enumerate(corpus.tips)
    }


def _is_strangers(people: Mapping[str, frozenset[str]], tips: Collection[str]) -> bool:
    counts = Counter(person for tip in tips for person in people[tip])
    pairs = len(tips) * (len(tips) - 1) // 2
    same = sum(count * (count - 1) // 2 for count in counts.values())
    return len(counts) >= 5 and 5 * same <= pairs


def _viral(corpus: Corpus, held: Collection[Value]) -> Iterator[Value]:
    """Give the hashes of the world's viral file that tips state."""
    if corpus.truth is None:
        return
    for trap in corpus.truth.traps:
        if trap.cause is Cause.VIRAL_FILE:
            md5 = trap.identifier.value
            for key in (f"md5:{md5}", f"sha1:{sha1_of(md5)}"):
                if (IdentifierKind.FILE_HASH, key) in held:
                    yield IdentifierKind.FILE_HASH, key


def _figures(
    state: str, found: Mapping[Value, Finding], true: set[Value], *, one_person: int
) -> StateFigures:
    said = {value for value, finding in found.items() if finding.state == state}
    return StateFigures(
        state=state,
        right=len(said & true),
        wrong=len(said - true),
        missed=len(true - said),
        one_person=one_person,
        names=tuple(sorted(_name(v, said) for v in said ^ true)),
    )


def _name(value: Value, said: set[Value]) -> str:
    return f"{'wrong' if value in said else 'missed'} {value[0].value} {value[1]}"


def total(figures: Sequence[StateFigures]) -> StateFigures:
    """Give the figures of several worlds together."""
    return StateFigures(
        state=figures[0].state,
        right=sum(f.right for f in figures),
        wrong=sum(f.wrong for f in figures),
        missed=sum(f.missed for f in figures),
        one_person=sum(f.one_person for f in figures),
    )
