"""The policies keep back what a query's own filter would let through, and the other way round."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Any

import pytest

from graph.casework.resource import Resource
from graph.casework.vocabulary import Visibility
from graph.errors import NotFoundError
from graph.queries.casework import OWN as OWN_CASE
from graph.queries.claims import OWN_BY_REF, OWN_DUE
from graph.queries.core import Query
from graph.queries.scope import OWN
from graph.services import case_access, claim_access
from graph.services.audit_reads import ReadLog
from graph.store import Store
from tests.graph.services.casework import case, claimed, draft
from tests.graph.services.people import DAY_US, staff


def _plain(text: str) -> str:
    return " ".join(text.split())


def _open(query: Query[Any, Any], filter_text: str) -> Query[Any, Any]:
    """Give a query without its filter."""
    text = _plain(query.text)
    assert _plain(filter_text) in text
    # Every parameter stays in use: the catalogue takes no query with one too many.
    bare = "$agency <> '' AND $user <> '' AND $now_us > 0"
    return replace(query, text=text.replace(_plain(filter_text), bare, 1))


def test_without_the_queries_filters_the_policies_show_no_more(
    store: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    people = staff(store, "north", "south")
    lead, boss, south = people["lead.north"], people["boss.north"], people["boss.south"]
    own, foreign = case(lead, store), case(south, store)
    sealed = draft("y@example.com", visibility=Visibility.SEALED, sealed_to="chief.north")
    mine, hidden = claimed(lead, store, own, draft(), sealed)
    (theirs,) = claimed(south, store, foreign, draft("z@example.com"))
    reads = ReadLog(store)
    soon = boss.as_of_us + 9999 * DAY_US
    monkeypatch.setattr(claim_access, "OWN_BY_REF", _open(OWN_BY_REF, OWN))
    monkeypatch.setattr(claim_access, "OWN_DUE", _open(OWN_DUE, OWN))
    monkeypatch.setattr(case_access, "OWN", _open(OWN_CASE, "i.agency = $agency"))
    with caplog.at_level(logging.ERROR):
        assert claim_access.show_claim(boss, store, ref=mine, reads=reads).ref == mine
        for ref in (hidden, theirs):
            with pytest.raises(NotFoundError, match="no such claim"):
                claim_access.show_claim(boss, store, ref=ref, reads=reads)
        with pytest.raises(NotFoundError, match="no such investigation"):
            case_access.show_case(boss, store, key=foreign, reads=reads)
        due = claim_access.list_due(boss, store, before_us=soon, reads=reads)
    assert [row.ref for row in due] == [mine]
    said = {record.getMessage() for record in caplog.records}
    assert {text.partition("(")[2].partition(")")[0] for text in said} == {
        "claim.read: duties.sealed",
        "claim.read: duties.another_agency",
        "investigation.read: duties.another_agency",
    }


def test_without_the_policies_the_queries_show_no_more(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def anything(*_: object, resource: Resource) -> bool:
        return resource is not None

    for module in (claim_access, case_access):
        monkeypatch.setattr(module, "confirms", anything)
    people = staff(store, "north", "south")
    boss, south = people["boss.north"], people["boss.south"]
    foreign = case(south, store)
    (theirs,) = claimed(south, store, foreign, draft())
    reads = ReadLog(store)
    with pytest.raises(NotFoundError):
        claim_access.show_claim(boss, store, ref=theirs, reads=reads)
    with pytest.raises(NotFoundError):
        case_access.show_case(boss, store, key=foreign, reads=reads)
    soon = boss.as_of_us + 9999 * DAY_US
    assert claim_access.list_due(boss, store, before_us=soon, reads=reads) == ()
