"""What lists of daily work say, computed without a page."""

from __future__ import annotations

from client.resources.queue import QueuedTip, QueueTally
from dashboard.components.facts import in_lines
from dashboard.moves import OPEN, PRIORITIES
from dashboard.views.queue_filters import QueueView, totals
from dashboard.views.queue_page import columns, decided_by

NOW = "2026-11-23T12:00:00Z"


def _tip(**more: object) -> QueuedTip:
    wanted: dict[str, object] = {
        "tip": "ncmec:1",
        "state": "new",
        "owner": None,
        "priority": "today",
        "is_set": False,
        "set_by": None,
        "set_why": None,
        "by_rule": "today",
        "reasons": ("A reason.", "Another."),
        "unknown": (),
        "rules": "2",
        "since_at": "2026-11-22T12:00:00Z",
        "stood_at": "2026-11-22T12:00:00Z",
        "due_at": "2026-11-23T11:00:00Z",
        "is_late": True,
        "why": None,
        "outcome": None,
        "recipient": None,
        "version": 1,
        "provider_name": "a\u202eb",
        "incident_types": (),
        "received_at": None,
        "ncmec_priority": None,
        "file_count": None,
        "under": None,
        "more": (),
        "elsewhere": (),
        "apart_by": None,
        "apart_why": None,
        "news": (),
        "news_at": None,
        **more,
    }
    return QueuedTip.model_validate(wanted)


def test_noughts_are_shown_and_what_is_late_is_summed() -> None:
    rows = (
        QueueTally(state="new", priority="today", total=3, late=1, rows=2),
        QueueTally(state="in review", priority="today", total=2, late=2, rows=2),
        QueueTally(state="new", priority="a class of another version", total=1, late=0, rows=1),
    )
    by_class = totals(rows, by="priority")
    assert tuple(by_class)[: len(PRIORITIES)] == PRIORITIES
    assert by_class["today"] == (5, 3)
    assert by_class["at once"] == (0, 0)
    assert by_class["a class of another version"] == (1, 0)
    by_state = totals(rows, by="state")
    assert tuple(by_state) == OPEN
    assert by_state["new"] == (4, 1)


def test_what_decided_a_class_is_said_in_words() -> None:
    assert decided_by(_tip()) == "A reason.; Another."
    assert decided_by(_tip(reasons=())) == "No rule of the table holds."
    said = decided_by(_tip(is_set=True, set_by="boss", set_why="Seen.", by_rule="this week"))
    assert said == "boss set it: Seen. (by table: this week. A reason.; Another.)"


def test_a_line_says_how_long_it_waits_and_that_it_is_late() -> None:
    found = columns([_tip(), _tip(is_late=False, due_at=None, owner="somebody")], NOW)
    assert found["Waits"] == ["1 d 0 h", "1 d 0 h"]
    assert found["To be looked at"] == ["over since 1 h 0 min", ""]
    assert found["Late"] == ["LATE", ""]
    assert found["Whose"] == ["nobody's", "somebody"]
    assert found["Provider"][0] == "a\\u202eb"


def test_a_value_can_feign_no_other_fact() -> None:
    said = in_lines([("Provider", "x\nState: closed"), ("Empty", ""), ("State", "new")])
    assert said == "Provider: x State: closed\nState: new"


def test_what_is_filtered_by_is_said() -> None:
    assert QueueView().in_words() == "all open"
    view = QueueView(priority="today", state="new", whose="nobody's", older_than_days=3)
    assert view.in_words() == "class today, state new, nobody's, held for 3 days or longer"
