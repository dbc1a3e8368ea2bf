"""Containers are cut where members stand, byte for byte."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.limits import Limits
from ingest.readers.documents import read_document
from ingest.readers.split import split
from ingest.records import TipRecord


def _tip(number: int, account: str = "a") -> dict[str, object]:
    person = {"espUserId": account, "additionalInformations": [{"value": 'say "}{" or \\ or é'}]}
    return {
        "reportId": str(number),
        "reportedInformation": {"reportedPeople": {"reportedPersons": [person]}},
    }


def _numbers(data: bytes) -> list[str | None]:
    outcomes = [item.outcome for item in read_document(data, name="c.json")]
    return [one.report_number if isinstance(one, TipRecord) else None for one in outcomes]


@pytest.mark.parametrize("indent", [None, 0, 2])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32"])
def test_arrays_give_their_members(indent: int | None, codec: str) -> None:
    text = json.dumps([_tip(1), _tip(2), _tip(3)], indent=indent, ensure_ascii=False)

    assert _numbers(text.encode(codec)) == ["1", "2", "3"]


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16-le"])
def test_members_are_exact_slices(codec: str) -> None:
    text = "\n[ " + " ,\n".join(json.dumps(_tip(n), ensure_ascii=False) for n in (1, 2)) + " ]\n"
    data = text.encode(codec)

    members = list(split(data))

    assert [member.index for member in members] == [0, 1]
    assert [member.line for member in members] == [2, 3]
    for member in members:
        assert data[member.offset : member.offset + len(member.data)] == member.data
        assert not member.is_alone
        plain = "utf-8" if codec == "utf-8-sig" else codec
        assert json.loads(member.data.decode(plain))["reportId"] == str(member.index + 1)


@pytest.mark.parametrize("indent", [None, 2])
def test_objects_one_after_the_other_are_members(indent: int | None) -> None:
    data = "\n".join(json.dumps(_tip(n), indent=indent) for n in (1, 2, 3)).encode()

    assert _numbers(data) == ["1", "2", "3"]


def test_a_single_document_is_one_member_with_all_its_bytes() -> None:
    for data in (
        b"\xef\xbb\xbf " + json.dumps(_tip(1)).encode() + b"\r\n\n",
        json.dumps(_tip(1), indent=0).encode(),
        json.dumps(_tip(1), indent=4).encode("utf-16"),
        b"<report/>",
        b"agency,name,kind\n",
        b"{",
        b"",
    ):
        (member,) = split(data)
        assert member.data == data
        assert member.is_alone


_BREAKS = {
    "a missing brace": lambda text: text[:-1],
    "half": lambda text: text[: len(text) // 2],
    "a missing quote": lambda text: text.replace('"espUserId": "', '"espUserId": ', 1),
    "a comma too many": lambda text: text.replace('"a"', '"a",', 1),
    "a brace too many": lambda text: text + "}",
    "no JSON value": lambda text: text.replace('"a"', "NOTHING", 1),
    "a stray quote": lambda text: text.replace("{", '{"', 1),
}


@pytest.mark.parametrize("label", sorted(_BREAKS))
@pytest.mark.parametrize(("before", "between", "after"), [("[", ",", "]"), ("[\n", ",\n", "\n]")])
def test_a_broken_member_never_takes_its_neighbours_along(
    label: str, before: str, between: str, after: str
) -> None:
    texts = [json.dumps(_tip(n)) for n in range(1, 6)]
    texts[2] = _BREAKS[label](texts[2])

    numbers = _numbers((before + between.join(texts) + after).encode())

    assert [number for number in numbers if number is not None] == ["1", "2", "4", "5"], label
    assert None in numbers


@pytest.mark.parametrize("label", sorted(_BREAKS))
def test_a_broken_line_never_takes_its_neighbours_along(label: str) -> None:
    texts = [json.dumps(_tip(n)) for n in range(1, 6)]
    texts[2] = _BREAKS[label](texts[2])

    assert _numbers("\n".join(texts).encode()) == ["1", "2", None, "4", "5"]


def test_what_follows_an_array_is_an_item_with_an_error() -> None:
    data = json.dumps([_tip(1)]).encode() + b" and more"

    assert _numbers(data) == ["1", None]


@pytest.mark.parametrize("data", [b"[]", b"[ ]", b"\xef\xbb\xbf[]", b"[1, 2]", b"[[]]", b"[null]"])
def test_arrays_without_tips_are_errors(data: bytes) -> None:
    assert _numbers(data) == [None]


def test_a_member_beyond_the_limit_does_not_stop_the_others() -> None:
    big = _tip(2)
    big["filler"] = "x" * 5000
    data = json.dumps([_tip(1), big, _tip(3)]).encode()

    items = list(read_document(data, name="c.json", limits=Limits(max_bytes=2000)))

    assert [item.error is None for item in items] == [True, False, True]
    assert "more than the limit max_bytes of 2,000" in str(items[1].error)


def test_members_come_one_by_one() -> None:
    """A reader that stops early costs nothing for the rest: memory does not grow with tips."""
    data = b"[" + b",".join(json.dumps(_tip(n)).encode() for n in range(1, 3000)) + b"]"
    items = read_document(data, name="c.json")

    assert next(items).index == 0
    assert next(items).index == 1


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(min_value=1, max_value=10**9), min_size=2, max_size=8), st.data())
def test_every_unbroken_member_is_read(numbers: list[int], data: st.DataObject) -> None:
    texts = [json.dumps(_tip(number)) for number in numbers]
    broken = data.draw(st.integers(min_value=0, max_value=len(texts) - 1))
    cut = data.draw(st.integers(min_value=1, max_value=len(texts[broken]) - 1))
    texts[broken] = texts[broken][:cut]

    found = _numbers(("[" + ",\n".join(texts) + "]").encode())

    expected = [str(number) for place, number in enumerate(numbers) if place != broken]
    assert [number for number in found if number is not None] == expected
