"""Whatever asks about identifiers is counted alike: tips, approved lists and claims too."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph.casework.vocabulary import Visibility
from graph.errors import NotFoundError
from graph.identifiers.core import Identifier, IdentifierKind, Policy
from graph.identifiers.registry import interpret
from graph.services.audit_reads import ReadLog
from graph.services.check_alerts import list_alerts, plant
from graph.services.check_requests import approve
from graph.services.checks import check_tip
from graph.services.recording import record
from tests.deliveries import delivery, email
from tests.graph.services.casework import case, claimed, draft
from tests.graph.services.checks.county import AT_ONCE, PLENTY, County
from tests.graph.services.people import DAY_US, later


def phone(last: int) -> Identifier:
    return interpret(f"+155501001{last:02}", Policy(synthetic=True))[0]


def alerts(county: County, who: str, at: int) -> list[str]:
    """Give the rules of the alerts that somebody is told on a day."""
    caller = later(county.people[who], at)
    found = list_alerts(caller, county.store, reads=ReadLog(county.store), days=1)
    return sorted(row.rule for row in found)


def used(county: County, user: str) -> int:
    rows = county.running.rows("MATCH (b:Budget {key: $key}) RETURN b.used", key=f"user|{user}")
    return int(str(rows[0][0])) if len(rows) > 0 else 0


def test_only_what_an_own_tip_states_is_free_and_it_enters_the_patterns(county: County) -> None:
    at = 70 * DAY_US
    asker = later(county.asker, at)
    said = [email(f"serial{n}@example.com") for n in range(6)]
    mined = [replace(email("mined@example.com"), mined=True)]
    own = replace(delivery("81", [*said, *mined]), holder="south")
    record(county.store, [own, delivery("82", said[:2])], actor="test")
    question = county.question()
    before = used(county, asker.user)
    check_tip(asker, county.store, tip="ncmec:81", question=question, rules=PLENTY)
    assert used(county, asker.user) == before + 1
    with pytest.raises(NotFoundError):
        check_tip(asker, county.store, tip="ncmec:82", question=question, rules=PLENTY)
    assert alerts(county, "boss.south", at + DAY_US) == ["e-mails of one shape"]


def test_an_approved_list_enters_the_patterns(county: County) -> None:
    at = 80 * DAY_US
    asker, boss = later(county.asker, at), later(county.people["boss.south"], at)
    texts = [f"list{n}@example.com" for n in range(60)]
    request = str(county.ask(*texts, caller=asker, rules=AT_ONCE).request)
    approve(boss, county.store, ref=request)
    assert alerts(county, "boss.south", at + DAY_US) == []
    assert county.ask(*texts, caller=asker, rules=AT_ONCE).request is None
    assert alerts(county, "boss.south", at + DAY_US) == ["e-mails of one shape"]


def test_claiming_many_is_enumeration_and_meets_canaries(county: County) -> None:
    at = 90 * DAY_US
    asker, north = later(county.asker, at), later(county.people["boss.north"], at)
    canaries = [phone(70), phone(80)]
    for canary in canaries:
        assert canary.kind is IdentifierKind.PHONE
        plant(north, county.store, identifier=canary)
    key = case(asker, county.store, "26-S90")
    numbers = [draft("", identifier=phone(n)) for n in range(30, 33)]
    claimed(asker, county.store, key, *numbers)
    assert alerts(county, "boss.south", at + DAY_US) == []
    claimed(asker, county.store, key, draft("", identifier=phone(33)))
    county.ask("+15550100134", caller=asker)
    assert alerts(county, "boss.south", at + DAY_US) == ["phones in a row"]
    claimed(asker, county.store, key, draft("", identifier=canaries[0]))
    sealed = {"visibility": Visibility.SEALED, "sealed_to": "chief.south"}
    claimed(asker, county.store, key, draft("", identifier=canaries[1], **sealed))
    both = ["canary", "canary", "phones in a row"]
    assert alerts(county, "boss.south", at + DAY_US) == both
    # What is sealed is told to no other agency, though it is the planter's.
    assert alerts(county, "boss.north", at) == ["canary"]
    used_up = used(county, asker.user)
    assert used_up == 1
