"""Retention's lists and who does what: as the graph's tables and policies have it."""

from __future__ import annotations

from client.resources.retention import LegalHold, RetentionClass, RetentionPolicy
from dashboard.desk.retention_lists import (
    ALLOWED,
    LEADS,
    PROPOSES,
    READS,
    class_columns,
    newest,
    policy_columns,
    running,
    subject,
    why_not_confirmed,
)
from graph.casework.deeds import Deed
from graph.casework.rights import roles_for
from graph.retention.classes import ALLOWED as THEIRS
from tests.dashboard.desk.test_desk_steps import AT, somebody


def policy(number: int, *, confirmed_by: str | None = None) -> RetentionPolicy:
    """Give a version that `a` proposed."""
    return RetentionPolicy(
        kind="tips",
        number=number,
        days=365,
        counts_from="closing",
        name="Schedule\u202e 7",
        dated="2023-01-01",
        why="Law.",
        proposed_by="a",
        proposed_at=AT,
        confirmed_by=confirmed_by,
        confirmed_at=None,
        from_at=None,
    )


def hold(about: str, name: str, *, ended_at: str | None = None) -> LegalHold:
    """Give a hold."""
    return LegalHold(
        key=f"{about}-{name}",
        about=about,
        subject=name,
        why="Court.",
        reference="26-7",
        placed_by="b",
        placed_at=AT,
        ended_at=ended_at,
        ended_by=None,
        ended_why=None,
    )


def test_who_does_what_follows_from_the_policies() -> None:
    for roles, deed in (
        (READS, Deed.RETENTION_READ),
        (PROPOSES, Deed.RETENTION_PROPOSE),
        (LEADS, Deed.RETENTION_CONFIRM),
        (LEADS, Deed.HOLD_PLACE),
    ):
        assert roles == {role.value for role in roles_for(deed)}


def test_what_days_are_counted_from_is_that_of_the_table() -> None:
    assert {kind: set(ways) for kind, ways in ALLOWED.items()} == {
        kind.value: {way.value for way in ways} for kind, ways in THEIRS.items()
    }


def test_one_person_never_does_both() -> None:
    waiting = policy(2)
    assert "another person" in why_not_confirmed(somebody("supervisor", user="a"), waiting)
    assert why_not_confirmed(somebody("supervisor", user="b"), waiting) == ""
    assert why_not_confirmed(None, waiting) == ""
    assert "a supervisor" in why_not_confirmed(somebody("agency administrator", user="b"), waiting)
    for none in (None, policy(2, confirmed_by="b")):
        assert "No version waits" in why_not_confirmed(somebody("supervisor", user="b"), none)
    assert newest([policy(1), policy(3), policy(2)]) == policy(3)
    assert newest([]) is None


def test_a_class_says_how_long_and_how_many_and_a_rule_stays_a_rule() -> None:
    said: dict[str, object] = {
        "meaning": "m",
        "version": None,
        "days": None,
        "due": 0,
        "held": 0,
        "open": 0,
        "kind": "checks",
        "is_fixed": False,
        "is_cut_off": False,
    }
    more: list[dict[str, object]] = [
        {"kind": "log", "is_fixed": True},
        {"kind": "tips", "is_cut_off": True, "due": 200, "days": 365, "version": 3},
        {},
    ]
    rows = [RetentionClass.model_validate(said | each) for each in more]
    columns = class_columns(rows)
    assert columns["Kept"] == ["by a rule", "365 days", "for good"]
    assert columns["Version of the policy"] == ["", "3", "none"]
    assert columns["Due"] == ["", "200 or more", "0"]


def test_a_version_that_nobody_confirmed_says_that_it_has_no_effect() -> None:
    columns = policy_columns([policy(2), policy(1, confirmed_by="b")])
    assert columns["Confirmed by"] == ["nobody: no effect", "b"]
    assert columns["Schedule or order"] == ["Schedule\\u202e 7"] * 2


def test_only_holds_that_count_can_be_ended() -> None:
    rows = [hold("tip", "ncmec:1"), hold("tip", "ncmec:2", ended_at=AT), hold("agency", "")]
    assert list(running(rows)) == ["tip-ncmec:1", "agency-"]
    assert subject(rows[2]) == "everything of the agency"
    assert subject(rows[0]) == "tip ncmec:1"
