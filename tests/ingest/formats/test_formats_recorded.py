"""Each format into a store, on both engines: what came in is linked, what could not says why."""

from __future__ import annotations

import io
import json
import zipfile
from itertools import islice

import pytest

from graph.errors import HashListError
from graph.services.hash_lists import hash_list
from graph.services.tips import show_tip
from ingest.hash_lists import take_list
from ingest.readers.table_mapping import read_mapping
from ingest.receiving import Declared
from ingest.sources import find_files
from tests.ingest.desk import Desk
from tests.ingest.formats.printed import HEAD, printed
from world.printed import pairs

_KIM = "kim@example.org"
_A = "# Section A: Reported Information"
_MAPPING = b"""
format = "crosstip-mapping/1"
source = "webform"
reporter_role = "parent"
[columns]
"no" = "number"
"mail" = "reported email"
"your mail" = "reporter email"
"""


def _own(number: str) -> str:
    kim = {"kind": "Email", "value": _KIM, "role": "reported"}
    return json.dumps({"crosstip": "tip/1", "number": number, "identifiers": [kim]})


def _zipped(pdf: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("tips/report.pdf", pdf)
        archive.writestr("tips/picture.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(300))
    return stream.getvalue()


def test_every_format_is_recorded_and_linked(desk: Desk) -> None:
    number = "CyberTipline Report 123456701"
    pdf = printed((number, HEAD[1], _A, "# Suspect", f"Email Address: {_KIM}"))
    mapping = read_mapping(_MAPPING)
    table = f"no,mail,your mail\nW-1,{_KIM},lee@example.org\nW-2,,kim@example.org\n"
    for name, data in (
        ("tips.zip", _zipped(pdf)),
        ("tips.ndjson", f"{_own('123456702')}\n{_own('123456703')}"),
        ("scan.pdf", printed(())),
        ("form.csv", table),
    ):
        desk.put(data, name=name)
    declared = Declared(synthetic=True, mapping=mapping)
    summary = desk.intake().ingest(find_files([desk.inbox]), declared=declared)

    assert (summary.recorded.total(), summary.quarantined, summary.media) == (5, 1, 1)
    (entry,) = desk.site.quarantine.list()
    assert "it is a PDF of pictures" in entry.reason
    subjects = {"123456702", "123456703", "webform:W-1"}
    assert set(desk.links("123456701")) == {*subjects, "webform:W-2"}
    # Case 12: who reports is no subject; the same address of a subject is for review.
    assert {r for r, _ in desk.reasons("123456701", "webform:W-2")} == {"for review"}
    assert desk.one("123456701", "Email").path == "page 1, line 5 (Email Address)"
    tip = show_tip(desk.store, "webform:W-1")
    assert {(a.identifier, a.role, a.linking) for a in tip.assertions} == {
        (_KIM, "reported", True),
        ("lee@example.org", "parent_guardian", False),
    }
    assert [v.part for v in tip.versions] == ["table"]

    # The same again, and the JSON of a tip beside its PDF: nothing twice, no second tip.
    again = desk.intake().ingest(find_files([desk.inbox]), declared=declared)
    assert again.recorded.keys() == {"duplicate"}
    (pair,) = islice(pairs(seed=7, tips=300), 1)
    both = [desk.put(pair.pdf, name="pair.pdf"), desk.put(pair.json, name="pair.json")]
    outcomes = desk.take_files(both).recorded
    assert {outcome.value: count for outcome, count in outcomes.items()} == {
        "new tip": 1,
        "new part": 1,
    }


def test_a_vics_list_makes_hashes_known_follows_withdrawals_and_keeps_its_context(
    desk: Desk,
) -> None:
    md5 = [f"{n:032x}" for n in (11, 12)]
    pdf = (f"CyberTipline Report {n}" for n in (123456701, 123456702))
    for head, one in zip(pdf, md5, strict=True):
        files = ("# Uploaded File Information", "Filename: a.jpg", f"MD5: {one}")
        desk.put(printed((head, HEAD[1], _A, *files)), name=f"{one}.pdf")
    desk.take_files([desk.inbox])

    def take_in(dated: str, context: str, listed: list[str]) -> None:
        where = f"http://vics.example/ProjectVic/DataModels/2.0.xml/{context}/$metadata#Media"
        media = [{"Category": 1, "MD5": one} for one in listed]
        media.append({"Category": 3, "MD5": f"{99:032x}"})
        path = desk.put(json.dumps({"@odata.context": where, "value": media}), name="list.json")
        take_list(
            desk.store,
            path,
            name="Example list",
            source="Example agency",
            dated=dated,
            columns=(),
            categories=("1",),
            actor="test",
        )

    def states() -> list[str]:
        return [desk.one(n, "FileHash").state for n in ("123456701", "123456702")]

    take_in("2026-11-01", "US", md5)
    assert states() == ["known series", "known series"]
    row = hash_list(desk.store, "Example list")
    assert (row.entry_count, row.source, row.dated) == (2, "Example agency", "2026-11-01")
    # An entry that the next issue has no longer is off the list, and its hash links as before.
    take_in("2026-11-02", "US", md5[:1])
    assert states() == ["known series", "normal"]
    with pytest.raises(HashListError, match="the numbers do not mean the same"):
        take_in("2026-11-03", "Default", md5)
