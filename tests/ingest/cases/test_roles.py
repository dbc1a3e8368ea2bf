"""Cases 12 to 16: who somebody is in a tip, and what follows from it for links."""

from __future__ import annotations

from graph.services.overlaps import find_overlaps
from tests.ingest.cases.documents import AGENCIES, claims, ids_tip, report, reported
from tests.ingest.desk import Desk

_KIM = "kim@example.org"


def _person(email: str, *, more: str = "") -> str:
    return f'{{"emails": {{"emails": [{{"value": "{email}"}}]}}{more}}}'


def _complaint(number: str) -> str:
    """Give a public tip: a parent reports somebody."""
    parent = ', "firstName": "Kim"'
    reporter = f'"reporters": [{_person(_KIM, more=parent)}]'
    return ids_tip(number, people=_person(f"suspect-{number}@example.com"), more=reporter)


def test_case_12_a_complainant_makes_nobody_a_subject(desk: Desk) -> None:
    desk.take(_complaint("100000001"))
    desk.take(_complaint("100000002"))
    roles = {a.identifier: (a.role, a.linking) for a in desk.said("100000001", "Email")}
    assert roles[_KIM] == ("reporter", False)
    assert desk.links("100000001") == desk.links("100000002") == {}


def test_case_12_a_complainant_who_is_a_suspect_later_is_an_item_for_review(desk: Desk) -> None:
    desk.take(_complaint("100000001"))
    desk.take(ids_tip("100000003", people=_person(_KIM)))
    link = desk.links("100000003")["100000001"]
    assert (link.score, {r.relation.value for r in link.reasons}) == (0, {"for review"})
    assert "makes nobody a subject" in link.reasons[0].sentence


def test_case_12_the_reporting_person_of_an_xml_report_is_no_subject_either(desk: Desk) -> None:
    desk.take(reported("<screenName>one</screenName>"), number="100000001")
    desk.take(reported("<screenName>two</screenName>"), number="100000002")
    (safety,) = desk.said("100000001", "Email")
    assert (safety.identifier, safety.role, safety.linking) == (
        "safety@game.example",
        "reporter",
        False,
    )
    assert desk.links("100000001") == {}


def _child(screen_name: str) -> str:
    return (
        f"<victim><victimPerson><firstName>Kim</firstName><email>{_KIM}</email></victimPerson>"
        f"<screenName>{screen_name}</screenName></victim>"
    )


def test_case_13_a_childs_identifiers_are_for_protection_and_link_no_subjects(desk: Desk) -> None:
    desk.take(report(_child("kim_a")), number="100000001")
    desk.take(report(_child("kim_b")), number="100000002")
    desk.take(ids_tip("100000003", people=_person(_KIM)))
    assert {a.role for a in desk.said("100000001") if a.identifier == _KIM} == {"victim"}
    for one, other in (("100000001", "100000002"), ("100000003", "100000001")):
        link = desk.links(one)[other]
        assert (link.score, [r.relation.value for r in link.reasons]) == (
            0,
            ["possible same child or account"],
        )
        assert "no subject link" in link.reasons[0].sentence


def test_case_13_a_child_is_never_a_subject_of_deconfliction(desk: Desk) -> None:
    desk.take(AGENCIES, name="agencies.csv")
    desk.take(
        claims(("OH", "1", "email", _KIM), ("PA", "2", "email", "sam@example.com")),
        name="claims.csv",
    )
    sam = "<personOrUserReported><personOrUserReportedPerson><email>sam@example.com</email>"
    person = f"{sam}</personOrUserReportedPerson></personOrUserReported>"
    desk.take(report(person + _child("kim_a")), number="100000001")
    answer = find_overlaps(desk.store)
    assert (answer.overlaps, answer.protective, answer.low_value) == ((), (), ())


def test_case_14_an_intended_recipient_keeps_the_role(desk: Desk) -> None:
    recipient = '"intendedRecipients": {"intendedRecipients": [{"espUserId": "ira-1"}]}'
    desk.take(ids_tip("100000001", people='{"espUserId": "sam-1"}', more=recipient))
    desk.take(ids_tip("100000002", people='{"espUserId": "ira-1"}'))
    roles = {a.identifier: a.role for a in desk.said("100000001", "Account")}
    assert roles == {
        "example-social||sam-1": "reported",
        "example-social||ira-1": "intended_recipient",
    }
    (reason,) = desk.links("100000001")["100000002"].reasons
    assert (reason.own_roles, reason.other_roles) == (("intended_recipient",), ("reported",))
    assert "intended recipient here, reported there" in reason.sentence
    xml = report(
        "<intendedRecipient><intendedRecipientPerson><firstName>Ira</firstName>"
        "</intendedRecipientPerson><screenName>ira</screenName></intendedRecipient>"
    )
    desk.take(xml, number="100000003")
    assert desk.one("100000003", "ScreenName").role == "intended_recipient"


def test_case_15_a_compromised_account_links_and_says_that_it_was_taken_over(desk: Desk) -> None:
    taken = (
        "<personOrUserReportedPerson><email>owner@example.com</email></personOrUserReportedPerson>"
        "<espIdentifier>sam-1</espIdentifier><compromisedAccount>true</compromisedAccount>"
    )
    desk.take(reported(taken), number="100000001")
    desk.take(reported("<espIdentifier>sam-1</espIdentifier>"), number="100000002")
    assert set(desk.links("100000001")) == {"100000002"}
    block = [a for a in desk.said("100000001") if a.role == "reported"]
    assert {a.kind: a.compromised for a in block} == {"Account": "yes", "Email": "yes"}
    assert desk.one("100000002", "Account").compromised is None  # Silence is no "no".


def test_case_16_a_minor_is_flagged_and_the_stated_age_is_shown(desk: Desk) -> None:
    minor = (
        "<personOrUserReported><personOrUserReportedPerson><age>15</age>"
        "</personOrUserReportedPerson><screenName>teen</screenName></personOrUserReported>"
    )
    flag = "<reportAnnotations><minorToMinorInteraction/></reportAnnotations>"
    desk.take(report(minor, summary=flag), number="100000001")
    tip = desk.tip("100000001")
    assert tip.tip.annotations == ["minorToMinorInteraction"]
    assert ("reported[0]/age", "15") in {(d.path, d.text) for d in tip.details}


def test_case_16_the_json_form_shows_the_same(desk: Desk) -> None:
    person = '{"espUserId": "teen-1", "approximateAge": 15, "dateOfBirth": "2011-05-06"}'
    flag = '"reportAnnotations": {"minorToMinorInteraction": true}'
    desk.take(ids_tip("100000001", people=person, summary=flag))
    tip = desk.tip("100000001")
    assert tip.tip.annotations == ["minorToMinorInteraction"]
    shown = {(d.path, d.text) for d in tip.details}
    assert {("reported[0]/age", "15"), ("reported[0]/date of birth", "2011-05-06")} <= shown
