"""The pipeline and what it cannot take in: kept with file, place and reason; the rest goes on."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from graph.deliveries import Outcome
from graph.errors import IntakeError, NotFoundError
from ingest.limits import DEFAULT_LIMITS
from ingest.pipeline import Intake
from ingest.quarantine_entry import EntryState, QuarantineEntry
from ingest.receiving import Declared
from tests.ingest.cases.documents import AGENCIES, claims, ids_tip, reported
from tests.ingest.desk import Desk, open_desk
from tests.stores import RunningStore

_SAM = '{"espUserId": "sam-1"}'
_SYNTHETIC = Declared(synthetic=True)


def _plain(number: str) -> str:
    return ids_tip(number, people=_SAM).lstrip("\ufeff")


def _entry(desk: Desk) -> QuarantineEntry:
    (entry,) = desk.site.quarantine.list()
    return entry


def _numbers(desk: Desk) -> list[object]:
    rows = desk.running.rows("MATCH (t:Tip) RETURN t.report_number ORDER BY t.report_number")
    return [number for (number,) in rows]


def test_the_rest_of_a_broken_array_goes_in(desk: Desk) -> None:
    broken = _plain("100000002").replace('"reportedPeople"', '"reportedPeople')
    text = f"[{_plain('100000001')},\n{broken},\n{_plain('100000003')}]"
    summary = desk.take(text, name="many tips.json")
    assert (summary.recorded, summary.quarantined, summary.exit_code) == (
        {Outcome.NEW_TIP: 2},
        1,
        3,
    )
    assert _numbers(desk) == ["100000001", "100000003"]
    entry = _entry(desk)
    assert (entry.name, entry.position, entry.state) == ("many tips.json", 1, EntryState.WAITING)
    assert "“many tips.json” was not taken in: it is not valid JSON" in entry.reason
    view = desk.site.quarantine.show(entry.id)
    assert view.document is not None
    assert view.document.data == broken.encode()
    assert entry.container_sha256 is not None


def test_two_broken_members_alike_are_two_documents(desk: Desk) -> None:
    summary = desk.take('[{"reportId": 1, "x": tru}, {"reportId": 1, "x": tru}]', name="two.json")
    assert summary.quarantined == summary.documents == 2
    assert [e.position for e in desk.site.quarantine.list()] == [0, 1]


def test_one_broken_document_handed_in_twice_is_one_entry_and_counted_twice(desk: Desk) -> None:
    paths = [desk.put('{"reportId": 1', name=name) for name in ("a.json", "b.json")]
    summary = desk.take_files(paths)
    assert summary.quarantined == summary.documents == 2
    assert _entry(desk).deliveries == 2


def test_claims_wait_for_their_agency_and_a_retry_takes_them_in(desk: Desk) -> None:
    summary = desk.take(claims(("OH", "1", "account", "sam-1")), name="claims.csv")
    assert (summary.quarantined, summary.claims) == (1, 0)
    entry = _entry(desk)
    assert "agency that is not entered" in entry.reason

    again = desk.intake().retry([entry.id])
    assert (again.quarantined, again.exit_code) == (1, 3)
    assert _entry(desk).attempts == 2
    assert _entry(desk).deliveries == 1

    desk.take(AGENCIES, name="agencies.csv")
    done = desk.intake().retry([entry.id])
    assert (done.quarantined, done.exit_code, done.claims) == (0, 0, 1)
    assert desk.site.quarantine.list() == ()
    assert desk.running.rows("MATCH (c:Claim) RETURN count(c)") == [(1,)]
    assert list(desk.site.spool.pending()) == []


def test_bad_lines_of_a_table_are_named_and_the_others_go_in(desk: Desk) -> None:
    desk.take(AGENCIES, name="agencies.csv")
    text = claims(("OH", "1", "account", "sam-1"), ("OH", "2", "aura", "blue"))
    summary = desk.take(text + "OH,3,open,ip,no address,,suspect\n", name="claims.csv")
    assert (summary.claims, summary.quarantined, summary.exit_code) == (1, 1, 3)
    reason = _entry(desk).reason
    assert reason.startswith("2 lines were not taken in. ")
    assert "Line 3: " in reason
    assert "Line 4: " in reason


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("agencies.csv", f"agency,name,kind\n{'A' * 3000},Long Name,task force\n"),
        (
            "claims.csv",
            f"agency,investigation,kind,value,role\nOH,{'9' * 3000},ip,198.18.1.1,suspect\n",
        ),
    ],
)
def test_a_table_that_the_store_cannot_hold_stops_no_run(desk: Desk, name: str, text: str) -> None:
    desk.take(AGENCIES, name="0 agencies.csv")
    desk.put(text, name=f"in/{name}")
    desk.put(_plain("100000001"), name="in/tip.json")
    summary = desk.take_files([desk.inbox / "in"])
    assert (summary.quarantined, summary.recorded) == (1, {Outcome.NEW_TIP: 1})
    assert _entry(desk).name == name
    assert list(desk.site.spool.pending()) == []


def test_a_dismissed_document_stays_out_until_it_is_handed_in_again(desk: Desk) -> None:
    broken = '{"reportId": 100000001, "reportedInformation": {}}'
    desk.take(broken, name="a.json")
    entry = _entry(desk)
    dismissed = desk.site.quarantine.dismiss(entry.id, by="pat", reason="a test file")
    assert dismissed.state is EntryState.DISMISSED
    assert desk.site.quarantine.show(entry.id).document is None
    with pytest.raises(IntakeError, match="was dismissed by pat"):
        desk.intake().retry([entry.id])
    with pytest.raises(NotFoundError):
        desk.intake().retry(["0" * 32])
    desk.take(broken, name="a.json")
    back = _entry(desk)
    assert (back.state, back.deliveries) == (EntryState.WAITING, 2)
    assert [d.reason for d in back.dismissals] == ["a test file"]


def test_a_file_that_cannot_be_read_is_named_and_stops_no_other(desk: Desk) -> None:
    good = desk.put(_plain("100000001"), name="good.json")
    gone = desk.inbox / "gone.json"
    summary = desk.intake().ingest([gone, desk.inbox, good], declared=_SYNTHETIC)
    assert (summary.recorded, summary.exit_code) == ({Outcome.NEW_TIP: 1}, 3)
    assert [
        str(path) in said for path, said in zip((gone, desk.inbox), summary.unreadable, strict=True)
    ] == [True, True]


def test_a_file_that_is_too_large_is_named_and_not_kept(desk: Desk) -> None:
    limits = replace(DEFAULT_LIMITS, max_container_bytes=2000)
    intake = Intake(desk.store, desk.site, synthetic=True, actor="test", limits=limits)
    large = desk.put(_plain("100000001") + " " * 3000, name="large.json")
    good = desk.put(_plain("100000002"), name="good.json")
    summary = intake.ingest([large, good], declared=_SYNTHETIC)
    assert (summary.quarantined, summary.recorded) == (1, {Outcome.NEW_TIP: 1})
    entry = _entry(desk)
    assert "too many to be looked at" in entry.reason
    assert entry.size == large.stat().st_size
    view = desk.site.quarantine.show(entry.id)
    assert view.document is not None
    assert view.document.data == b""


def test_a_synthetic_store_refuses_what_is_not_declared_synthetic(desk: Desk) -> None:
    path = desk.put(_plain("100000001"), name="real.json")
    csv = desk.put(AGENCIES, name="agencies.csv")
    summary = desk.take_files([path, csv], declared_synthetic=False)
    assert (summary.quarantined, summary.agencies) == (2, 0)
    assert all("is not declared so" in e.reason for e in desk.site.quarantine.list())
    marked = json.loads(_plain("100000002")) | {"crosstipSynthetic": True}
    assert desk.take_files([desk.put(json.dumps(marked))], declared_synthetic=False).exit_code == 0
    assert _numbers(desk) == ["100000002"]


def test_a_real_store_refuses_synthetic_documents_and_links_no_reserved_value(
    running_store: RunningStore, tmp_path: Path
) -> None:
    running_store.wipe(synthetic=False)
    with open_desk(running_store, tmp_path, synthetic=False) as desk:
        declared = desk.put(_plain("100000001"), name="a.json")
        assert desk.take_files([declared], declared_synthetic=True).quarantined == 1
        xml = reported("<screenName>sam</screenName>").replace(
            "<report>", "<?crosstip synthetic?><report>"
        )
        assert desk.take(xml, name="CyberTip_100000002.xml").quarantined == 1
        assert all("this store is real" in e.reason for e in desk.site.quarantine.list())
        assert _numbers(desk) == []
        reserved = (
            '{"emails": {"emails": [{"value": "sam@example.com"}]}, "ipAddress": "198.18.1.1"}'
        )
        desk.take(ids_tip("100000003", people=reserved))
        desk.take(ids_tip("100000004", people=reserved))
        assert desk.links("100000003") == {}
        assert {a.state for a in desk.said("100000003")} <= {"shared", "stopped"}
