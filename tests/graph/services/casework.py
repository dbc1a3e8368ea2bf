"""Investigations and claims for tests."""

from __future__ import annotations

from typing import Any

from graph.casework.caller import Caller
from graph.casework.rights import agency_of
from graph.casework.terms import ClaimDraft
from graph.casework.vocabulary import Content, Handling, Reliability
from graph.identifiers.core import Identifier, IdentifierKind
from graph.queries.checks import MET, MetParams, MetRow
from graph.services.case_access import own_key
from graph.services.cases import NewCase, open_case
from graph.services.claim_entry import claim
from graph.store import Store

FACTS = "Seized chat of 3 March names this address as the seller's."
LOOKED_AT = "New log-ins last week in the provider's return."


def mail(key: str) -> Identifier:
    """Give an e-mail address."""
    return Identifier(kind=IdentifierKind.EMAIL, key=key, display=key)


def draft(key: str = "x@example.com", **more: Any) -> ClaimDraft:
    """Give a draft that states everything that is asked for."""
    terms: dict[str, Any] = {
        "identifier": mail(key),
        "predicate": FACTS,
        "source": "Search warrant 26-11, executed 3 March.",
        "support": "Paper file 26-001, tab 4.",
        "reliability": Reliability.RELIABLE,
        "content": Content.PROBABLE,
        "handling": Handling.PERMITTED,
    }
    return ClaimDraft(**(terms | more))


def case(caller: Caller, store: Store, reference: str = "26-001", **more: Any) -> str:
    """Open an investigation and give its key."""
    new = NewCase(**({"reference": reference, "purpose": "cybertip"} | more))
    open_case(caller, store, new=new)
    return own_key(caller, reference)


def claimed(caller: Caller, store: Store, investigation: str, *drafts: ClaimDraft) -> list[str]:
    """Claim and give the names of the claims."""
    lines = claim(caller, store, investigation=investigation, drafts=drafts)
    assert [line.reason for line in lines] == [None] * len(drafts)
    return [str(line.ref) for line in lines]


def shown_to(caller: Caller, store: Store, key: str) -> list[MetRow]:
    """Give the claims of other agencies that a check of an address shows to a caller."""
    params = MetParams(
        agency=agency_of(caller), user=caller.user, now_us=caller.as_of_us, keys=[key]
    )
    return [row for row in store.read(MET, params) if row.shown]
