"""No media leaves screening; everything else does."""

from __future__ import annotations

import base64
import hashlib
import json
import random
import time

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.screening.screen import screen
from tests.ingest.media_samples import ENCODINGS, MEDIA_TYPES, json_forms, sample, xml_forms
from tests.ingest.readers.said import DATA

_JPEG = sample("image/jpeg")


@pytest.mark.parametrize("media_type", MEDIA_TYPES)
def test_a_document_that_is_media_comes_back_empty_with_a_finding(media_type: str) -> None:
    media = sample(media_type)

    screened = screen(media)

    (found,) = screened.media
    assert screened.data == b""
    assert screened.is_refused
    assert found.media_type == media_type
    assert (found.size, found.sha256) == (len(media), hashlib.sha256(media).hexdigest())
    assert (found.offset, found.name) == (0, "whole document")


@pytest.mark.parametrize("media_type", MEDIA_TYPES)
@pytest.mark.parametrize("encoding", ["base64", "hex", "base64 of base64"])
def test_every_type_is_found_in_text(media_type: str, encoding: str) -> None:
    media = sample(media_type)
    document = json.dumps({"a": 1, "x": ENCODINGS[encoding](media), "z": 2}).encode()

    screened = screen(document)

    (found,) = screened.media
    assert (found.media_type, found.size) == (media_type, len(media))
    assert found.sha256 == hashlib.sha256(media).hexdigest()
    assert found.name == "x"
    kept = json.loads(screened.data)
    assert (kept["a"], kept["z"]) == (1, 2)
    assert kept["x"] == (
        f"[media removed by Crosstip: {len(media)} bytes {media_type} sha256 {found.sha256}]"
    )


@pytest.mark.parametrize(
    "media_type", ["image/jpeg", "image/png", "video/mp4", "image/gif", "application/zip"]
)
def test_json_stays_well_formed_around_removed_media(media_type: str) -> None:
    media = sample(media_type)
    for label, document in json_forms(media):
        screened = screen(document)

        assert [found.sha256 for found in screened.media] == [hashlib.sha256(media).hexdigest()], (
            label
        )
        kept = json.loads(screened.data)
        assert (kept["a"], kept["z"]) == ("before", "after"), label
        assert "media removed by Crosstip" in json.dumps(kept["x"]), label
        assert len(screened.data) < 600, label


@pytest.mark.parametrize("media_type", ["image/jpeg", "image/png", "video/webm", "image/heic"])
def test_xml_stays_well_formed_around_removed_media(media_type: str) -> None:
    media = sample(media_type)
    for label, document in xml_forms(media):
        screened = screen(document)

        assert [found.sha256 for found in screened.media] == [hashlib.sha256(media).hexdigest()], (
            label
        )
        if label in ("utf-16-le", "utf-16-be"):
            root = fromstring(screened.data.decode(label))
        else:
            root = fromstring(screened.data)
        assert [root.findtext("a"), root.findtext("z")] == ["before", "after"], label
        x = root.find("x")
        assert x is not None, label
        assert "media removed by Crosstip" in (x.text or x.get("y") or ""), label


def test_text_around_the_run_stays() -> None:
    encoded = base64.b64encode(_JPEG).decode()
    document = json.dumps({"note": f"He sent {encoded} to me"}).encode()

    note = json.loads(screen(document).data)["note"]

    assert note.startswith("He sent [media removed by Crosstip: ")
    assert note.endswith("] to me")


@pytest.mark.parametrize("media_type", ["image/jpeg", "image/png", "video/mp4", "image/webp"])
def test_raw_bytes_within_a_text_are_cut_out(media_type: str) -> None:
    media = sample(media_type)
    document = b'{"a": "before", "x": "' + media + b'", "z": "after"}'

    screened = screen(document)

    kept = json.loads(screened.data)
    assert (kept["a"], kept["z"]) == ("before", "after")
    assert media[20:60] not in screened.data
    assert screened.media[0].media_type == media_type
    assert sum(found.size for found in screened.media) == len(media)


def test_several_runs_are_each_listed() -> None:
    png = sample("image/png")
    document = json.dumps(
        {"one": ENCODINGS["base64"](_JPEG), "two": ENCODINGS["hex"](png)}
    ).encode()

    media = screen(document).media

    assert [(found.name, found.media_type) for found in media] == [
        ("one", "image/jpeg"),
        ("two", "image/png"),
    ]
    assert media[0].offset == document.index(b'"one": "') + 8


