"""The hand-written `<report>` documents: who is who, and what is not known."""

from __future__ import annotations

import pytest

from graph.roles import LINKING_ROLES, Role
from ingest.readers.documents import read_document
from ingest.records import Stated, TipRecord
from tests.ingest.readers.said import DATA, identifiers, people, texts, tip, unknown


def test_case_17_accounts_elsewhere_do_not_get_the_reporting_provider() -> None:
    data = (DATA / "ncmec/report_third_party.xml").read_bytes()
    (item,) = read_document(data, name="r.xml", provider="Reporting ESP")
    assert isinstance(item.outcome, TipRecord)

    said = {one.identifier.value: one for one in item.outcome.assertions}
    assert all(one.third_party for one in said.values())
    assert {value: one.identifier.provider for value, one in said.items()} == {
        "elsewhere-1": None,
        "far_away": None,
        "t-1": "Third Site",
        "third_name": "Third Site",
    }
    assert said["elsewhere-1"].identifier.service == "Other Service"


def test_case_15_a_compromised_account_says_so_on_all_its_identifiers() -> None:
    record = tip("ncmec/report_compromised.xml")

    assert [one.compromised for one in record.assertions] == [Stated.YES, Stated.YES]
    assert record.people[0].age == "15"
    assert record.incident.annotations == ("minorToMinorInteraction",)
    assert record.unknown == ()


def test_associated_accounts_take_their_role_from_their_kind_and_their_owner() -> None:
    record = tip("ncmec/report_associated.xml")

    assert identifiers(record) == [
        "reported Account p-1",
        "parent_guardian Email gail@example.com",
        "parent_guardian IpAddress 198.18.61.1",
        "associated Phone +12125550114",
        "associated Device home-net",
        "associated Url https://www.example.com/maker",
        "associated ScreenName cousin_it",
        "victim Email kid.linked@example.com",
        "parent_guardian Email kid.parent@example.com",
    ]
    assert people(record) == [
        "reported[0] reported",
        "associated[0] parent_guardian",
        "associated[1] associated",
        "associated[2] associated",
        "victim[0] victim",
        "associated[3] victim",
        "associated[4] parent_guardian",
    ]
    assert record.people[1].other[0] == ("associatedWith", "reported[0]")
    assert record.assertions[1].account_type == "Parent/Guardian"
    assert (record.people[2].middle_name, record.people[2].age) == ("M", "30")
    assert unknown(record) == [
        "enum personOrUserReported/associatedAccount[2]@accountType = Cousin"
    ]


def test_case_13_everything_in_a_victims_block_is_the_victims() -> None:
    record = tip("ncmec/report_victims.xml")

    assert identifiers(record, mined=None) == [
        "intended_recipient Account r-1",
        "mentioned Email r1@example.net",
        "intended_recipient Account r-2",
        "victim ScreenName v_one",
        "victim IpAddress 198.18.62.1",
        "victim Email v1@example.org",
        "victim ScreenName v.one",
    ]
    linking = {one.identifier.value for one in record.assertions if one.role in LINKING_ROLES}
    assert linking == {"r-1", "r1@example.net", "r-2"}
    assert record.people[3].estimated_locations == ("DE",)


def test_mail_and_news_content_is_content() -> None:
    record = tip("ncmec/report_mail_and_news.xml")

    assert texts(record) == [
        "content internetDetails[0]/emailIncident/content",
        "note internetDetails[0]/emailIncident/additionalInfo",
        "content internetDetails[1]/newsgroupIncident/content",
    ]
    assert identifiers(record) == [
        "mentioned Email one@example.com",
        "mentioned Email two@example.net",
        "mentioned Email news@example.org",
    ]
    assert identifiers(record, mined=True) == [
        "mentioned Email one@example.com",
        "mentioned Phone +1 212 555 0115",
    ]


def test_the_other_kinds_of_incident() -> None:
    record = tip("ncmec/report_other_incidents.xml")

    assert dict(record.incident.details) == {
        "internetDetails[0]/chatImIncident/chatClient": "Example IM",
        "internetDetails[0]/chatImIncident/chatRoomName": "#room",
        "internetDetails[1]/onlineGamingIncident/gameName": "Blocks",
        "internetDetails[1]/onlineGamingIncident/console": "Box",
        "internetDetails[2]/cellPhoneIncident/latitude": "51.5",
        "internetDetails[2]/cellPhoneIncident/longitude": "-0.1",
        "internetDetails[3]/nonInternetIncident/locationName": "Park",
        "internetDetails[3]/nonInternetIncident/incidentAddress[0]": "5 Green, Kent, GB (Home)",
        "internetDetails[4]/peer2peerIncident/client": "eExample",
        "internetDetails[4]/peer2peerIncident/fileNames": "one.avi, two.avi",
    }
    assert identifiers(record, mined=None) == [
        "mentioned ScreenName snap_a",
        "mentioned Phone 2079460102",
        "mentioned IpAddress 198.18.63.1",
    ]
    assert record.assertions[1].identifier.calling_code == "+44"


