"""The closed lists: purposes, the seed of task forces, roles that exclude each other."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import pytest

from graph.casework.deeds import Deed
from graph.casework.keys import folded, user_key
from graph.casework.purposes import CHECK, INVESTIGATION, PURPOSES, purpose_of
from graph.casework.rights import check_roles, roles_for
from graph.casework.seed import seed_agencies
from graph.casework.vocabulary import AgencyKind, Handling, UserRole, member
from graph.errors import RowError
from graph.identifiers.tables import read_table

R = UserRole


def test_the_seed_has_the_61_task_forces_and_nobody_to_call() -> None:
    seed = seed_agencies()
    assert len(seed) == 61
    assert {item.kind for item in seed} == {AgencyKind.TASK_FORCE}
    assert Counter(Counter(item.state for item in seed).values()) == {1: 44, 2: 3, 3: 2, 5: 1}
    assert [item.key for item in seed] == sorted(folded(item.key) for item in seed)
    assert len({item.state for item in seed}) == 50


def test_no_line_of_the_seed_has_a_number_or_an_address_to_write_to() -> None:
    columns = ("key", "name", "kind", "state", "region", "verified")
    for line in read_table("agencies.csv", columns, lambda found: found.values):
        said = " ".join(line[name] for name in ("key", "name", "region"))
        assert "@" not in said
        assert sum(char.isdigit() for char in said) in (0, 4), said
        assert line["verified"] == "no"


def test_purposes_are_a_closed_list_with_sources() -> None:
    assert purpose_of(" CyberTip ", used_for=INVESTIGATION) == "cybertip"
    assert purpose_of("conflict resolution", used_for=CHECK) == "conflict resolution"
    for text, used_for in (("curiosity", CHECK), ("conflict resolution", INVESTIGATION)):
        with pytest.raises(RowError, match="cybertip"):
            purpose_of(text, used_for=used_for)
    assert all("U.S.C." in p.source or "CFR" in p.source for p in PURPOSES.values())


@pytest.mark.parametrize(
    "pair", list(combinations((R.AUDITOR, R.AGENCY_ADMINISTRATOR, R.OPERATOR), 2))
)
def test_who_checks_who_appoints_and_who_runs_it_are_three(pair: tuple[R, R]) -> None:
    with pytest.raises(RowError, match="AC-5"):
        check_roles([*pair, R.ANALYST], agency="north")


def test_an_operator_belongs_to_no_agency_and_nobody_else_to_none() -> None:
    check_roles([R.OPERATOR], agency=None)
    check_roles([R.INVESTIGATOR, R.SUPERVISOR, R.AUDITOR], agency="north")
    for roles, agency in (([R.OPERATOR], "north"), ([R.ANALYST], None), ([], "north")):
        with pytest.raises(RowError):
            check_roles(roles, agency=agency)


def test_every_deed_needs_a_role_and_casework_needs_no_operator() -> None:
    assert all(len(roles_for(deed)) > 0 for deed in Deed)
    casework = [d for d in Deed if d.value.startswith(("investigation.", "claim."))]
    assert {d for d in casework if R.OPERATOR in roles_for(d)} == {Deed.CLAIM_PURGE_LAPSED}
    assert not any(R.AUDITOR in roles_for(deed) for deed in casework)


@pytest.mark.parametrize("text", ["", "a", "-a", "a b", "a|b", "ä1", "x" * 65])
def test_a_user_name_has_one_shape(text: str) -> None:
    assert user_key(" Kim.Lee@north ") == "kim.lee@north"
    with pytest.raises(RowError):
        user_key(text)


def test_a_word_of_a_closed_list_is_found_however_it_is_written() -> None:
    assert member(Handling, "Originator-Only", "handling code") is Handling.ORIGINATOR_ONLY
    with pytest.raises(RowError, match="permitted, conditions"):
        member(Handling, "whatever", "handling code")
