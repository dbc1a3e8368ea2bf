"""Cases 1 to 6, 27 and 38: deliveries, versions, withdrawal, and tips that name others."""

from __future__ import annotations

from graph.deliveries import Outcome
from graph.services.overlaps import find_overlaps
from graph.services.withdrawal import withdraw
from tests.deliveries import HOUR_US, MONDAY_US
from tests.graph.services.test_recording import snapshot
from tests.ingest.cases.documents import AGENCIES, capture, claims, ids_tip, report
from tests.ingest.desk import Desk

_LATER = MONDAY_US + HOUR_US
_SAM = '{"espUserId": "sam-1", "emails": {"emails": [{"value": "sam@example.com"}]}}'


def test_case_01_the_same_bytes_twice_are_one_tip_with_two_receipts(desk: Desk) -> None:
    text = ids_tip("100000001", people=_SAM)
    assert desk.take(text, name="a.json").recorded == {Outcome.NEW_TIP: 1}
    before = snapshot(desk.running)
    second = desk.take(text, name="b.json", at_us=_LATER)
    assert (second.recorded, second.exit_code) == ({Outcome.DUPLICATE: 1}, 0)
    assert snapshot(desk.running) == before
    (version,) = desk.tip("100000001").versions
    assert len(version.receipts_us) == 2
    assert desk.links("100000001") == {}


def test_case_02_changed_content_is_a_new_version_and_the_old_facts_are_ended(desk: Desk) -> None:
    desk.take(ids_tip("100000002", people='{"emails": {"emails": [{"value": "old@example.com"}]}}'))
    desk.take(ids_tip("100000001", people=_SAM))
    old = '{"espUserId": "sam-1", "emails": {"emails": [{"value": "old@example.com"}]}}'
    desk.take(ids_tip("100000001", people=old), at_us=MONDAY_US - HOUR_US)
    assert desk.links("100000001") == {}  # What is older changes nothing that is said now.

    assert desk.take(ids_tip("100000001", people=old), at_us=_LATER).recorded == {
        Outcome.DUPLICATE: 1
    }
    newer = old.replace("}]}", '}, {"value": "new@example.com"}]}', 1)
    assert desk.take(ids_tip("100000001", people=newer), at_us=_LATER).recorded == {
        Outcome.NEW_VERSION: 1
    }
    assert set(desk.links("100000001")) == {"100000002"}
    tip = desk.tip("100000001")
    assert {a.identifier: a.ended_us for a in tip.assertions if a.kind == "Email"} == {
        "new@example.com": None,
        "old@example.com": None,
        "sam@example.com": _LATER,
    }
    assert [v.current for v in tip.versions] == [True, False, False]
    assert tip.tip.version_count == 3


def test_case_03_a_withdrawn_tip_links_and_meets_nothing_and_its_record_stays(desk: Desk) -> None:
    desk.take(AGENCIES, name="agencies.csv")
    desk.take(
        claims(("OH", "1", "account", "sam-1"), ("PA", "2", "email", "sam@example.com")),
        name="claims.csv",
    )
    text = ids_tip("100000001", people=_SAM)
    desk.take(text)
    desk.take(ids_tip("100000002", people=_SAM))
    assert set(desk.links("100000002")) == {"100000001"}
    assert len(find_overlaps(desk.store).overlaps) == 1

    for number in ("100000001", "100000002"):
        assert withdraw(desk.store, f"ncmec:{number}", why="filed in error", actor="test")
    assert desk.links("100000001") == desk.links("100000002") == {}
    assert find_overlaps(desk.store).overlaps == ()
    tip = desk.tip("100000001")
    assert tip.tip.withdrawn_why is not None
    assert "filed in error" in tip.tip.withdrawn_why
    assert desk.site.vault.get(tip.versions[0].document) == text.encode()
    logged = "MATCH (e:AuditEntry {object: 'ncmec:100000001'}) RETURN e.action ORDER BY e.action"
    assert desk.running.rows(logged) == [("tip.recorded",), ("tip.withdrawn",)]

    corrected = ids_tip("100000001", people=_SAM, more='"unseen": "correction"')
    desk.take(corrected, at_us=_LATER)
    assert desk.links("100000001") == {}  # A later delivery does not bring it back.