def test_contacts_with_odd_attributes_are_kept() -> None:
    record = tip("ncmec/report_contacts.xml")

    assert identifiers(record) == [
        "reported Phone 2125550116",
        "reported Phone +1 (212) 555-0117",
        "reported Phone 0301234567",
        "reported Email Work@Example.COM",
        "reported Email padded@example.org",
        "reported Device 8901260852290847567",
        "reported IpAddress [2001:db8::9]:50000",
    ]
    assert unknown(record) == [
        "enum personOrUserReported/personOrUserReportedPerson/phone[1]@verified = maybe",
        "enum personOrUserReported/personOrUserReportedPerson/phone[2]@type = Pigeon",
        "element personOrUserReported/deviceId[1] = idType=IMEI",
        "element personOrUserReported/ipCaptureEvent[0] = eventName=Login",
        "enum personOrUserReported/ipCaptureEvent[1]/eventName = Warp",
    ]
    assert record.assertions[3].verified is Stated.YES
    assert record.assertions[6].possible_proxy is Stated.NO


def test_case_42_unknown_elements_attributes_and_values_are_kept_and_counted() -> None:
    record = tip("ncmec/report_unknown.xml")

    assert unknown(record) == [
        "attribute @colour = red",
        "attribute incidentSummary@mood = bad",
        "enum incidentSummary/incidentType = New Kind",
        "element incidentSummary/severityScore = 9",
        "element internetDetails[0]/metaverseIncident = room=5",
        "attribute personOrUserReported/espIdentifier@kind = hash",
        "element personOrUserReported/walletAddress = w-1 @currency=X",
        "element personOrUserReported/chatTranscript = [withheld: content of a message]",
        "type personOrUserReported/priorCTReports[0] = none",
        "element futureElement = deep=deeper=value",
    ]
    assert identifiers(record) == ["reported Account k-1"]


def test_case_18_boilerplate_gives_no_identifiers() -> None:
    record = tip("ncmec/report_boilerplate.xml")

    assert identifiers(record, mined=None) == [
        "reporter Email Reports@Big-ESP.example.com",
        "reporter Phone +12125550118",
        "reported Account z",
    ]
    assert [name for name, _ in record.reporter_fields] == [
        "companyTemplate",
        "termsOfService",
        "legalURL",
    ]
    assert record.provider_domain == "big-esp.example.com"


def test_a_declared_encoding_is_followed() -> None:
    record = tip("ncmec/report_latin1.xml")

    assert record.people[0].last_name == "Müller"
    assert identifiers(record) == ["reported ScreenName café"]


@pytest.mark.parametrize("codec", ["utf-16", "utf-8-sig"])
def test_byte_order_marks_are_followed(codec: str) -> None:
    text = '<?xml version="1.0"?><report><personOrUserReported><screenName>é</screenName>'
    data = (text + "</personOrUserReported></report>").encode(codec)

    (item,) = read_document(data, name="r.xml")

    assert isinstance(item.outcome, TipRecord)
    assert identifiers(item.outcome) == ["reported ScreenName é"]


def test_the_marker_counts_before_the_root_or_first_in_it_only() -> None:
    assert tip("ncmec/report_marked_synthetic.xml").synthetic
    assert tip("ncmec/report_marked_inside.xml").synthetic
    assert not tip("ncmec/report_marked_late.xml").synthetic


def test_escaped_markup_is_text() -> None:
    record = tip("ncmec/report_escaped.xml")

    assert record.people[0].first_name == "<script>alert(1)</script>"
    assert record.people[0].last_name == "'}) DETACH DELETE n //"
    assert identifiers(record) == [
        'reported ScreenName =HYPERLINK("https://www.example.com")',
    ]


def test_no_role_is_lost_in_any_report() -> None:
    for path in sorted((DATA / "ncmec").glob("report_*.xml")):
        record = tip(f"ncmec/{path.name}")
        roles = {person.label: person.role for person in record.people}
        for assertion in record.assertions:
            if assertion.person is not None:
                assert assertion.role is roles[assertion.person], (path.name, assertion.path)
            elif not assertion.mined:
                assert assertion.role in (Role.MENTIONED, Role.FILE), (path.name, assertion.path)
