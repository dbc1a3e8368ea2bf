"""No query reads claims without one of the three filters, but those that are named here."""

from __future__ import annotations

import re

import pytest

from graph.queries.catalogue import CATALOGUE
from graph.queries.scope import ANYBODY, OTHERS, OWN

EXEMPT = {
    "claims.rename": "writes one claim that was read under the filter",
    "meeting.claims": "for the watch: whoever is there; the table of the told decides",
    "meeting.tips": "the same",
    "meeting.claims_of_tips": "the same",
    "parties.claim_facts": "the same",
    "meeting.claims_of_judged": "for the watch: an agency's own claims and its own tips",
    "meeting.claims_of": "the same, where an investigation is opened again",
    "meeting.claim_page": "for the sweep, which names conflicts by their refs",
    "filling.bare_claims": "a migration, before there was a filter",
    "filling.fill_claims": "a migration",
    "investigations.claims_there": "says whether a key is taken, under the lock of its agency",
    "purging.lapsed": "what has lapsed is in no filter",
    "purging.release": "writes claims that were read under a filter or have lapsed",
    "purging.drop_unused": "the same",
    "purging.drop": "the same",
    "checks.claimed_by": "what an asker claimed themselves, for the patterns of their look-ups",
    "held.by_user": "names, when an account ends, what it alone is told of, by refs",
    "meta.holdings": "counts everything, for whoever runs the installation",
    "restating.correct_roles": "writes claims of a file, under the lock of their agency",
}
_CLAIM = re.compile(
    r"\((?P<labelled>\w*):Claim\b|:HOLDS\]->\((?P<held>\w*)[):]|\((?P<claiming>\w*)\)-\[:CLAIMS\]->"
    r"|<-\[:CLAIMS\]-\((?P<claimed>\w*)[):]"
)
"""Nodes that are claims: by their label, or by the edge that they stand at."""


def plain(text: str) -> str:
    """Give a text with single spaces."""
    return " ".join(text.split())


def unfiltered(text: str) -> list[str]:
    """Give the names under which a query reads claims without a filter on that name."""
    said = plain(text)
    names = {next(g for g in found.groups() if g is not None) for found in _CLAIM.finditer(said)}
    filters = [plain(each) for each in (OWN, OTHERS, ANYBODY)]
    return sorted(
        name
        for name in names
        if not any(re.sub(r"\bc\.", f"{name}.", each) in said for each in filters)
    )


def test_every_query_on_claims_has_a_filter_or_a_reason() -> None:
    bare = {name for name, query in CATALOGUE.items() if len(unfiltered(query.text)) > 0}
    assert bare == set(EXEMPT)


def test_no_query_that_is_offered_is_exempt() -> None:
    assert [name for name in EXEMPT if CATALOGUE[name].public] == []


@pytest.mark.parametrize("name", ["investigations.list", "overlaps.direct", "claims.pointers"])
def test_a_query_without_its_filter_is_found(name: str) -> None:
    text = plain(CATALOGUE[name].text)
    assert unfiltered(text) == []
    assert len(unfiltered(text.replace(".review_due_us > $now_us", ".review_due_us > 0"))) > 0
