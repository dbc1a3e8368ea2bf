"""Cases 41 to 43: hostile input, what this version does not know, and words with two meanings."""

from __future__ import annotations

import json

import pytest

from tests.ingest.cases.documents import ids_tip, report, reported
from tests.ingest.desk import Desk

_GOOD = ids_tip("100000009", people='{"espUserId": "good-1"}')
_BOMB = """<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<report><additionalInfo>&b;</additionalInfo></report>"""
_OUTSIDE = """<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/hostname">]>
<report><additionalInfo>&a;</additionalInfo></report>"""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (_BOMB, "entities of its own"),
        (_OUTSIDE, "entities of its own"),
        ("<report><a></report>", "not well-formed"),
        ('{"reportId": 1, "reportedInformation": ' + "[" * 5000, "levels of nesting"),
        (b"\x00\x01\x02\x03\xfe\xff" * 50, "not a document"),
        (b"PK\x03\x04" + b"\x00" * 200, "a broken ZIP archive"),
        (ids_tip("100000001")[:-80], "not valid JSON"),
        ("<report/>", "empty"),
        ("", "empty"),
    ],
    ids=["bomb", "outside", "broken", "deep", "binary", "zip", "cut", "says nothing", "empty"],
)
def test_case_41_a_bad_document_goes_to_quarantine_and_the_next_one_in(
    desk: Desk, text: str | bytes, words: str
) -> None:
    paths = [desk.put(text, name="a"), desk.put(_GOOD, name="b")]
    summary = desk.take_files(paths)
    assert (summary.quarantined, sum(summary.recorded.values())) == (1, 1)
    (entry,) = desk.site.quarantine.list()
    assert words in entry.reason
    assert desk.one("100000009", "Account").identifier == "example-social||good-1"
    assert desk.running.rows("MATCH (t:Tip) RETURN count(t)") == [(1,)]


def test_case_41_hostile_text_is_stored_as_text_and_does_nothing(desk: Desk) -> None:
    cypher = "x'}) DETACH DELETE n //"
    html = "<script>alert(1)</script>"
    formula = "=cmd|' /C calc'!A0"
    path = "../../../../etc/passwd"
    person = json.dumps(
        {"screenName": {"value": cypher}, "firstName": html, "preferredName": formula}
    )
    file = json.dumps({"filename": path, "submittalId": path, "verificationHash": "ab" * 16})
    desk.take(_GOOD)
    desk.take(ids_tip("100000001", people=person, files=file), name="tip\n=1+1.json")
    tip = desk.tip("100000001")
    assert desk.one("100000001", "ScreenName").stated_as == cypher
    assert [(f.file_id, f.name) for f in tip.files] == [(path, path)]
    assert {html, formula} <= {d.text for d in tip.details}
    assert desk.running.rows("MATCH (t:Tip) RETURN count(t)") == [(2,)]
    below = {p.parent for p in desk.data_dir.rglob("*")}
    assert all(desk.data_dir in (*p.parents, p) for p in below)


def test_case_41_marks_zeros_and_lone_surrogates_cost_no_tip(desk: Desk) -> None:
    person = (
        '{"screenName": {"value": "a\\u0000b\\ud800c"}, "firstName": "\\udfff", "x": "\\ud83d"}'
    )
    desk.take(ids_tip("100000001", people=person))
    name = desk.one("100000001", "ScreenName")
    assert name.identifier == "example-social|a\ufffdb\ufffdc"
    assert [v.unknown for v in desk.tip("100000001").versions] != [()]


def test_case_41_a_hundred_thousand_addresses_in_one_tip_are_bounded(desk: Desk) -> None:
    addresses = [f"240.{n >> 16}.{n >> 8 & 255}.{n & 255}" for n in range(100_000)]
    captures = ",".join(f'{{"captureType": "IP Address", "value": "{a}"}}' for a in addresses)
    person = f'{{"sourceInformation": {{"sourceCaptures": [{captures}]}}}}'
    summary = desk.take_files([desk.put(ids_tip("100000001", people=person)), desk.put(_GOOD)])
    assert (summary.quarantined, sum(summary.recorded.values())) == (1, 1)
    (entry,) = desk.site.quarantine.list()
    assert "max_nodes" in entry.reason


def test_case_41_thousands_of_addresses_in_one_text_are_taken_up_to_the_limit(desk: Desk) -> None:
    note = " ".join(f"240.0.{n >> 8}.{n & 255}" for n in range(3000))
    desk.take(report(f"<additionalInfo>{note}</additionalInfo>"), number="100000001")
    tip = desk.tip("100000001")
    assert len(tip.assertions) == 1000
    assert any("the rest was not taken" in item for v in tip.versions for item in v.unknown)
    assert tip.cut_off != ()


def test_case_42_unknown_elements_and_values_are_kept_raw_and_counted(desk: Desk) -> None:
    flag = "<reportAnnotations><brandNewFlag/><spam/></reportAnnotations>"
    body = "<screenName>sam</screenName><newThing kind='a'>value</newThing>"
    text = report(f"<personOrUserReported>{body}</personOrUserReported>", summary=flag).replace(
        "Online Enticement of Children for Sexual Acts", "A New Type"
    )
    summary = desk.take(text, number="100000001")
    assert (summary.exit_code, sum(summary.unknown.values())) == (0, 3)
    tip = desk.tip("100000001")
    assert tip.tip.incident_types == ["A New Type"]
    assert tip.tip.annotations == ["brandNewFlag", "spam"]
    assert sorted(item.split(" ")[0] for v in tip.versions for item in v.unknown) == [
        "element",
        "enum",
        "enum",
    ]
    assert any("value @kind=a" in item for v in tip.versions for item in v.unknown)


def test_case_42_unknown_keys_and_priorities_are_kept(desk: Desk) -> None:
    summary = desk.take(ids_tip("100000001", top='"priority": "Q7", "newKey": {"a": 1}'))
    assert (summary.exit_code, sum(summary.unknown.values())) == (0, 1)
    tip = desk.tip("100000001")
    assert (tip.tip.ncmec_priority, tip.tip.urgency) == ("Q7", 2)
    assert [item for v in tip.versions for item in v.unknown] == ['key newKey = {"a": "1"}']


def test_case_43_the_providers_flag_and_ncmecs_status_are_two_fields(desk: Desk) -> None:
    flag = '"reportAnnotations": ["informational"]'
    desk.take(ids_tip("100000001", summary=flag, top='"status": "Referral"'))
    desk.take(ids_tip("100000002", top='"status": "Informational"'))
    desk.take(
        report(
            "<personOrUserReported><screenName>sam</screenName></personOrUserReported>",
            summary="<reportAnnotations><informational/></reportAnnotations>",
        ),
        number="100000003",
    )
    shown = [desk.tip(f"10000000{n}").tip for n in (1, 2, 3)]
    assert [(tip.ncmec_status, tip.annotations) for tip in shown] == [
        ("Referral", ["informational"]),
        ("Informational", []),
        (None, ["informational"]),
    ]


def test_case_42_a_flag_that_says_false_is_absent_and_counted(desk: Desk) -> None:
    flag = "<reportAnnotations><spam>false</spam></reportAnnotations>"
    desk.take(reported("<screenName>x</screenName>").replace("<platform>", f"{flag}<platform>"))
    (row,) = desk.running.rows("MATCH (t:Tip) RETURN t.annotations")
    assert row == ([],)
