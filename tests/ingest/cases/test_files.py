"""Cases 28 to 31 and 44: hashes of files, kinds of file, and media that are never kept."""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path

import pytest

from tests.ingest.cases.documents import file_details, ids_tip, reported
from tests.ingest.desk import Desk
from tests.ingest.media_samples import sample

_ONE = "0123456789abcdef0123456789abcdef"
_TWO = "fedcba9876543210fedcba9876543210"
_PDQ = "f8f8f0cce0f4a84d06370a22038f63f0b36e2ed596621e1d33e6b39c4e9c9b22"


def _hash(value: str, kind: str = "MD5") -> str:
    return f'<originalFileHash hashType="{kind}">{value}</originalFileHash>'


def _pair(desk: Desk, first: str, second: str, *, name: str = "picture.jpg") -> set[str]:
    """Take in the file details of two tips and give the hashes that link them."""
    for number, body in (("100000001", first), ("100000002", second)):
        desk.take(reported(f"<screenName>user {number}</screenName>"), number=number)
        desk.take(file_details(number, f"f-{number}", body, name=name))
    return {identifier for _, identifier in desk.reasons("100000001", "100000002")}


def test_case_28_two_md5s_of_one_file_are_both_kept_and_both_link(desk: Desk) -> None:
    found = _pair(desk, _hash(_ONE) + _hash(_TWO), _hash(_TWO))
    assert found == {f"md5:{_TWO}"}
    hashes = {(a.identifier, a.file_id) for a in desk.said("100000001", "FileHash")}
    assert hashes == {(f"md5:{_ONE}", "f-100000001"), (f"md5:{_TWO}", "f-100000001")}
    assert desk.tip("100000001").tip.file_count == 1


def test_case_28_ncmecs_hash_and_the_providers_may_differ(desk: Desk) -> None:
    file = (
        f'{{"filename": "a.jpg", "submittalId": "f-1", "verificationHash": "{_ONE}", '
        f'"originalFileHash": {{"hashType": "MD5", "value": "{_TWO}"}}}}'
    )
    summary = desk.take(ids_tip("100000001", files=file))
    assert (summary.exit_code, summary.rejected_values) == (0, 0)
    paths = {a.identifier: a.path for a in desk.said("100000001", "FileHash")}
    assert paths[f"md5:{_ONE}"].endswith("verificationHash")
    assert "originalFileHash" in paths[f"md5:{_TWO}"]


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("d41d8cd98f00b204e9800998ecf8427e", "MD5"),
        ("da39a3ee5e6b4b0d3255bfef95601890afd80709", "SHA1"),
        ("0" * 32, "MD5"),
    ],
)
def test_case_29_the_hash_of_a_file_that_everybody_has_links_nothing(
    desk: Desk, value: str, kind: str
) -> None:
    assert _pair(desk, _hash(value, kind), _hash(value.upper(), kind)) == set()
    row = desk.one("100000001", "FileHash")
    assert row.state == "stopped"
    assert row.state_reason


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("<fileRelevance>Supplemental Reported</fileRelevance>", "picture.jpg"),
        ("", "chat_export.csv"),
        ("", "terms.pdf"),
    ],
)
def test_case_30_a_file_that_is_no_reported_media_links_nobody(
    desk: Desk, body: str, name: str
) -> None:
    assert _pair(desk, body + _hash(_ONE), body + _hash(_ONE), name=name) == set()
    assert desk.one("100000001", "FileHash").linking is False


@pytest.mark.parametrize("relevance", ["", "<fileRelevance>Reported</fileRelevance>"])
def test_case_30_relevance_that_is_missing_is_reported(desk: Desk, relevance: str) -> None:
    body = relevance + _hash(_ONE)
    assert _pair(desk, body, body) == {f"md5:{_ONE}"}


def test_case_31_a_perceptual_hash_never_links(desk: Desk) -> None:
    assert _pair(desk, _hash(_PDQ, "PDQ"), _hash(_PDQ, "PDQ")) == set()
    row = desk.one("100000001", "FileHash")
    assert (row.identifier, row.state) == (f"pdq:{_PDQ}", "shared")
    assert row.state_reason is not None
    assert "hint, not a link" in row.state_reason


def _media() -> bytes:
    return sample("image/jpeg", size=3000)


def _traces(desk: Desk, media: bytes) -> list[str]:
    """Give the files of the installation, and texts of the graph, that hold a piece of media."""
    wanted = {media[100:140], base64.b64encode(media[99:159])}
    found = [
        str(path)
        for path in desk.data_dir.rglob("*")
        if path.is_file() and any(piece in path.read_bytes() for piece in wanted)
    ]
    originals = "MATCH (d:Document) RETURN d.key"
    for (sha256,) in desk.running.rows(originals):
        if desk.site.vault.has(str(sha256)):
            kept = desk.site.vault.get(str(sha256))
            found += [str(sha256)] if any(piece in kept for piece in wanted) else []
    texts = desk.running.rows("MATCH (n) RETURN properties(n)")
    encoded = base64.b64encode(media[99:159]).decode()
    return found + ["graph" for (row,) in texts if encoded in repr(row)]


def test_case_44_base64_of_media_in_a_field_is_cut_out_and_the_tip_goes_in(desk: Desk) -> None:
    media = _media()
    secret = base64.b64encode(media).decode()
    person = f'{{"espUserId": "sam-1", "thumbnail": "{secret}"}}'
    summary = desk.take(ids_tip("100000001", people=person), name="tip.json")
    assert (summary.media, summary.quarantined, summary.exit_code) == (1, 0, 0)
    (version,) = desk.tip("100000001").versions
    assert [note.split("|") for note in version.media] == [
        ["thumbnail", str(len(media)), hashlib.sha256(media).hexdigest(), "image/jpeg"]
    ]
    assert desk.one("100000001", "Account").identifier == "example-social||sam-1"
    assert _traces(desk, media) == []


def test_case_44_raw_bytes_of_media_in_an_element_are_cut_out(desk: Desk) -> None:
    media = _media()
    text = reported("<espIdentifier>sam-1</espIdentifier><avatar>HERE</avatar>").encode()
    summary = desk.take(text.replace(b"HERE", media), number="100000001")
    assert (summary.media, summary.quarantined) == (1, 0)
    assert desk.one("100000001", "Account").identifier == "example-game||sam-1"
    assert _traces(desk, media) == []


def test_case_44_a_document_that_is_media_is_refused_and_nothing_of_it_is_kept(
    desk: Desk,
) -> None:
    media = _media()
    summary = desk.take(media, name="CyberTip_100000001.json")
    assert (summary.quarantined, summary.exit_code) == (1, 3)
    (entry,) = desk.site.quarantine.list()
    assert entry.reason.startswith("It is image/jpeg, not a document.")
    assert (entry.sha256, entry.size) == (hashlib.sha256(media).hexdigest(), len(media))
    view = desk.site.quarantine.show(entry.id)
    assert view.document is not None
    assert view.document.data == b""
    assert _traces(desk, media) == []


def test_case_44_media_in_a_broken_document_are_not_in_quarantine_either(
    desk: Desk, tmp_path: Path
) -> None:
    media = _media()
    text = ids_tip("100000001", people=json.dumps({"x": base64.b64encode(media).decode()}))
    assert desk.take(text[:-40]).quarantined == 1
    (entry,) = desk.site.quarantine.list()
    view = desk.site.quarantine.show(entry.id)
    assert view.document is not None
    assert b"media removed by Crosstip" in view.document.data
    assert _traces(desk, media) == []
    assert (tmp_path / "inbox").exists()  # What was handed in is its owner's to remove.