def test_case_04_a_number_that_was_never_finished_is_a_stub_without_facts(desk: Desk) -> None:
    desk.take(
        report(
            "<personOrUserReported><espIdentifier>sam-1</espIdentifier>"
            "<priorCTReports>100000050</priorCTReports></personOrUserReported>"
        ),
        number="100000001",
    )
    stub = desk.tip("100000050")
    assert (stub.tip.stub, stub.tip.version_count, stub.assertions) == (True, 0, ())
    assert [(r.tip, r.direction) for r in stub.references] == [("ncmec:100000001", "named by")]
    assert desk.running.rows("MATCH (s:StoreInfo) RETURN s.tip_total") == [(1,)]


def test_case_05_a_supplemental_report_is_its_own_tip_and_no_independent_source(
    desk: Desk,
) -> None:
    desk.take(ids_tip("100000001", people=_SAM))
    desk.take(ids_tip("100000002", people=_SAM, top='"relatedReports": [{"reportId": 100000001}]'))
    desk.take(ids_tip("100000003", people=_SAM))
    links = desk.links("100000001")
    assert links["100000002"].refers == ("named by",)
    assert links["100000003"].refers == ()
    assert desk.links("100000002")["100000001"].refers == ("names",)
    (reference,) = desk.tip("100000002").references
    assert (reference.tip, reference.kind, reference.stub) == ("ncmec:100000001", "related", False)


def test_case_06_a_stub_becomes_real_and_cycles_and_self_reference_do_no_harm(desk: Desk) -> None:
    def naming(*numbers: str) -> str:
        prior = "".join(f"<priorCTReports>{n}</priorCTReports>" for n in numbers)
        return report(
            f"<personOrUserReported><screenName>sam</screenName>{prior}</personOrUserReported>"
        )

    desk.take(naming("100000002", "100000001"), number="100000001")
    assert desk.tip("100000002").tip.stub
    assert desk.take(naming("100000001"), number="100000002").recorded == {Outcome.NEW_TIP: 1}
    assert not desk.tip("100000002").tip.stub
    assert desk.tip("100000002").tip.version_count == 1
    assert set(desk.links("100000001")) == {"100000002"}
    assert desk.running.rows("MATCH (s:StoreInfo) RETURN s.tip_total") == [(2,)]


def test_case_27_silence_about_viewing_is_neither_yes_nor_no(desk: Desk) -> None:
    def tip(viewed: str) -> str:
        file = f'{{"filename": "a.jpg", "submittalId": "s1", "viewedByEsp": {viewed}}}'
        return ids_tip("100000001", files=file)

    desk.take(tip("null"))
    assert [f.viewed_by_esp for f in desk.tip("100000001").files] == ["not stated"]
    desk.take(tip("true"), at_us=_LATER)
    assert [f.viewed_by_esp for f in desk.tip("100000001").files] == ["yes"]
    desk.take(tip("false"), at_us=_LATER + HOUR_US)
    assert [f.viewed_by_esp for f in desk.tip("100000001").files] == ["no"]
    assert len(desk.tip("100000001").versions) == 3  # Who said what when is kept.


def test_case_38_a_corrected_address_withdraws_the_links_through_the_wrong_one(desk: Desk) -> None:
    desk.take(ids_tip("100000002", people=f"{{{capture('198.18.7.7')}}}"))
    desk.take(ids_tip("100000001", people=f"{{{capture('198.18.7.7')}}}"))
    assert set(desk.links("100000002")) == {"100000001"}
    desk.take(ids_tip("100000001", people=f"{{{capture('198.18.7.8')}}}"), at_us=_LATER)
    assert desk.links("100000001") == desk.links("100000002") == {}
    wrong = [a for a in desk.tip("100000001").assertions if a.identifier == "198.18.7.7"]
    assert [a.ended_us for a in wrong] == [_LATER]