def test_binary_data_of_no_known_type_is_refused() -> None:
    noise = random.Random(1).randbytes(4000)
    # The first bytes are fixed so that the noise cannot begin like a known type.
    assert screen(b"\x01\x02\x03\x05" + noise).is_refused


def test_a_data_uri_of_a_type_without_signature_is_cut_out() -> None:
    noise = base64.b64encode(random.Random(2).randbytes(600)).decode()
    document = json.dumps({"x": f"data:image/x-new;base64,{noise}", "z": 1}).encode()

    screened = screen(document)

    assert [found.media_type for found in screened.media] == ["image/x-new"]
    assert noise.encode() not in screened.data
    assert json.loads(screened.data)["z"] == 1


@pytest.mark.parametrize("size", [16, 20, 28, 32, 48, 64, 144])
def test_hash_values_stay(size: int) -> None:
    dice = random.Random(size)
    hashes = [dice.randbytes(size) for _ in range(400)]
    # What random hashes do once in some million: begin like a weak signature.
    starts = (
        b"\xff\xd8\xff\xe0",
        b"BM",
        b"II*\x00",
        b"PK\x03\x04",
        b"\x1f\x8b\x08\x00",
        b"\xff\x0a",
    )
    hashes += [start + dice.randbytes(size - len(start)) for start in starts for _ in range(20)]
    texts = [one.hex() for one in hashes] + [base64.b64encode(one).decode() for one in hashes]
    document = json.dumps({"hashes": texts}).encode()

    screened = screen(document)

    assert screened.media == ()
    assert screened.data == document


def test_the_documents_of_the_test_data_stay_as_they_are() -> None:
    documents = [path for path in DATA.rglob("*") if path.suffix in (".json", ".xml", ".csv")]
    assert len(documents) > 50
    for path in documents:
        data = path.read_bytes()
        assert screen(data).data == data, path.name


@pytest.mark.parametrize(
    "text",
    [
        "The GIF89a format and %PDF-1.7 are formats; RIFF too.",
        "https://www.example.com/9j/4AAQ/some-path-that-is-rather-long-and-solid",
        "word " * 400,
        "https://www.example.com/" + "a" * 300,
        "0123456789" * 40,
        "Приветствую " * 100,
        "data: image and data:text/plain,hello%20there%20and%20more",
    ],
)
def test_texts_that_only_look_like_media_stay(text: str) -> None:
    document = json.dumps({"note": text}, ensure_ascii=False).encode()

    assert screen(document).data == document


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=600))
def test_screening_never_fails_and_finds_nothing_twice(data: bytes) -> None:
    once = screen(data)

    again = screen(once.data)

    assert again.data == once.data
    assert again.media == ()


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(sorted(ENCODINGS)),
    st.sampled_from(["image/jpeg", "image/png", "video/mp4", "image/bmp", "video/x-msvideo"]),
    st.integers(min_value=0, max_value=10_000),
    st.integers(min_value=200, max_value=3000),
    st.text(alphabet=st.characters(codec="ascii", categories=["L", "N", "P", "Zs"]), max_size=40),
)
def test_media_are_found_wherever_they_stand(
    encoding: str, media_type: str, seed: int, size: int, before: str
) -> None:
    media = sample(media_type, size=size, seed=seed)
    document = json.dumps({"note": f"{before} {ENCODINGS[encoding](media)}", "z": 1}).encode()

    screened = screen(document)

    assert hashlib.sha256(media).hexdigest() in [found.sha256 for found in screened.media]
    assert json.loads(screened.data)["z"] == 1
    assert len(screened.data) < 1000


@pytest.mark.parametrize(
    ("label", "data"),
    [
        ("solid", b"A" * 2_000_000),
        ("words", b"abcd " * 400_000),
        ("escapes", b"\\u00ff" * 300_000),
        ("percent", b"%41" * 600_000),
        ("numbers", b"1," * 1_000_000),
        ("beginnings", b"9j/ " * 500_000),
        ("quotes", b'"' * 2_000_000),
        ("data URIs", b"data:image/png;base64," * 100_000),
        ("keyed", b'"0":1,"31":1,' * 150_000),
        ("zeros in text", b"\x00a" * 1_000_000),
        ("media in text", b'","'.join([b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01"] * 100_000)),
    ],
)
def test_hostile_text_takes_time_in_proportion_to_its_size(label: str, data: bytes) -> None:
    began = time.process_time()

    screen(b'{"x": "' + data + b'"}')

    assert time.process_time() - began < 5, label
