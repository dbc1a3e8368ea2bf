"""The hand-written ICAC Data System documents, each with what it says."""

from __future__ import annotations

from graph.roles import LINKING_ROLES
from ingest.records import NumberSource, Stated
from tests.ingest.readers.said import identifiers, people, tip, unknown

_INFORMATION = "reportedInformation"


def test_a_full_document_gives_every_statement_with_its_role() -> None:
    record = tip("ids/full.json")

    assert (record.report_number, record.number_source) == ("123456789", NumberSource.DOCUMENT)
    assert (record.part, record.provider) == ("ids-json", "Example Social, Inc.")
    assert record.received_time == "2026-10-02T14:05:00Z"
    assert identifiers(record) == [
        "mentioned Url https://www.example.com/album/7",
        "reported Account 8812345",
        "reported ScreenName sam.sample",
        "reported Email sam@example.com",
        "reported Email old@example.com",
        "reported Email third@example.com",
        "reported Phone +12125550101",
        "reported IpAddress 198.18.3.4",
        "reported IpAddress 198.18.3.5",
        "reported Url https://www.example.com/sam.sample",
        "reported Url https://www.example.com/sam.sample/posts/1",
        "intended_recipient Account 99",
        "intended_recipient ScreenName alex_r",
        "file FileHash 0123456789abcdef0123456789abcdef",
        "file IpAddress 198.18.3.7",
    ]
    assert identifiers(record, mined=True) == [
        "mentioned Email first@example.net",
        "mentioned Email alt@example.org",
        "mentioned IpAddress 198.18.3.6",
    ]
    assert record.unknown == ()


def test_a_full_document_gives_person_incident_and_file() -> None:
    record = tip("ids/full.json")

    assert people(record) == [
        "reporter[0] reporter",
        "reported[0] reported",
        "intended_recipient[0] intended_recipient",
    ]
    person = record.people[1]
    assert (person.first_name, person.middle_name, person.last_name) == ("Sam", "Q", "Sample")
    assert (person.date_of_birth, person.age) == ("1984-02-29", "42")
    assert person.display_names == ("Sammy",)
    assert person.addresses == ("1 Main St, Apt 2, Springfield, OH, 45501, US",)
    assert dict(person.other) == {
        "gender": "Male",
        "vehicleDescription": "Grey van",
        "vehicleTagNumber": "ABC123",
        "occupation": "Cook",
        "relationshipToReporter": "None",
        "relationshipToChildVictim": "Neighbour",
        "accessToChildVictim": "Yes",
        "accessToChildren": "Yes",
        "accessToFirearms": "No",
        "convictedSexOffender": "false",
        "gangAffiliation": "None known",
        "awareOfReport": "No",
    }
    (file,) = record.files
    assert (file.file_id, file.name, file.original_name) == ("sub-1", "a1b2.jpg", "IMG_0001.jpg")
    assert (file.viewed_by_esp, file.classification) == (Stated.YES, "A1")
    assert file.annotations == ("potentialMeme",)
    assert file.other == (
        ("ncmecTags", "Apparent Child Pornography"),
        ("ncmecTags", "Potential Meme"),
        ("Upload IP", "198.18.3.6"),
    )
    assert record.incident.types == (
        "Child Pornography (possession, manufacture, and distribution)",
    )
    assert record.incident.time == "2026-09-30T22:14:08Z"
    assert record.incident.time_description == "Time of the newest upload"


def test_a_full_document_keeps_what_stands_around_an_identifier() -> None:
    said = {one.identifier.value: one for one in tip("ids/full.json").assertions}

    login = said["198.18.3.5"]
    assert (login.event, login.time, login.port) == ("LOGIN", "2026-09-30T22:14:08Z", "50123")
    assert login.path == (
        "reportedInformation/reportedPeople/reportedPersons[0]/sourceInformation/sourceCaptures[0]"
    )
    assert login.person == "reported[0]"
    account = said["8812345"].identifier
    assert (account.provider, account.service) == ("Example Social, Inc.", "Example Chat")
    assert said["sam@example.com"].verified is Stated.YES
    assert said["old@example.com"].verified is Stated.NO
    assert said["third@example.com"].verified is Stated.NOT_STATED
    phone = said["+12125550101"]
    assert (phone.verified, phone.verified_time) == (Stated.YES, "2025-03-04T05:06:07Z")
    assert said["https://www.example.com/sam.sample"].contact_type == "Profile URL"
    assert said["0123456789abcdef0123456789abcdef"].identifier.subtype == "MD5"
    assert said["0123456789abcdef0123456789abcdef"].file_id == "sub-1"
    assert said["198.18.3.6"].file_id == "sub-1"
    assert said["alt@example.org"].path.endswith("/additionalContactInformation@10")


