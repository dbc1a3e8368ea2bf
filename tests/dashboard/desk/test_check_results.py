"""What a check answered, as shown, and the page to print: nothing hidden, nothing promised."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import pytest

from client.resources.checks import (
    CheckAnswer,
    CheckLine,
    OwnClaim,
    Pointer,
    ReadAs,
    SharedFacts,
)
from dashboard.desk.asking import Asking
from dashboard.desk.certificate import certificate
from dashboard.desk.check_results import (
    HIT,
    NOT_CHECKED,
    NOTHING,
    STALE,
    Result,
    counts,
    file_rows,
    outcome_now,
    outcomes_of,
    own_columns,
    result_columns,
)

AT = datetime(2026, 11, 22, 12, 30, tzinfo=UTC)
HOSTILE = "</td><script>alert(1)</script><img src=x onerror=alert(1)>\u202e"


def _pointer(**more: object) -> Pointer:
    facts: dict[str, object] = {
        "agency": "birch",
        "agency_name": HOSTILE,
        "contact": None,
        "reference": "B-1",
        "kind": "Email",
        "entered_at": None,
        "urgency": "routine",
        "is_historical": False,
        "downgraded": None,
        "shared": None,
    }
    return Pointer.model_validate(facts | more)


def _line(outcome: str, *, pointers: int = 0, reason: str | None = None) -> CheckLine:
    return CheckLine(
        outcome=outcome,
        reason=reason,
        read_as=(ReadAs(kind="Email", key="x@example.com", note=None),),
        pointers=(_pointer(),) * pointers,
        own=(OwnClaim(ref="c1", reference="A-2", kind="Email", role="suspect"),) * pointers,
    )


def _result(*lines: CheckLine, typed: tuple[str, ...] | None = None) -> Result:
    typed = typed if typed is not None else tuple(f"typed {at}" for at in range(len(lines)))
    answer = CheckAnswer(
        as_of="2026-11-22T12:00:00Z",
        synthetic=True,
        queries=("checks.met",),
        ref="f" * 32,
        investigation="A-1",
        purpose="cybertip",
        lines=lines,
        request=None,
        searched="Claims in force.",
        nothing_means="That is not a statement that nobody works this.",
        about="Not event safety.",
        padding="",
    )
    asking = Asking(investigation="A-1", purpose="cybertip", way="lines", lines=typed)
    return Result(asking=asking, answer=answer)


@pytest.mark.parametrize("outcome", [HIT, NOT_CHECKED, STALE])
def test_only_a_miss_becomes_stale(outcome: str) -> None:
    for hours in (0, 24):
        at = AT + timedelta(hours=hours)
        assert outcome_now(outcome, as_of="2026-11-22T12:00:00Z", at=at) == outcome


def test_a_miss_is_stale_after_an_hour() -> None:
    result = _result(_line(NOTHING))
    assert outcomes_of(result, at=AT) == [NOTHING]
    assert outcomes_of(result, at=AT + timedelta(hours=1)) == [STALE]
    assert "anew" in str(result_columns(result, at=AT + timedelta(hours=1))["Why"][0])


def test_not_checked_is_never_shown_as_nothing_to_show() -> None:
    result = _result(_line(NOT_CHECKED, reason="No country."), _line(NOTHING), _line(HIT))
    assert counts(outcomes_of(result, at=AT)) == (
        "3 lines: 1 hit, 1 not checked, 1 nothing to show."
    )
    columns = result_columns(result, at=AT)
    assert columns["Result"] == [NOT_CHECKED, NOTHING, HIT]
    assert columns["Why"] == ["No country.", "", ""]


def test_an_outcome_of_another_version_is_counted_under_its_own_name() -> None:
    assert counts(["hit", "postponed"]) == "2 lines: 1 hit, 1 postponed."
    assert counts([]) == "There was no line."


def test_each_pointer_has_a_row_and_own_matches_are_apart() -> None:
    shared = SharedFacts(
        title="Fox", role="suspect", reliability=None, content="probable", handling=None
    )
    line = CheckLine(
        outcome=HIT,
        reason=None,
        read_as=(ReadAs(kind="Email", key="x@example.com", note="plus part left out"),),
        pointers=(
            _pointer(contact="555-555-0101", shared=shared),
            _pointer(is_historical=True, downgraded="Many have it."),
        ),
        own=(OwnClaim(ref="c1", reference="A-2", kind="Email", role="suspect"),),
    )
    columns = result_columns(_result(line), at=AT)
    assert columns["Line"] == [1, 1]
    assert columns["As typed"] == ["typed 0", "typed 0"]
    assert columns["Taken for"] == ["Email x@example.com (plus part left out)"] * 2
    assert columns["Call"] == ["555-555-0101", "no contact entered"]
    assert columns["Status"] == ["open", "closed; nobody was told of this hit"]
    assert columns["Shared"] == ["Fox; suspect; probable", "contact only"]
    assert own_columns(_result(line))["Our investigation"] == ["A-2"]
    assert "A-2" not in repr(columns)


def test_a_file_that_came_back_is_read_whatever_separates_it() -> None:
    for mark in (",", ";", "\t"):
        text = mark.join(("value", "value", "result", "note", "read as")) + "\n"
        text += mark.join(("x@example.com", "two", NOT_CHECKED, "why")) + "\n"
        rows = file_rows(text)
        assert rows["result"] == [NOT_CHECKED]
        assert rows["value (2)"] == ["two"]
        assert rows["read as"] == [""]
    assert file_rows("") == {}


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[str] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.extend(name for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_the_page_to_print_is_text_and_loads_nothing() -> None:
    result = _result(_line(HIT, pointers=1), _line(NOT_CHECKED), typed=(HOSTILE, "x"))
    page = certificate(result, asker=HOSTILE, at=AT)
    read = _Tags()
    read.feed(page.decode())
    allowed = {"html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "strong"}
    assert set(read.tags) <= allowed | {"dl", "dt", "dd", "table", "tr", "th", "td"}
    assert set(read.attributes) <= {"lang", "charset", "http-equiv", "content"}
    said = "\n".join(read.texts)
    for wanted in (result.asking.digest, "2026-11-22T12:00:00Z", "f" * 32, "SYNTHETIC", "A-1"):
        assert wanted in said
    assert "2 lines: 1 hit, 1 not checked." in said
    assert "are no misses" in said
    assert "\\u202e" in said
    assert "\u202e" not in said
    assert b"default-src 'none'" in page
