"""Whatever comes in: records or a sentence, in time, without media, fit to be stored."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import UnreadableDocumentError
from ingest.readers.documents import ReadItem, read_document
from ingest.records import (
    AgencyRecord,
    ClaimRecord,
    NumberSource,
    NumberStatement,
    TipRecord,
)
from ingest.screening.screen import screen
from tests.ingest.hostile.documents import hostile_documents, huge_documents
from tests.ingest.hostile.model import Hostile
from tests.ingest.readers.said import DATA

_DOCUMENTS = list(hostile_documents())
_HUGE = {one.label: one for one in huge_documents()}
_RECORDS = (TipRecord, NumberStatement, AgencyRecord, ClaimRecord)
_SECONDS = 2.0
"""Of processor time for one document of moderate size; a usual one takes less than a thousandth."""
_HUGE_SECONDS = 8.0


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _texts(getattr(value, field.name))


def _check(items: list[ReadItem], data: bytes) -> None:
    assert items
    for item in items:
        if isinstance(item.outcome, UnreadableDocumentError):
            sentence = str(item.outcome)
            assert " was not taken in: " in sentence
            assert len(sentence) < 700
            assert "\n" not in sentence
            sentence.encode("utf-8")
        else:
            assert isinstance(item.outcome, _RECORDS)
            for text in _texts(item.outcome):
                text.encode("utf-8")
        assert data[item.offset : item.offset + len(item.data)] == item.data


def _read(document: Hostile, seconds: float) -> list[ReadItem]:
    began = time.process_time()
    screened = screen(document.data)
    items = list(read_document(screened.data, name=document.name))
    spent = time.process_time() - began
    assert spent < seconds, f"{document.label}: {spent:.1f} s"
    _check(items, screened.data)
    for piece in document.forbidden:
        assert piece not in screened.data, document.label
    return items


def test_there_are_more_than_300_distinct_documents() -> None:
    assert len({one.data for one in _DOCUMENTS}) == len(_DOCUMENTS) > 300
    labels = Counter(one.label for one in _DOCUMENTS)
    assert [label for label, count in labels.items() if count > 1] == []


@pytest.mark.parametrize("document", _DOCUMENTS, ids=lambda one: one.label)
def test_each_gives_records_or_a_sentence(document: Hostile) -> None:
    _read(document, _SECONDS)


@pytest.mark.parametrize("label", _HUGE)
def test_each_huge_one_gives_records_or_a_sentence(label: str) -> None:
    _read(_HUGE[label], _HUGE_SECONDS)


def test_media_in_a_field_do_not_keep_the_tip_out() -> None:
    """Case 44: of the documents with media in a field, those that are tips still are."""
    with_media = [one for one in _DOCUMENTS if one.name == "m.json" and "base64" in one.label]
    assert len(with_media) > 10
    for document in with_media:
        screened = screen(document.data)
        (item,) = read_document(screened.data, name=document.name)
        # Media in place of a whole block leave a block that says nothing.
        if "reportedInformation " not in document.label + " ":
            assert isinstance(item.outcome, TipRecord), document.label
        assert len(screened.media) == 1, document.label


def test_many_addresses_are_taken_up_to_the_limit() -> None:
    (taken,) = _read(_HUGE["20,000 addresses in JSON"], _HUGE_SECONDS)
    (refused,) = _read(_HUGE["100,000 addresses in JSON"], _HUGE_SECONDS)

    assert isinstance(taken.outcome, TipRecord)
    assert len(taken.outcome.assertions) == 20_000
    assert "more values than the limit max_nodes of 100,000" in str(refused.error)


def test_entities_are_never_opened() -> None:
    for document in _DOCUMENTS:
        if document.label in ("file entity", "web entity", "parameter entity", "billion laughs"):
            (item,) = read_document(document.data, name=document.name)
            assert "document type or entities" in str(item.error)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes(data: bytes) -> None:
    screened = screen(data)

    _check(list(read_document(screened.data, name="any")), screened.data)


_JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                sorted(
                    {
                        "value",
                        "reportedPeople",
                        "reportedPersons",
                        "emails",
                        "screenName",
                        "victims",
                        "reporter",
                        "uploadedFiles",
                        "ncmecTags",
                        "groups",
                        "tags",
                        "espMetadata",
                        "metadatas",
                        "sourceInformation",
                        "sourceCaptures",
                        "captureType",
                        "incidentDetails",
                        "emailIncident",
                        "contents",
                        "incidentSummary",
                        "reportAnnotations",
                        "additionalInformations",
                        "reportingEsp",
                        "relatedReports",
                        "addresses",
                        "x",
                    }
                )
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=30,
)


@settings(max_examples=200, deadline=None)
@given(_JSON_VALUES)
def test_any_shape_under_known_keys(value: object) -> None:
    document = {"reportId": "1", "reportedInformation": {"known": 1, "reportedPeople": value}}
    if isinstance(value, dict):
        document["reportedInformation"] = {"known": 1} | value
    data = json.dumps(document).encode()

    items = list(read_document(data, name="any.json"))

    _check(items, data)
    assert isinstance(items[0].outcome, TipRecord)


_SOURCES = ("ids/full.json", "ids/loose_types.json", "ncmec/report_full.xml", "csv/claims.csv")


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(_SOURCES),
    st.lists(
        st.tuples(
            st.integers(min_value=0), st.integers(min_value=0, max_value=40), st.binary(max_size=6)
        ),
        min_size=1,
        max_size=6,
    ),
)
def test_any_change_to_a_good_document(source: str, changes: list[tuple[int, int, bytes]]) -> None:
    data = (DATA / source).read_bytes()
    for place, length, new in changes:
        start = place % (len(data) + 1)
        data = data[:start] + new + data[start + length :]
    screened = screen(data)

    _check(list(read_document(screened.data, name=source)), screened.data)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60), st.text(max_size=20))
def test_any_name_and_any_number_that_is_given(name: str, number: str) -> None:
    data = (DATA / "ncmec/report_minimal.xml").read_bytes()

    items = list(
        read_document(data, name=name, report_number=number, number_source=NumberSource.FILE_NAME)
    )

    _check(items, data)
