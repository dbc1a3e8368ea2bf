"""No query reads claims or tips without their filters, but those that are named here."""

from __future__ import annotations

import re

import pytest

from graph.queries.catalogue import CATALOGUE
from graph.queries.core import Mode
from graph.queries.scope import (
    ANYBODY,
    HELD,
    OTHERS,
    OWN,
    SEEN_COUNT,
    TOLD_BAND,
    TOLD_STATE,
    Seeing,
)
from graph.services.named_queries import COUNTS_ALL

EXEMPT = {
    "claims.rename": "writes one claim that was read under the filter",
    "meeting.claims": "for the watch: whoever is there; the table of the told decides",
    "meeting.tips": "the same",
    "meeting.claims_of_tips": "the same",
    "parties.claim_facts": "the same",
    "taken_back.stated": "claims on what a tip states no longer, for those who were told of it",
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
    "purging_cases.claims_of": "the same, with the investigation that they belong to",
    "purging_holdings.forget_claimed": "writes claims that name a tip which is purged",
    "retention.held_by_case": "whether a legal hold on an investigation keeps a tip",
    "reviews.near": "for reminders: each goes to those who may see the claim, by its ref",
    "checks.claimed_by": "what an asker claimed themselves, for the patterns of their look-ups",
    "held.by_user": "names, when an account ends, what it alone is told of, by refs",
    "meta.holdings": "counts everything, for whoever runs the installation",
    "queued.claimed": "says of an agency's own open claims, but sealed ones, that there is one",
    "queued.tips_of_claims": "tips whose place is looked at anew; nothing of it is shown",
    "queued.tips_of_case": "the same",
    "webhook_standing.claims": "says whether what a delivery tells of stands; shows nothing of it",
    "webhook_standing.named": "the same",
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


OF_ALL_TIPS = {
    "bands": "the snapshot, of all tips",
    "telling": "the snapshot, of all tips",
    "crowds": "the snapshot, of all tips",
    "recording": "recording tips, whoever hands them in",
    "meeting": "for the watch: whoever holds a tip; the table of the told decides",
    "holders": "who holds tips, for whoever says so",
    "filling": "migrations",
    "caseload_filling": "migrations",
    "states": "counting, of all tips",
    "sighted": "what an agency's own tips have in common: each holder's apart, in its own queue",
    "folds": "what an agency's own tips have in common, whose places were read by its key",
    "queued": "what an agency's own claims are stated by, for its own queue",
    "triage": "places of tips, for whoever holds them: each place is one holder's",
    "webhook_standing": "whether a claim on what a tip states stands, for a delivery",
    "purging": "whether anything at all still has an identifier",
    "purging_tips": "a tip that nobody holds any more leaves the store",
    "purging_holdings": "what an agency did about a tip leaves with its holding",
    "erasing": "originals of purged tips",
    "retention": "whether a hold keeps a tip, for the purge and the dry run of its holder",
    "retention_rows": "when tips of an agency were last written, read by its own index",
    "taken_back": "who had a tip, and what it no longer states, for notices to those who were told",
    "routing": "what a tip states, for its holders and for whoever routes tips: the service asks",
}
"""Modules whose parts of larger answers, and writes, see all tips."""
COUNTED = {
    "gathered.asked": "whether there is more to read, not what",
    "meta.counts": "counts everything, for whoever may see everything",
    "meta.unheld": "counts what nobody sees, for operators",
    "links.hub_pairs": "tips that were found under the filter",
}
_TIP = re.compile(r"\((?P<labelled>\w*):Tip\b|-\[\w*:ASSERTS\]-\((?P<said>\w+)[):]")
_RAW = re.compile(
    r"\b[xy]\.(?:mention_count|tip_count|band|state|state_reason)\b(?! >| = 0 THEN 0)"
)
_UNSCOPED = re.compile(
    r"CASE WHEN \$everything THEN (?:[xy]\.\w+|COUNT \{ MATCH \(:IpAddress \{[^}]*\}\)"
    r"<-\[:ASSERTS\]-\(:Tip\) \})|NOT \$everything OR x\.mention_count <="
    r"|CASE WHEN untold THEN .*? END"
)
"""What only a question that sees everything is answered with."""
_JUDGED = re.compile(r"NOT EXISTS \{ \(j\)-\[:JUDGES\]->\(h:Tip\) WHERE NOT (\(.*?\)\)) \}")
_ALL_JUDGED_ARE_SEEN = "($everything OR $holder IN coalesce(h.holders, []))"
"""Both tips of a judgement are seen, or it is not."""


def seeing_all(text: str) -> list[str]:
    """Give the names under which a query reads tips without a filter on that name."""
    said = _UNSCOPED.sub("", plain(text))
    judged = _JUDGED.search(said)
    if judged is not None and judged[1] == _ALL_JUDGED_ARE_SEEN:
        return []
    names = {next(g for g in found.groups() if g is not None) for found in _TIP.finditer(said)}
    filters = (plain(HELD), "AND $holder IN t.holders", "WHERE $holder IN t.holders")
    return sorted(
        n for n in names if n == "" or not any(f.replace("t.", f"{n}.") in said for f in filters)
    )


def is_of_all(name: str) -> bool:
    """Tell whether a query is exempt."""
    query = CATALOGUE[name]
    is_part = not query.public or query.mode is Mode.WRITE
    return name in COUNTED or (is_part and name.partition(".")[0] in OF_ALL_TIPS)


def test_every_query_on_tips_has_the_filter_or_a_reason() -> None:
    wrong = {
        name: seeing_all(query.text)
        for name, query in CATALOGUE.items()
        if not is_of_all(name) and len(seeing_all(query.text)) > 0
    }
    assert wrong == {}


def test_no_query_on_tips_that_is_offered_is_exempt() -> None:
    offered = {n for n in CATALOGUE if is_of_all(n) and CATALOGUE[n].public}
    assert {n for n in offered if CATALOGUE[n].mode is Mode.READ} <= set(COUNTS_ALL)


TELLS_EVERYBODY = {
    "hash_lists.entries": "lists that the installation imported",
    "hash_lists.listed": "the same",
    "hash_lists.lists": "the same",
    "hash_lists.one": "the same",
    "identifiers.providers": "providers, without whose tips name them",
    "identifiers.claims": "open claims and pointers, as of now",
    "investigations.list": "the same",
    "investigations.page": "the same",
    **COUNTS_ALL,
}
"""What is offered and asks nobody whose tips they may see, with what it tells."""


def test_what_is_offered_asks_whose_tips_the_caller_may_see() -> None:
    """Whoever runs a query gives its parameters: a range that names an agency would be theirs."""
    offered = [q for q in CATALOGUE.values() if q.public and q.mode is Mode.READ]
    bare = {query.name for query in offered if not issubclass(query.params, Seeing)}
    assert bare == set(TELLS_EVERYBODY)


def test_what_counts_hidden_tips_is_told_as_the_caller_may_know_it() -> None:
    state = plain(TOLD_STATE)
    reason = state.replace("x.state ELSE coalesce(x.base_state, 'normal')", "x.state_reason ELSE x")
    forms = (plain(TOLD_BAND), state, reason.replace("ELSE x END", "ELSE x.base_why END"))
    for name, query in CATALOGUE.items():
        said = plain(query.text)
        for form in (each.replace("x.", f"{alias}.") for each in forms for alias in "xy"):
            said = said.replace(form, "")
        if "everything" in query.params.model_fields:
            assert _RAW.findall(_UNSCOPED.sub("", said)) == [], name
        if "COUNT { MATCH (x)<-[m:ASSERTS]-(v)" in said:
            counted = said.replace("WHERE m.linking AND m.ended", "WHERE m.ended")
            assert counted.count(plain(SEEN_COUNT)) == counted.count("(v) WHERE m."), name


@pytest.mark.parametrize("name", ["tips.page", "links.shared", "gathered.around", "history.uses"])
def test_a_query_that_sees_all_tips_is_found(name: str) -> None:
    text = plain(CATALOGUE[name].text)
    assert seeing_all(text) == []
    assert len(seeing_all(text.replace(" IN t.holders", " IN t.names").replace(" IN u.h", ""))) > 0
