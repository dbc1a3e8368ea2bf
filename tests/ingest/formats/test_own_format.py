"""Crosstip's own format: what a line says, and why a broken one says nothing."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from graph.errors import UnreadableDocumentError
from ingest.own.model import schema_text
from ingest.readers.documents import read_document
from ingest.records import NumberSource, Stated, TextKind, TipRecord
from tests.ingest.formats.taken import take
from tests.ingest.readers.said import identifiers, only_tip, unknown

_ROLES = (
    "reported",
    "intended_recipient",
    "victim",
    "reporter",
    "associated",
    "parent_guardian",
    "law_enforcement",
    "mentioned",
)
_KINDS = (
    ("Account", "17"),
    ("Email", "kim@example.org"),
    ("Phone", "+15550100123"),
    ("IpAddress", "198.18.0.4"),
    ("FileHash", "0123456789abcdef0123456789abcdef"),
    ("Device", "490154203237518"),
    ("Url", "https://social.example/u/kim"),
    ("ScreenName", "kim_01"),
)


_SCHEMA = jsonschema.Draft202012Validator(json.loads(schema_text()))


def _line(**more: object) -> dict[str, Any]:
    return {"crosstip": "tip/1", "number": "123456789", **more}


def _tip(**more: object) -> TipRecord:
    line = _line(**more)
    _SCHEMA.validate(line)
    return only_tip(json.dumps(line).encode())


@pytest.mark.parametrize("role", _ROLES)
def test_a_role_is_kept(role: str) -> None:
    tip = _tip(identifiers=[{"kind": "Email", "value": "kim@example.org", "role": role}])
    assert identifiers(tip) == [f"{role} Email kim@example.org"]
    assert tip.assertions[0].path == "identifiers[0]"


@pytest.mark.parametrize(("kind", "value"), _KINDS)
def test_a_kind_is_kept(kind: str, value: str) -> None:
    tip = _tip(identifiers=[{"kind": kind, "value": value, "role": "reported"}])
    assert identifiers(tip) == [f"reported {kind} {value}"]


_FIELDS: list[tuple[dict[str, object], str, object]] = [
    ({"event": "Login"}, "event", "Login"),
    ({"time": "2026-01-02T03:04:05Z"}, "time", "2026-01-02T03:04:05Z"),
    ({"port": 40123}, "port", "40123"),
    ({"verified": "yes"}, "verified", Stated.YES),
    ({"verified": "no"}, "verified", Stated.NO),
    ({}, "verified", Stated.NOT_STATED),
    ({"possible_proxy": "yes"}, "possible_proxy", Stated.YES),
    ({"contact_type": "Recovery"}, "contact_type", "Recovery"),
    ({"account_type": "Linked"}, "account_type", "Linked"),
    ({"compromised": "yes"}, "compromised", Stated.YES),
    ({"third_party": True}, "third_party", True),
    ({"mined": True}, "mined", True),
    ({"place": "cell C5"}, "path", "cell C5"),
    ({"file": "f1"}, "file_id", "f1"),
    ({"person": "reported[0]"}, "person", "reported[0]"),
]


@pytest.mark.parametrize(("given", "field", "value"), _FIELDS)
def test_what_stands_around_an_identifier_is_kept(
    given: dict[str, object], field: str, value: object
) -> None:
    one = {"kind": "Email", "value": "kim@example.org", "role": "reported", **given}
    (found,) = _tip(identifiers=[one]).assertions
    assert getattr(found, field) == value


def test_names_belong_to_the_reporting_provider_unless_another_is_named() -> None:
    kim = {"kind": "ScreenName", "value": "kim", "role": "reported"}
    tip = _tip(provider="Example", identifiers=[kim, {**kim, "provider": "Kik"}])
    assert [one.identifier.provider for one in tip.assertions] == ["Example", "Kik"]


def test_facts_of_the_tip_are_kept() -> None:
    tip = _tip(
        received="2026-01-02T03:04:05Z",
        priority="E",
        incident={"types": ["Child Sex Trafficking"], "escalation": "a child is in danger"},
        people=[{"label": "victim[0]", "role": "victim", "first_name": "Kim", "age": "9"}],
        files=[{"id": "f1", "name": "a.jpg", "viewed_by_esp": "no"}],
        prior=["123456700"],
        related=["123456701"],
    )
    assert (tip.report_number, tip.number_source) == ("123456789", NumberSource.DOCUMENT)
    assert (tip.ncmec_priority, tip.incident.escalation) == ("E", "a child is in danger")
    assert (tip.people[0].age, tip.files[0].viewed_by_esp) == ("9", Stated.NO)
    assert (tip.prior_reports, tip.related_reports) == (("123456700",), ("123456701",))


def test_free_text_is_mined_and_content_is_content() -> None:
    tip = _tip(
        notes=[
            {"text": "he is pen@example.com"},
            {"text": "call +1 555 010 0123", "is_content": True, "role": "victim"},
        ]
    )
    assert identifiers(tip) == []
    assert identifiers(tip, mined=True) == [
        "mentioned Email pen@example.com",
        "victim Phone +1 555 010 0123",
    ]
    assert [one.path for one in tip.assertions] == ["notes[0]@6", "notes[1]@5"]
    assert [text.kind for text in tip.texts] == [TextKind.NOTE, TextKind.CONTENT]


def test_unknown_fields_are_kept_at_every_level() -> None:
    tip = _tip(colour="blue", people=[{"label": "a", "role": "reported", "shoes": "9"}])
    assert unknown(tip) == ["key colour = blue", "key people[0]/shoes = 9"]


def test_another_source_has_keys_of_its_own_and_says_who_reports() -> None:
    assert _tip(source="webform", reporter_role="parent").source == "webform"
    (item,) = read_document(json.dumps(_line(source="webform")).encode(), name="x")
    assert "does not say who reports" in str(item.outcome)


def test_lines_are_taken_one_by_one_past_a_broken_one(tmp_path: Path) -> None:
    lines = [json.dumps(_line(number=str(n))) for n in (1, 2, 3)]
    lines[1] = lines[1].replace("tip/1", "tip/9")
    found = take("\n".join(lines).encode(), tmp_path, name="tips.ndjson")
    assert [found[0].tip.report_number, found[2].tip.report_number] == ["1", "3"]
    assert "in a version of Crosstip's format" in found[1].problem


def _broken() -> list[bytes]:
    good: dict[str, Any] = _line(
        identifiers=[{"kind": "Email", "value": "kim@example.org", "role": "reported"}],
        people=[{"label": "a", "role": "reported"}],
        files=[{"id": "f1"}],
        notes=[{"text": "x"}],
        incident={"types": ["y"]},
    )
    found: list[object] = []
    bad: tuple[object, ...] = (None, {}, {"a": 1}, True, [[]], "\x00")
    for key in ("crosstip", "number", "identifiers", "people", "files", "notes", "incident"):
        found += [{**good, key: value} for value in bad if (key, value) != ("incident", {})]
    for part, keys in (
        ("identifiers", ("kind", "role")),
        ("people", ("role",)),
        ("files", ("id",)),
    ):
        for key in keys:
            found += [{**good, part: [{**good[part][0], key: value}]} for value in bad]
    found += [{**good, "number": "x" * 65}, {**good, "source": "Not A Source"}]
    found += [{**good, "identifiers": [{**good["identifiers"][0], "port": "many"}]}]
    texts = [json.dumps(one).encode() for one in found]
    whole = json.dumps(good).encode()
    texts += [whole[: len(whole) * n // 40] for n in range(1, 40)]
    dice = random.Random(3)
    texts += [whole.replace(bytes([whole[dice.randrange(2, 60)]]), b"", 1) for _ in range(10)]
    # What is no line of this format any more is another format's affair.
    return [text for text in texts if b'"crosstip"' in text]


BROKEN = _broken()
GOOD = (*_ROLES, *_KINDS, *(given for given, _, _ in _FIELDS))
"""What each line by hand states."""


def test_there_are_enough_broken_ones() -> None:
    assert len(BROKEN) >= 100


@pytest.mark.parametrize("data", BROKEN, ids=range(len(BROKEN)))
def test_a_broken_line_has_a_reason(data: bytes) -> None:
    for item in read_document(data, name="line"):
        if isinstance(item.outcome, TipRecord):
            assert item.outcome.report_number is not None
        else:
            assert isinstance(item.outcome, UnreadableDocumentError)
            assert "was not taken in: it " in str(item.outcome)
            assert "kim@example.org" not in str(item.outcome)
