"""The hand-written `<report>` documents, each with what it says."""

from __future__ import annotations

import pytest

from graph.roles import LINKING_ROLES, Role
from ingest.readers.documents import read_document
from ingest.records import NumberSource, Stated, TipRecord
from tests.ingest.readers.said import DATA, identifiers, people, texts, tip, unknown


def test_a_full_report_gives_every_statement_with_its_role() -> None:
    record = tip("ncmec/report_full.xml")

    assert (record.report_number, record.number_source, record.part) == (None, None, "ncmec-report")
    assert identifiers(record) == [
        "mentioned Url https://files.example.net/a",
        "mentioned Url https://files.example.net/b",
        "law_enforcement Phone 2125550110",
        "law_enforcement Email olive@police.example.org",
        "reporter Email safety@esp.example.com",
        "esp_contact Phone +12125550111",
        "esp_contact Email legal@esp.example.com",
        "reported Phone 2125550113",
        "reported Email backup@example.com",
        "reported Account u-1001",
        "reported ScreenName sam_s",
        "reported Url https://www.example.com/sam_s",
        "reported IpAddress 198.18.60.1",
        "reported IpAddress 2001:db8:60::1",
        "reported Device 490154203237518",
        "associated Account b-1",
        "intended_recipient Account u-2002",
        "intended_recipient ScreenName ira",
        "victim Email kim@example.org",
        "victim Account u-3003",
    ]
    assert identifiers(record, mined=True) == [
        "mentioned ScreenName sam.kik",
        "mentioned Email sam2@example.com",
    ]
    assert record.unknown == ()


def test_a_full_report_gives_the_incident() -> None:
    record = tip("ncmec/report_full.xml")

    incident = record.incident
    assert incident.types == ("Online Enticement of Children for Sexual Acts",)
    assert (incident.time, incident.time_description) == ("2026-09-30T22:14:08Z", "First message")
    assert (incident.platform, incident.batched_reason) == ("Example Game", "VIRAL_POTENTIAL_MEME")
    assert incident.escalation == "The child agreed to a meeting"
    assert incident.annotations == (
        "sextortion",
        "csamSolicitation",
        "minorToMinorInteraction",
        "informational",
    )
    assert incident.details == (
        ("internetDetails[0]/webPageIncident@thirdPartyHostedContent", "true"),
    )
    assert record.prior_reports == ("100000001", "100000002", "100000003")
    assert record.provider_domain == "esp.example.com"
    assert record.law_enforcement == (
        ("@fleaCountry", "CA"),
        ("agencyName", "Example County Sheriff"),
        ("caseNumber", "26-0001"),
        ("reportedToLe", "true"),
        ("servedLegalProcessDomestic", "false"),
        ("servedLegalProcessInternational", "true"),
    )


def test_a_full_report_gives_the_people() -> None:
    record = tip("ncmec/report_full.xml")

    assert people(record) == [
        "officer[0] law_enforcement",
        "reporter[0] reporter",
        "esp_contact[0] esp_contact",
        "reported[0] reported",
        "associated[0] associated",
        "intended_recipient[0] intended_recipient",
        "victim[0] victim",
    ]
    suspect = record.people[3]
    assert (suspect.first_name, suspect.last_name) == ("Sam", "Sample")
    assert suspect.display_names == ("Sam", "Sammy S")
    assert (suspect.age, suspect.date_of_birth) == ("41", "1985-05-06")
    assert suspect.age_discrepancy is Stated.YES
    assert suspect.addresses == ("1 Main St, Springfield, OH, 45501, US (Billing)",)
    assert suspect.estimated_locations == (
        "Springfield, OH, US (verified false, timestamp 2026-09-30T22:00:00Z)",
    )
    assert suspect.other == (
        ("vehicleDescription", "Grey van"),
        ("compromisedAccount", "false"),
        ("thirdPartyUserReported", "false"),
        ("groupIdentifier", "g-7"),
        ("accountTemporarilyDisabled", "true"),
        ("accountTemporarilyDisabled/disabledDate", "2026-10-01T00:00:00Z"),
        ("accountTemporarilyDisabled/reenabledDate", "2026-10-02T00:00:00Z"),
        ("accountPermanentlyDisabled", "true"),
        ("accountPermanentlyDisabled/disabledDate", "2026-10-03T00:00:00Z"),
        ("allEmailsReported", "true"),
    )
    assert record.people[6].other == (("schoolName", "Example School"),)


def test_a_full_report_keeps_what_stands_around_an_identifier() -> None:
    said = {one.identifier.value: one for one in tip("ncmec/report_full.xml").assertions}

    phone = said["2125550113"]
    assert (phone.identifier.calling_code, phone.identifier.extension) == ("+1", "77")
    assert (phone.contact_type, phone.verified) == ("Mobile", Stated.YES)
    assert phone.verified_time == "2025-01-02T03:04:05Z"
    recovery = said["backup@example.com"]
    assert (recovery.contact_type, recovery.verified) == ("Recovery", Stated.NO)
    capture = said["198.18.60.1"]
    assert (capture.event, capture.time, capture.port, capture.possible_proxy) == (
        "Login",
        "2026-09-30T22:00:00Z",
        "50001",
        Stated.YES,
    )
    assert capture.path == "personOrUserReported/ipCaptureEvent[0]"
    bare = said["2001:db8:60::1"]
    assert (bare.event, bare.time, bare.port, bare.possible_proxy) == (
        None,
        None,
        None,
        Stated.NOT_STATED,
    )
    assert said["490154203237518"].identifier.subtype == "IMEI"
    assert said["u-1001"].identifier.service == "Example Chat"
    assert said["u-1001"].compromised is Stated.NO
    assert said["https://files.example.net/a"].third_party


def test_a_minimal_report_is_a_tip() -> None:
    record = tip("ncmec/report_minimal.xml")

    assert record.incident.types == ("Child Sexual Molestation",)
    assert identifiers(record) == ["reporter Email a@esp.example.com"]


def test_a_number_that_was_given_is_taken_with_its_source() -> None:
    data = (DATA / "ncmec/report_minimal.xml").read_bytes()

    (item,) = read_document(
        data,
        name="r.xml",
        report_number="123456789",
        number_source=NumberSource.FILE_NAME,
        provider="Example Social, Inc.",
    )

    assert isinstance(item.outcome, TipRecord)
    assert item.outcome.report_number == "123456789"
    assert item.outcome.number_source is NumberSource.FILE_NAME
    assert item.outcome.provider == "Example Social, Inc."


def test_namespaces_do_not_matter() -> None:
    record = tip("ncmec/report_namespaced.xml")

    assert record.incident.time == "2026-01-01T00:00:00+02:00"
    assert identifiers(record) == ["reported ScreenName ns_user"]
    assert unknown(record) == ["attribute @version = 9"]


def test_a_flag_that_says_false_is_absent_and_counted() -> None:
    record = tip("ncmec/report_flags.xml")

    assert record.incident.annotations == ("sextortion", "informational", "viralStorm")
    assert record.incident.types == ("child sex tourism",)
    assert unknown(record) == [
        "flag incidentSummary/reportAnnotations/spam = false",
        "enum incidentSummary/reportAnnotations/viralStorm = viralStorm",
    ]


def test_an_unknown_reason_for_a_batch_is_kept() -> None:
    record = tip("ncmec/report_batched.xml")

    assert record.incident.batched_reason == "OTHER_REASON"
    assert unknown(record) == ["enum batchedReport@reason = OTHER_REASON"]


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
