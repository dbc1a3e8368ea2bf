from __future__ import annotations

import hashlib
from base64 import b32encode, b64encode

import pytest

from graph.identifiers.core import IdentifierKind, IdentifierState
from graph.identifiers.file_hash import STOPPED_HASHES
from tests.graph.identifiers.cleaning import cleaned, raw, refused

HASH = IdentifierKind.FILE_HASH
MD5 = hashlib.md5(b"crosstip", usedforsecurity=False).hexdigest()
SHA1 = hashlib.sha1(b"crosstip", usedforsecurity=False)
SHA256 = hashlib.sha256(b"crosstip").hexdigest()


@pytest.mark.parametrize(
    ("subtype", "value", "key"),
    [
        ("MD5", MD5.upper(), f"md5:{MD5}"),
        ("md5", f" {MD5[:16]} {MD5[16:]} ", f"md5:{MD5}"),
        ("MD5", f"0x{MD5}", f"md5:{MD5}"),
        ("SHA-1", SHA1.hexdigest(), f"sha1:{SHA1.hexdigest()}"),
        ("SHA1", b32encode(SHA1.digest()).decode(), f"sha1:{SHA1.hexdigest()}"),
        ("SHA1", b64encode(SHA1.digest()).decode(), f"sha1:{SHA1.hexdigest()}"),
        ("SHA_256", SHA256, f"sha256:{SHA256}"),
        ("PDQ", SHA256, f"pdq:{SHA256}"),
        ("PhotoDNA", "ab" * 144, f"photodna:{'ab' * 144}"),
        ("PhotoDNA", b64encode(b"\xab" * 144).decode(), f"photodna:{'ab' * 144}"),
        ("NETCLEAN", "AB12", "other:netclean:ab12"),
        ("Video Identifier", "Ab/12", "other:videoidentifier:Ab/12"),
        (None, MD5, f"md5:{MD5}"),
        (None, f"md5:{MD5}", f"md5:{MD5}"),
        (None, "other:videoidentifier:Ab/12", "other:videoidentifier:Ab/12"),
    ],
)
def test_key(subtype: str | None, value: str, key: str) -> None:
    assert cleaned(raw(HASH, value, subtype=subtype)).key == key


@pytest.mark.parametrize(
    ("subtype", "value"),
    [("MD5", SHA1.hexdigest()), ("SHA1", MD5), ("MD5", MD5[:-1] + "g"), ("SHA256", "AAAA"),
     (None, "abc"), (None, SHA256), ("", ""), ("!", MD5[:5]), ("MD5", "\ud800" * 32)],
)  # fmt: skip
def test_rejected(subtype: str | None, value: str) -> None:
    assert refused(raw(HASH, value, subtype=subtype)).endswith(".")


def test_types_are_never_compared_across() -> None:
    as_sha256 = cleaned(raw(HASH, SHA256, subtype="SHA256"))
    as_pdq = cleaned(raw(HASH, SHA256, subtype="PDQ"))
    assert as_sha256.key != as_pdq.key


@pytest.mark.parametrize("name", ["md5", "sha1", "sha256", "sha512"])
@pytest.mark.parametrize("content", [b"", b"\n", b"\0"])
def test_case_29_placeholder_files_are_stopped(name: str, content: bytes) -> None:
    digest = hashlib.new(name, content, usedforsecurity=False).hexdigest()
    assert cleaned(raw(HASH, digest, subtype=name)).state is IdentifierState.STOPPED


def test_case_29_the_table_knows_the_transparent_pixel() -> None:
    pixels = [reason for reason in STOPPED_HASHES.values() if "1 x 1 pixel" in reason]
    assert len(pixels) >= 3 * 4
    assert cleaned(raw(HASH, "0" * 32, subtype="MD5")).state is IdentifierState.STOPPED


def test_case_31_a_perceptual_hash_of_unknown_quality_is_a_hint() -> None:
    assert cleaned(raw(HASH, SHA256, subtype="PDQ")).state is IdentifierState.SHARED
