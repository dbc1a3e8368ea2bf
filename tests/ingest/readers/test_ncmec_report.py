"""The hand-written `<report>` documents, each with what it says."""

from __future__ import annotations

from ingest.readers.documents import read_document
from ingest.records import NumberSource, Stated, TipRecord
from tests.ingest.readers.said import DATA, identifiers, people, tip, unknown


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
