"""The pipeline: a folder in any order, and taken in twice, gives one and the same graph."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from graph.deliveries import Outcome
from ingest.receiving import Declared
from tests.deliveries import HOUR_US, MONDAY_US
from tests.graph.services.test_recording import snapshot
from tests.ingest.cases.documents import (
    AGENCIES,
    capture,
    claims,
    file_details,
    ids_tip,
    report,
    reported,
    submit_response,
)
from tests.ingest.desk import Desk

_HASH = '<originalFileHash hashType="MD5">0123456789abcdef0123456789abcdef</originalFileHash>'
_SAM = '{"espUserId": "sam-1", "emails": {"emails": [{"value": "sam@example.com"}]}}'


def _write_folder(desk: Desk) -> list[Path]:
    """Write tips in both formats, with versions, companions and a number that comes late."""
    nameless = reported("<screenName>late</screenName><priorCTReports>100000001</priorCTReports>")
    third = "<personOrUserReported><screenName>three</screenName></personOrUserReported>"
    return [
        desk.put(ids_tip("100000001", people=_SAM), name="1/a.json"),
        desk.put(
            ids_tip("100000001", people=f"{{{capture('198.18.1.1')}}}", esp="Sample Video"),
            name="1/b.json",
            at_us=MONDAY_US + HOUR_US,
        ),
        desk.put(
            ids_tip("100000001", people=_SAM, esp="Old Network", top='"priority": "1"'),
            name="1/c.json",
            at_us=MONDAY_US - HOUR_US,
        ),
        desk.put(reported("<screenName>two</screenName>"), name="2/report.xml"),
        desk.put(file_details("100000002", "f1", _HASH), name="2/file.xml"),
        desk.put(
            file_details("100000002", "f1", _HASH + "<fileViewedByEsp>true</fileViewedByEsp>"),
            name="2/newer/file.xml",
            at_us=MONDAY_US + HOUR_US,
        ),
        desk.put(ids_tip("100000002", people=_SAM), name="2/ids.json"),
        desk.put(report(third), name="3/CyberTip_100000003.xml"),
        desk.put(report(third), name="3/again/CyberTip_100000003.xml", at_us=MONDAY_US + HOUR_US),
        desk.put(nameless, name="late/alone/report.xml"),
        desk.put(nameless, name="late/both/report.xml"),
        desk.put(submit_response("100000004"), name="late/both/response.xml"),
        desk.put(ids_tip("100000005", top='"relatedReports": [100000004, 100000099]'), name="5"),
    ]


def _take_in(desk: Desk, paths: Sequence[Path], *, batch_tips: int = 500) -> None:
    summary = desk.intake(batch_tips=batch_tips).ingest(paths, declared=Declared(synthetic=True))
    assert (summary.quarantined, summary.unreadable) == (0, [])
    assert summary.documents == len(paths)


def test_a_folder_in_any_order_and_any_batches_gives_the_same_graph(desk: Desk) -> None:
    paths = _write_folder(desk)
    dice = random.Random(20)
    _take_in(desk, paths)
    first = snapshot(desk.running)
    tips = desk.running.rows("MATCH (t:Tip) RETURN t.key, t.stub ORDER BY t.key")
    assert tips == [(f"ncmec:10000000{n}", False) for n in (1, 2, 3, 4, 5)] + [
        ("ncmec:100000099", True)
    ]
    for batch_tips in (1, 3, 500, 2):
        desk.running.wipe(synthetic=True)
        dice.shuffle(paths)
        _take_in(desk, paths, batch_tips=batch_tips)
        order = [path.relative_to(desk.inbox).as_posix() for path in paths]
        for found, wanted in zip(snapshot(desk.running), first, strict=True):
            assert [x for x in found if x not in wanted] == [], order
            assert [x for x in wanted if x not in found] == [], order


def test_the_same_folder_twice_is_the_same_graph_and_says_so(desk: Desk) -> None:
    paths = _write_folder(desk)
    _take_in(desk, paths)
    before = snapshot(desk.running)
    again = desk.intake().ingest(paths, declared=Declared(synthetic=True))
    assert again.recorded == {Outcome.DUPLICATE: len(paths) - 1}
    assert again.companions == 1
    assert snapshot(desk.running) == before


def test_agencies_and_claims_twice_are_entered_once(desk: Desk) -> None:
    paths = [
        desk.put(AGENCIES, name="agencies.csv"),
        desk.put(claims(("OH", "1", "account", "sam-1")), name="claims.csv"),
    ]
    first, again = desk.take_files(paths), desk.take_files(paths)
    assert [(s.agencies, s.claims, s.claim_lines) for s in (first, again)] == [(2, 1, 1), (2, 0, 1)]
    assert desk.running.rows("MATCH (c:Claim) RETURN count(c)") == [(1,)]


@pytest.mark.parametrize(
    ("beside", "name", "source"),
    [
        ({"response.xml": submit_response("100000007")}, "report.xml", "submit response"),
        ({"file.xml": file_details("100000007", "f1", _HASH)}, "report.xml", "file details"),
        ({}, "CyberTip_100000007.xml", "file name"),
    ],
    ids=["response", "file details", "name"],
)
def test_a_report_gets_its_number_from_what_lies_beside_it_or_from_its_name(
    desk: Desk, beside: dict[str, str], name: str, source: str
) -> None:
    for file, text in beside.items():
        desk.put(text, name=f"tip/{file}")
    desk.put(reported("<screenName>sam</screenName>"), name=f"tip/{name}")
    summary = desk.take_files([desk.inbox])
    assert (summary.quarantined, summary.exit_code) == (0, 0)
    versions = {v.part: v.number_source for v in desk.tip("100000007").versions}
    assert versions["ncmec-report"] == source
    assert desk.running.rows("MATCH (t:Tip) RETURN t.key, t.provisional") == [
        ("ncmec:100000007", False)
    ]


def test_a_number_from_the_command_line_counts_before_all_others(desk: Desk) -> None:
    text = reported("<screenName>sam</screenName>")
    desk.take(text, name="CyberTip_100000001.xml", number="100000007")
    (version,) = desk.tip("100000007").versions
    assert version.number_source == "command line"
    contradicted = desk.take(ids_tip("100000001"), number="100000007")
    assert contradicted.quarantined == 1
    (entry,) = desk.site.quarantine.list()
    assert "says that it is report 100000001" in entry.reason


def test_two_reports_in_one_folder_do_not_take_each_others_numbers(desk: Desk) -> None:
    desk.put(submit_response("100000007"), name="heap/response.xml")
    desk.put(reported("<screenName>one</screenName>"), name="heap/a.xml")
    desk.put(reported("<screenName>two</screenName>"), name="heap/b.xml")
    desk.take_files([desk.inbox])
    rows = desk.running.rows("MATCH (t:Tip) RETURN t.provisional")
    assert rows == [(True,), (True,)]


def test_a_number_that_comes_later_joins_the_provisional_tip(desk: Desk) -> None:
    desk.put(reported("<screenName>sam</screenName>"), name="tip/report.xml")
    desk.take_files([desk.inbox])
    assert desk.running.rows("MATCH (t:Tip) RETURN t.provisional, t.report_number") == [
        (True, None)
    ]
    desk.put(submit_response("100000007"), name="tip/response.xml")
    summary = desk.take_files([desk.inbox])
    assert summary.recorded == {Outcome.JOINED: 1}
    assert summary.companions == 1
    assert desk.running.rows("MATCH (t:Tip) RETURN t.key, t.provisional") == [
        ("ncmec:100000007", False)
    ]
    assert desk.running.rows("MATCH (x:ScreenName) RETURN x.tip_count") == [(1,)]
    assert desk.running.rows("MATCH (s:StoreInfo) RETURN s.tip_total") == [(1,)]


def test_a_response_that_comes_later_alone_numbers_the_report_beside_it(desk: Desk) -> None:
    report = desk.put(reported("<screenName>sam</screenName>"), name="tip/report.xml")
    desk.take_files([report])
    response = desk.put(submit_response("100000007"), name="tip/response.xml")
    summary = desk.take_files([response])
    assert (summary.recorded, summary.companions) == ({Outcome.JOINED: 1}, 1)
    assert desk.running.rows("MATCH (t:Tip) RETURN t.key") == [("ncmec:100000007",)]


def test_a_container_is_taken_apart_with_the_place_of_each_member(desk: Desk) -> None:
    text = (
        f"[{ids_tip('100000001').lstrip(chr(0xFEFF))},\n{ids_tip('100000002').lstrip(chr(0xFEFF))}]"
    )
    assert desk.take(text, name="many.json").recorded == {Outcome.NEW_TIP: 2}
    rows = desk.running.rows(
        "MATCH (d:Document) RETURN d.name, d.position, d.container_sha256 ORDER BY d.position"
    )
    assert [(name, position) for name, position, _ in rows] == [("many.json", 0), ("many.json", 1)]
    assert len({container for _, _, container in rows}) == 1
