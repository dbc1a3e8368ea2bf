"""Which pages somebody is offered."""

from __future__ import annotations

from client.resources.log_on import WhoAnswer
from dashboard.navigation import ENTRIES, offered


def _with(*roles: str) -> WhoAnswer:
    return WhoAnswer(user="somebody", agency="north", roles=roles, units=())


def test_a_token_stands_for_no_person_and_is_offered_everything() -> None:
    assert offered(None) == ENTRIES


def test_a_page_for_roles_is_offered_to_nobody_else() -> None:
    for entry in ENTRIES:
        assert (entry in offered(_with())) == (entry.roles is None)
        for role in entry.roles or ():
            assert entry in offered(_with(role))


def test_each_page_has_one_file_and_one_name() -> None:
    assert len({entry.file for entry in ENTRIES}) == len(ENTRIES)
    assert len({entry.title for entry in ENTRIES}) == len(ENTRIES)
