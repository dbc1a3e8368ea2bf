"""The table of priorities: what decides, what is shown, and what is not known."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import RowError
from graph.fold import fold
from graph.statements import FileStatement
from graph.tip_state import Version
from graph.triage.priority import (
    OWN_CASE,
    RANKS,
    Priority,
    judged,
    parse_priority_table,
    shipped_priority_table,
)
from graph.triage.signals import signals_of
from tests.deliveries import MONDAY_US, delivery

TABLE = shipped_priority_table()
KNOWN = sorted({name for rule in TABLE.rules for name in rule.when})


def signals(*files: FileStatement, **facts: Any) -> set[str]:
    """Give the signals of a tip with one version."""
    one = delivery("1", files=files, **facts)
    version = Version(
        key="x",
        part=one.part,
        document=one.document.sha256,
        issued_us=one.issued_us,
        statement=one.statement,
    )
    return set(signals_of(fold([version])))


def file(**more: object) -> FileStatement:
    """Give a file that is an image."""
    return FileStatement(file_id="f", is_media=True, **more)  # type: ignore[arg-type]


@given(st.sets(st.sampled_from(KNOWN)), st.sampled_from(KNOWN))
def test_what_decides_is_the_most_urgent_rule_that_holds(held: set[str], more: str) -> None:
    found, further = judged(held, TABLE), judged(held | {more}, TABLE)
    holding = [rule for rule in TABLE.rules if held.issuperset(rule.when)]
    assert {rule.says for rule in holding} == set(found.reasons) - {"No rule of the table holds."}
    urgent = [rule for rule in holding if RANKS[rule.priority] < RANKS[Priority.THIS_WEEK]]
    if len(urgent) > 0:
        assert found.priority is min((r.priority for r in urgent), key=lambda p: RANKS[p])
    elif any(rule.priority is Priority.NO_ACTION for rule in holding):
        assert found.priority is Priority.NO_ACTION
    puts_off = any(r.priority is Priority.NO_ACTION for r in TABLE.rules if more in r.when)
    if not puts_off:
        assert RANKS[further.priority] <= RANKS[found.priority]


def test_what_somebody_here_works_on_is_not_put_off() -> None:
    assert judged({"spam"}, TABLE).priority is Priority.NO_ACTION
    assert judged({"spam", OWN_CASE}, TABLE).priority is Priority.TODAY
    assert judged({"spam", "sextortion"}, TABLE).priority is Priority.TODAY
    assert judged(set(), TABLE).priority is Priority.IN_TIME


def test_what_is_not_stated_is_said_and_decides_nothing() -> None:
    found = signals()
    unknown = {
        "NCMEC's priority not stated",
        "NCMEC's status not stated",
        "child's age not stated",
        "location not stated",
    }
    assert found == unknown
    assert set(judged(found, TABLE).unknown) == unknown
    assert judged(found, TABLE).priority is judged(set(), TABLE).priority
    assert "viewing not stated" in signals(file(viewed_by_esp="not stated"))


def test_what_documents_state_becomes_signals() -> None:
    said = signals(
        file(viewed_by_esp="yes", classification="A1", annotations=("generativeAi", "viral")),
        urgency=0,
        notes=(("escalateToHighPriority", "She is twelve."),),
        ncmec_priority="P2",
        ncmec_status="Informational",
        annotations=("sextortion", "informational", "somethingNew"),
        incident_types=("Online Enticement of Children for Sexual Acts",),
        batched_reason="VIRAL_POTENTIAL_MEME",
        countries=("US",),
        details=(("victim[0]/age", "12"),),
    )
    assert said == {
        *("imminent danger", "escalated", "NCMEC priority 2", "informational, says NCMEC"),
        *("sextortion", "informational, says the provider", "enticement", "viral or meme"),
        *("location stated", "child under 13", "age band A", "viewed by the provider"),
        "generative AI",
    }
    others = signals(ncmec_priority="Z", ncmec_status="new code", batched_reason="other")
    assert {
        "code of NCMEC's priority not known",
        "code of NCMEC's status not known",
        "bundled",
    } <= others
    supplemental = file(annotations=("infant",), relevance="Supplemental Reported")
    assert "infant" in signals(supplemental), "what raises counts on every file"
    told = file(classification="A1", relevance="Supplemental Reported")
    assert "age band A" not in signals(told), "only reported files are classified"
    meme = file(annotations=("potentialMeme",))
    plain = FileStatement(file_id="g", is_media=True, annotations=("infant",))
    assert "viral or meme" in signals(meme)
    assert "viral or meme" not in signals(meme, plain), "one of several puts nothing off"
    types = signals(incident_types=("Child Sex Tourism", "Unsolicited Obscene Material Sent"))
    assert {"sex tourism", "obscene material sent to a child"} <= types
    assert "not viewed" in signals(file(viewed_by_esp="no"))


def test_case_16_a_subjects_stated_age_below_18_is_a_rule_that_is_shown() -> None:
    told = signals(details=(("reported[0]/age", "15"), ("victim[0]/age", "30")))
    assert {"subject under 18", "child of 13 or more"} <= told
    reasons = judged(told, TABLE).reasons
    assert any("the subject may be a child" in reason for reason in reasons)
    assert judged(told, TABLE).priority is Priority.IN_TIME, "it shows, and raises nothing"
    born = (("reported[0]/date of birth", "2006-11-15"),)
    monday = signals(details=born, incident_us=MONDAY_US)
    later = signals(details=born, incident_us=MONDAY_US + 400 * 86_400_000_000)
    assert ("subject under 18" in monday, "subject under 18" in later) == (True, False)
    assert "subject under 18" not in signals(details=(("reported[0]/age", "15 or so"),))


def test_a_victims_date_of_birth_gives_the_age_at_the_incident() -> None:
    born = (("victim[0]/date of birth", "2012-02-29"),)
    eve_us, day_us = 1_740_700_800_000_000, 1_740_787_200_000_000  # 28 February, 1 March 2025
    assert "child under 13" in signals(details=born, incident_us=eve_us)
    assert "child of 13 or more" in signals(details=born, incident_us=day_us)
    undated = signals(details=born)
    assert "child's age not stated" in undated, "at which time is not known"


@pytest.mark.parametrize(
    ("stated", "signal"),
    [
        *((text, "NCMEC priority 1") for text in ("E", "Emergency", "1 - Imminent", "p1", "1")),
        *((text, "NCMEC priority 1") for text in ("PRIORITY 1", "Imminent danger", " e ")),
        *((text, "NCMEC priority 2") for text in ("2", "Priority 2 - High", "P2")),
        *((text, "NCMEC priority 3") for text in ("3", "3 (low)")),
        *(
            (text, "code of NCMEC's priority not known")
            for text in ("11", "1 or 2", "not imminent")
        ),
        *(
            (text, "code of NCMEC's priority not known")
            for text in ("X", "4", "1 - withdrawn", "--")
        ),
        *((text, "NCMEC's priority not stated") for text in ("", "  ")),
    ],
)
def test_ncmecs_priority_is_read_however_it_is_written(stated: str, signal: str) -> None:
    found = {name for name in signals(ncmec_priority=stated) if "NCMEC" in name}
    assert found == {signal, "NCMEC's status not stated"}
    assert (signal in judged(found, TABLE).unknown) is signal.endswith((" stated", " known"))


def test_every_signal_of_a_rule_can_hold() -> None:
    """A rule that names a signal which nothing gives would never hold, and nobody would notice."""
    given_elsewhere = {OWN_CASE, "repeat subject", "first seen here"}
    from graph.triage import signals as module

    text = module.__file__
    assert text is not None
    with open(text, encoding="utf-8") as source:  # noqa: PTH123 - read once
        said = source.read()
    for name in set(KNOWN) - given_elsewhere:
        assert name in said or name in {"NCMEC priority 1", "NCMEC priority 2", "age band A"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('name = "today"', 'name = "tomorrow"'),
        ('name = "today"', 'name = "at once"'),
        ("look_within_hours = 1\n", "look_within_hours = 0\n"),
        ('class = "today"', 'class = "now"'),
        ('when = ["sextortion"]', "when = []"),
        ("[[rule]]", "[[rule"),
    ],
)
def test_a_table_that_is_none_is_refused(old: str, new: str) -> None:
    from importlib.resources import files

    text = files("graph").joinpath("data", "priority.toml").read_text(encoding="utf-8")
    assert old in text
    with pytest.raises(RowError, match="priorities"):
        parse_priority_table(text.replace(old, new, 1))
