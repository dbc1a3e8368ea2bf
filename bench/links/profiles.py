"""Profiles of a corpus' tips, with the bands that a snapshot of it gives."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from bench.links.corpus import Corpus
from graph.identifiers.core import IdentifierKind
from graph.scoring.bands import band_of
from graph.scoring.observations import Observation, Profile, profile_of
from graph.scoring.traits import alias_of


def profiles_of(corpus: Corpus) -> list[Profile]:
    """Give every tip's profile, with the bands that a snapshot of the corpus gives."""
    profiles = [profile_of(tip, corpus.states[tip]) for tip in corpus.tips]
    holders: Counter[tuple[IdentifierKind, str]] = Counter()
    for profile in profiles:
        holders.update({o.token for o in profile.observations if o.linking})

    aliases = _alias_bands(corpus)

    def banded(item: Observation) -> Observation:
        if item.kind is IdentifierKind.SCREEN_NAME:
            # One name at all providers is counted together, as `graph.services.snapshot` does.
            return replace(item, band=aliases.get(item.identifier.partition("|")[2], 0))
        return replace(item, band=band_of(holders[item.token]))

    return [
        replace(p, observations=tuple(map(banded, p.observations)), alias_bands=aliases)
        for p in profiles
    ]


def _alias_bands(corpus: Corpus) -> dict[str, int]:
    """Give how common bare screen names are, counted as the store counts them."""
    holders: Counter[str] = Counter()
    for state in corpus.states.values():
        stated = {
            (said.identifier, name)
            for item in state.assertions
            if item.ended_us is None
            and (said := item.assertion).linking
            and said.kind is IdentifierKind.SCREEN_NAME
            and (name := alias_of(said.hints)) is not None
        }
        holders.update(name for _, name in stated)
    return {name: band for name, count in holders.items() if (band := band_of(count)) > 0}
