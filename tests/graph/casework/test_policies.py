"""The policies say what the rules say, name themselves, and refuse to start when damaged."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from importlib.resources import files
from itertools import combinations
from random import Random

import cedarpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.policies import Node, PolicyError, PolicySet, build
from graph.casework.requests import record_entity, request, user_entity
from graph.casework.resource import Resource
from graph.casework.rights import POLICIES, check_roles, permits, require, roles_for
from graph.casework.vocabulary import UserRole
from graph.errors import RightsError, RowError
from tests.graph.casework.asks import NOW_US, USERS, Ask, random_caller, random_resource
from tests.graph.casework.needs import NEEDS
from tests.graph.casework.rules import SEPARATE, may

R = UserRole
SEED, ASKS = 20261122, 50_000
TOGETHER, RECORDS = 200, 20
"""Questions and records of one batch, over the same three callers."""
DEEDS = [deed.value for deed in Deed]
_FOLDER = files("graph").joinpath("data", "policies")
THEMES = {
    path.name.removesuffix(".cedar"): path.read_text(encoding="utf-8")
    for path in _FOLDER.iterdir()
    if path.name.endswith(".cedar")
}
SCHEMA = _FOLDER.joinpath("rights.cedarschema").read_text(encoding="utf-8")


def differences(
    policies: PolicySet, *, asks: int, deeds: Sequence[Deed] = tuple(Deed)
) -> Iterator[Ask]:
    """Give the random questions to which policies and rules answer differently."""
    rng = Random(SEED)
    for _ in range(asks // TOGETHER):
        callers = [replace(random_caller(rng), user=user) for user in USERS]
        records = [random_resource(rng) for _ in range(RECORDS)]
        entities = [record_entity(f"r{n}", record) for n, record in enumerate(records)]
        entities += [user_entity(caller) for caller in callers]
        asked: list[Ask] = []
        requests: list[Node] = []
        for _ in range(TOGETHER):
            n = rng.randrange(RECORDS)
            caller, deed = rng.choice(callers), rng.choice(deeds)
            asked.append(Ask(caller=caller, deed=deed, resource=records[n]))
            requests.append(request(caller, deed.value, f"r{n}"))
        for ask, verdict in zip(asked, policies.judge(requests, entities), strict=True):
            if verdict.permitted is not may(ask.caller, ask.deed, ask.resource):
                yield ask


@pytest.mark.long
def test_50_000_random_requests_are_answered_as_the_rules_say() -> None:
    print(f"seed {SEED}")  # noqa: T201 - shown when the test fails
    assert next(differences(POLICIES, asks=ASKS), None) is None


@pytest.mark.parametrize("name", sorted(POLICIES.policies))
def test_the_comparison_finds_any_policy_that_is_gone(name: str) -> None:
    """A policy that could be left out without a difference would be one that nothing proves."""
    whole = json.loads(cedarpy.policies_to_json_str("\n".join(THEMES.values())))
    kept = {
        place: node
        for place, node in whole["staticPolicies"].items()
        if node["annotations"]["id"] != name
    }
    handle = cedarpy.PolicySet.from_json_str(json.dumps({**whole, "staticPolicies": kept}))
    # Of its own deeds: among all of them a seldom one is asked for too seldom.
    deeds = [deed for deed in Deed if deed.value in POLICIES.policies[name].deeds] or list(Deed)
    left = replace(POLICIES, handle=handle)
    assert next(differences(left, asks=ASKS, deeds=deeds), None) is not None


@settings(max_examples=150, deadline=None)
@given(st.randoms(use_true_random=False), st.sampled_from(list(Deed)))
def test_one_request_at_a_time_is_answered_as_the_rules_say(rng: Random, deed: Deed) -> None:
    """Over the way that services take; hypothesis makes a difference small."""
    caller, resource = random_caller(rng), random_resource(rng)
    assert permits(caller, deed, resource=resource) is may(caller, deed, resource)


def test_every_deed_has_rules_and_the_policies_name_the_same_roles() -> None:
    assert set(NEEDS) == set(Deed)
    assert {deed: roles_for(deed) for deed in Deed} == dict(NEEDS)


def test_roles_that_an_account_cannot_unite_do_nothing_when_they_are_united() -> None:
    """What refuses an account and what refuses a deed are two rules; they agree."""
    for count in range(1, len(R) + 1):
        for roles in map(frozenset, combinations(R, count)):
            for agency in ("north", None):
                caller = Caller(user="kim", agency=agency, roles=roles, as_of_us=NOW_US)
                is_refused = not permits(caller, Deed.AGENCY_READ, resource=Resource())
                try:
                    check_roles(roles, agency=agency)
                except RowError:
                    assert is_refused, (roles, agency)
                else:
                    assert not is_refused, (roles, agency)
    assert len(SEPARATE) == 3


def test_an_error_names_the_policy_that_forbids_or_what_is_needed() -> None:
    kim = Caller(user="kim", agency="north", roles=frozenset({R.ANALYST}), as_of_us=NOW_US)
    assert require(kim, Deed.CLAIM_ADD) == ("claims.work",)
    with pytest.raises(RightsError, match=r"duties\.another_agency\. .* not the caller's") as error:
        require(kim, Deed.CLAIM_ADD, resource=Resource(owner="south"))
    assert error.value.policies == ("duties.another_agency",)
    with pytest.raises(RightsError, match=r"No policy permits .* needed: .*: supervisor") as error:
        require(kim, Deed.CLAIM_PURGE)
    assert error.value.policies == ()
    gone = replace(kim, until_us=NOW_US)
    with pytest.raises(RightsError, match=r"duties\.out_of_service"):
        require(gone, Deed.CLAIM_ADD)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('@id("claims.work")', "", "without @id"),
        ('@id("claims.work")', '@id("")', "without @id"),
        ('@id("claims.work")', '@id("claims.read")', "two policies under one @id: claims.read"),
        ('Action::"claim.edit"', 'Action::"claim.edit", Action::"claim.edt"', "breaks its schema"),
        ('  Action::"claim.edit",', "", "no policy permits claim.edit"),
        ("when {", "wenn {", "no set of Cedar policies"),
        ("principal in [Role", "principal.rank in [Role", "breaks its schema"),
        ('action == Action::"claim.validate"', "action", "names its deeds: claims.validate"),
    ],
)
def test_policies_that_are_damaged_do_not_start(old: str, new: str, says: str) -> None:
    damaged = THEMES["claims"].replace(old, new, 1)
    assert damaged != THEMES["claims"]
    with pytest.raises(PolicyError, match=says):
        build({**THEMES, "claims": damaged}, SCHEMA, DEEDS)


def test_a_deed_without_a_policy_does_not_start() -> None:
    with pytest.raises(PolicyError, match=r"no policy permits claim\.whatever to anybody"):
        build(THEMES, SCHEMA, [*DEEDS, "claim.whatever"])
    assert set(build(THEMES, SCHEMA, DEEDS).policies) == set(POLICIES.policies)


def test_a_request_that_does_not_fit_the_schema_is_no_answer() -> None:
    """Cedar skips a policy that it cannot evaluate, a forbid too."""
    kim = Caller(user="kim", agency="north", roles=frozenset({R.ANALYST}), as_of_us=NOW_US)
    record = record_entity("record", Resource())
    broken = {**record, "attrs": {"visibility": 7}}
    with pytest.raises(PolicyError, match="malformed"):
        POLICIES.judge([request(kim, "claim.read", "record")], [user_entity(kim), broken])
