"""A received document: what it refuses, what it hides, and the way to disk and back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.document_codec import FORMAT, NewerFormatError, document_from, encode_header, header_of
from ingest.json_fields import FieldError, Fields
from ingest.received import Channel, MediaNote, ReceivedDocument, sha256_of
from ingest.records import NumberSource
from tests.ingest.received_documents import received, screened

_HASHES = st.binary(max_size=8).map(sha256_of)
_MICROSECONDS = st.integers(-(2**62), 2**62)
# Lone surrogates included: a file name that is not UTF-8 holds them.
_TEXTS = st.text(st.characters(), max_size=12)


@st.composite
def _documents(draw: st.DrawFn) -> ReceivedDocument:
    data = draw(st.binary(max_size=64))
    note = st.builds(MediaNote, name=_TEXTS, size=st.integers(0), sha256=_HASHES, media_type=_TEXTS)
    return ReceivedDocument(
        data=data,
        sha256=draw(_HASHES),
        stored_sha256=sha256_of(data),
        size=draw(st.integers(0, 2**40)),
        name=draw(_TEXTS),
        channel=draw(st.sampled_from(Channel)),
        received_us=draw(_MICROSECONDS),
        source=draw(_TEXTS),
        position=draw(st.none() | st.integers(0)),
        offset=draw(st.none() | st.integers(0)),
        container_sha256=draw(st.none() | _HASHES),
        issued_us=draw(st.none() | _MICROSECONDS),
        report_number=draw(st.none() | _TEXTS),
        provider=draw(st.none() | _TEXTS),
        number_source=draw(st.none() | st.sampled_from(NumberSource)),
        declared_synthetic=draw(st.booleans()),
        media=tuple(draw(st.lists(note, max_size=2))),
    )


@given(_documents())
def test_every_document_survives_the_way_to_disk_and_back(document: ReceivedDocument) -> None:
    header = Fields.decode(encode_header(document))

    assert document_from(header, document.data) == document


def test_a_document_refuses_a_hash_that_is_not_of_its_bytes() -> None:
    with pytest.raises(ValueError, match="stored_sha256"):
        replace(received(1), data=b"something else")


@pytest.mark.parametrize("bad", ["", "g" * 64, "A" * 64, "0" * 63, "0" * 64 + "\n", "../" * 21])
def test_a_document_refuses_what_is_no_hash(bad: str) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        replace(received(1), sha256=bad)


def test_neither_content_nor_names_show_in_a_log_line() -> None:
    line = repr(screened(3))

    assert "report>" not in line
    assert "odd" not in line
    assert "fileName" not in line


def test_a_document_knows_whether_screening_left_it_whole() -> None:
    assert received(1).is_whole
    assert not screened(1).is_whole


def test_a_header_of_a_newer_version_is_named_as_such() -> None:
    newer = dict(header_of(received(1))) | {"format": FORMAT + 1}

    with pytest.raises(NewerFormatError, match="newer"):
        document_from(Fields(newer), received(1).data)


@pytest.mark.parametrize(
    "broken",
    [b"", b"[]", b"{", b"\xff\xfe", b'{"format": 1}', b'{"format": true}', b"[" * 100_000],
)
def test_a_header_that_is_none_is_refused_with_a_sentence(broken: bytes) -> None:
    with pytest.raises(FieldError, match="stored header"):
        document_from(Fields.decode(broken), b"")