def test_a_minimal_document_is_a_tip() -> None:
    record = tip("ids/minimal.json")

    assert record.report_number == "100000001"
    assert record.incident.types == ("Child Sex Trafficking",)
    assert (record.assertions, record.people, record.files) == ((), (), ())


def test_nulls_state_nothing_and_viewed_stays_not_stated() -> None:
    record = tip("ids/nulls.json")

    assert (record.assertions, record.unknown, record.texts) == ((), (), ())
    assert (record.provider, record.received_time, record.incident.time) == (None, None, None)
    (file,) = record.files
    assert (file.file_id, file.viewed_by_esp) == ("index:0", Stated.NOT_STATED)


def test_a_byte_order_mark_is_no_part_of_the_document() -> None:
    record = tip("ids/with_mark.json")

    assert (record.report_number, record.provider) == ("100000003", "Exämple")
    assert record.people[0].last_name == "Müller"
    assert identifiers(record) == ["reported ScreenName mül"]


def test_other_types_than_expected_are_read_where_the_meaning_is_plain() -> None:
    record = tip("ids/loose_types.json")

    assert record.provider == "Example Social, Inc."
    assert identifiers(record) == [
        "mentioned Url https://www.example.net/",
        "reported ScreenName bare_name",
        "reported Account 11",
        "reported Account 12",
        "reported Email one@example.com",
        "reported Phone +12125550102",
        "reported Phone +12125550103",
        "reported IpAddress 198.18.9.1",
        "reported IpAddress 198.18.9.2",
        "reported IpAddress 198.18.9.3",
        "file FileHash ffffffffffffffffffffffffffffffff",
    ]
    (person,) = record.people
    assert (person.first_name, person.last_name, person.age) == ("7", "Van; Sample", "about 40")
    assert person.addresses == ("2 Side St, Springfield",)
    assert record.incident.types == ("Child Sex Tourism", "Child Sex Trafficking")
    (file,) = record.files
    assert (file.viewed_by_esp, file.annotations) == (Stated.NO, ("viral",))
    assert record.unknown == ()


def test_case_14_reported_people_and_intended_recipients_stay_apart() -> None:
    record = tip("ids/recipient_roles.json")

    assert identifiers(record) == [
        "reported Account 1",
        "reported Email one@example.com",
        "reported Account 2",
        "intended_recipient Account 3",
        "intended_recipient Email three@example.com",
        "intended_recipient IpAddress 2001:db8::3",
        "intended_recipient Account 4",
    ]
    assert identifiers(record, mined=True) == ["mentioned Email four@example.com"]
    assert [one.person for one in record.assertions if not one.mined] == [
        "reported[0]",
        "reported[0]",
        "reported[1]",
        "intended_recipient[0]",
        "intended_recipient[0]",
        "intended_recipient[0]",
        "intended_recipient[1]",
    ]


def test_victims_reporters_and_guardians_under_unknown_keys_never_become_subjects() -> None:
    record = tip("ids/protected_people.json")

    assert identifiers(record, mined=None) == [
        "reporter Email safety@esp.example.com",
        "reported Account 1",
        "parent_guardian Email elder@example.org",
        "victim ScreenName kim12",
        "victim Email kim@example.org",
        "victim Email kim@school.example.org",
        "parent_guardian Phone +12125550104",
        "reporter Email robin@example.net",
    ]
    linking = [one.identifier.value for one in record.assertions if one.role in LINKING_ROLES]
    assert linking == ["1"]
    assert unknown(record) == [
        "key reportedInformation/victimCount = 1",
        'key reportedInformation/victimNotes = {"summary": "told a teacher"}',
    ]
