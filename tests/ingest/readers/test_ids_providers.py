"""ICAC Data System documents with the habits of particular providers, and with unknown things."""

from __future__ import annotations

import json

from graph.roles import Role
from ingest.records import Stated, TipRecord
from tests.ingest.readers.said import identifiers, items, problem, texts, tip, unknown

_INFORMATION = "reportedInformation"


def test_log_in_addresses_and_the_text_of_a_post() -> None:
    record = tip("ids/login_addresses.json")

    assert identifiers(record) == [
        "reported Account 1700000000000000001",
        "reported ScreenName @Night_Owl",
        "reported Phone +442079460101",
        "reported IpAddress 198.18.20.1",
        "reported IpAddress 198.18.20.2",
        "reported Url https://social.example.com/Night_Owl",
        "mentioned Url https://social.example.com/Night_Owl/status/5",
    ]
    kik, post = [one for one in record.assertions if one.mined]
    assert (kik.identifier.value, kik.identifier.provider, kik.third_party) == (
        "night.owl",
        "kik",
        True,
    )
    assert post.identifier.value == "trade@example.org"
    details = f"{_INFORMATION}/incidentDetails/webpageIncident[0]/additionalInformations[0]"
    assert f"content {details}" in texts(record)


def test_case_19_identifiers_that_stand_in_free_text_only_are_mined() -> None:
    record = tip("ids/free_text_only.json")

    assert identifiers(record) == []
    assert identifiers(record, mined=True) == [
        "mentioned Email payer@example.com",
        "mentioned Url https://pay.example.com/$pay_me_now",
        "mentioned IpAddress 198.18.30.1",
        "mentioned IpAddress 2001:db8:5::9",
        "mentioned FileHash d41d8cd98f00b204e9800998ecf8427e",
        "mentioned FileHash f8f8f0cee0f4a84f06370a22038f63f0b36e2ed596621e1d33e6b39c4e9c9b22",
        "mentioned ScreenName $pay_me_now",
        "mentioned Phone (212) 555-0105",
        "mentioned Account C-778899",
    ]
    said = {one.identifier.value: one for one in record.assertions}
    assert said["198.18.30.1"].port == "51000"
    assert said["C-778899"].identifier.provider == "Example Cash"
    assert [said[one].identifier.subtype for one in list(said)[4:6]] == ["MD5", "PDQ"]


def test_messages_between_people_are_content_and_registration_details_a_note() -> None:
    record = tip("ids/registration_details.json")

    assert texts(record) == [
        "note reportedInformation/additionalInformations[0]",
        "content reportedInformation/additionalInformations[1]",
    ]
    assert identifiers(record, mined=True) == [
        "mentioned Email joe@example.com",
        "mentioned IpAddress 198.18.40.1",
        "mentioned ScreenName joe_x",
        "mentioned Account 123456",
        "mentioned Phone 12125550106",
        "mentioned Email joe.private@example.com",
    ]


def test_captures_of_a_file_belong_to_the_file() -> None:
    record = tip("ids/upload_capture.json")

    assert identifiers(record) == [
        "file FileHash 11111111111111111111111111111111",
        "file IpAddress 198.18.50.1",
        "file Url https://img.example.com/q.png",
    ]
    assert [one.file_id for one in record.assertions] == ["s1", "s1", "s1"]
    assert record.assertions[1].event == "UPLOAD"
    assert record.files[0].viewed_by_esp is Stated.NO


def test_provider_metadata_stay_as_they_are_and_are_only_mined() -> None:
    record = tip("ids/metadata.json")

    assert record.files[0].other == (
        ("Upload Date and Time", "2026-06-07T08:09:10Z"),
        ("Uploader", "up@example.com"),
        ("Size", "12345"),
    )
    assert identifiers(record, mined=True) == ["mentioned Email up@example.com"]


def test_viewed_has_three_states_and_files_with_one_id_stay_apart() -> None:
    record = tip("ids/viewed_states.json")

    assert [(one.file_id, one.viewed_by_esp.value) for one in record.files] == [
        ("same", "yes"),
        ("same#2", "no"),
        ("55555555555555555555555555555555", "not stated"),
        ("index:3", "not stated"),
    ]
    assert record.files[3].annotations == (
        "animeDrawingVirtualHentai",
        "generativeAi",
        "infant",
    )
    # A file's own id at the provider is no account.
    assert identifiers(record, mined=True) == []
    assert [
        (one.identifier.subtype, one.file_id)
        for one in record.assertions
        if one.identifier.value.startswith(("4444", "da39"))
    ] == [("MD5", "same#2"), ("SHA1", "same#2")]
    assert [one.partition("uploadedFiles[3]/")[2] for one in unknown(record)] == [
        "viewedByEsp = perhaps",
        "industryClassification = C9",
    ]


def test_mail_is_content_and_its_addresses_are_mined() -> None:
    record = tip("ids/email_contents.json")

    assert texts(record)[0] == (
        "content reportedInformation/incidentDetails/emailIncident[0]/contents[0]/value"
    )
    assert identifiers(record, mined=True) == [
        "mentioned Email from@example.com",
        "mentioned Email to@example.net",
    ]
    assert record.incident.details == (
        ("reportedInformation/incidentDetails/emailIncident[0]/subject", "holiday"),
    )


def test_a_search_upload_keeps_the_reporters_name_and_the_servers_port() -> None:
    record = tip("ids/search_upload.json")

    assert record.people[0].last_name == "Microsoft BingImage"
    assert record.people[0].role is Role.REPORTER
    assert record.assertions[0].port == "443"


def test_case_42_unknown_keys_and_values_are_kept_and_counted() -> None:
    record = tip("ids/unknown_things.json")

    person = f"{_INFORMATION}/reportedPeople/reportedPersons[0]"
    captures = f"{person}/sourceInformation/sourceCaptures"
    assert unknown(record) == [
        'key newTopKey = {"a": ["1", "2", {"b": null}]}',
        f"enum {_INFORMATION}/incidentSummary/incidentType = Something New",
        f"enum {_INFORMATION}/incidentSummary/reportAnnotations/brandNew = brandNew",
        f"key {_INFORMATION}/incidentSummary/mood = bad",
        f"key {_INFORMATION}/reportedPeople/page = 1",
        f"key {person}/shoeSize = 44",
        f"key {person}/directMessages = [withheld: content of a message]",
        f"enum {captures}[0]/captureType = IPv6 Address",
        f"enum {captures}[0]/eventName = TELEPORT",
        f"enum {captures}[1]/captureType = Aura",
        f"type {captures}[1]/value = blue",
        f'type {captures}[2]/value = {{"odd": "1"}}',
        f'key {_INFORMATION}/futureBlock = [{{"x": "1"}}]',
    ]
    assert record.incident.annotations == ("sextortion", "brandNew")
    assert identifiers(record) == ["reported Account 1", "reported IpAddress 2001:db8::77"]
    assert texts(record) == [f"content {person}/directMessages"]


def test_a_key_stated_twice_counts_last_and_is_kept() -> None:
    record = tip("ids/stated_twice.json")

    assert record.provider == "Second"
    assert identifiers(record) == ["reported Account 2"]
    assert unknown(record) == [
        'duplicate reportedInformation/reportingEsp (stated before) = {"espName": "First"}',
        (
            "duplicate reportedInformation/reportedPeople (stated before) = "
            '{"reportedPersons": [{"espUserId": "1"}]}'
        ),
    ]


def test_two_report_numbers_are_refused() -> None:
    sentence = problem(b'{"reportId": "1", "reportId": "2", "reportedInformation": {"a": 1}}')

    assert "it states two different report numbers" in sentence


def test_priority_status_and_other_reports() -> None:
    record = tip("ids/priority.json")

    assert record.report_number == "100000017"
    assert (record.ncmec_priority, record.ncmec_status) == ("E", "Referral")
    assert record.related_reports == ("100000001", "100000002")
    assert record.prior_reports == ("99999999",)
    assert record.incident.escalation == "Child may be met tonight"
    assert record.incident.annotations == ("sextortion", "csamSolicitation")
    assert record.incident.platform == "Example Game"
    assert unknown(record) == ["type relatedReports[3] = soon"]


def test_the_marker_of_the_synthetic_world_is_read() -> None:
    assert tip("ids/marked_synthetic.json").synthetic
    assert not tip("ids/minimal.json").synthetic


def test_case_41_hostile_texts_are_values_like_others() -> None:
    record = tip("ids/hostile_texts.json")

    assert identifiers(record) == [
        "reported ScreenName a\ufffdb\ufffdc",
        "reported Account ../../etc/passwd",
    ]
    assert record.people[0].first_name == "=cmd|' /C calc'!A0"
    assert record.files[0].name == "../../../etc/shadow"
    json.dumps([one.identifier.value for one in record.assertions]).encode("utf-8")


def test_a_broken_member_of_a_list_does_not_stop_the_others() -> None:
    first, broken, last = items("ids/three_members.json")

    assert isinstance(first.outcome, TipRecord)
    assert isinstance(last.outcome, TipRecord)
    assert (first.outcome.report_number, last.outcome.report_number) == ("200000001", "200000003")
    assert (broken.index, broken.line) == (1, 2)
    assert str(broken.error) == (
        "“ids/three_members.json”, member 2 (line 2) was not taken in: it is not valid JSON: "
        "Expecting value at line 1, column 109; ask the sender for a complete copy"
    )


def test_a_broken_line_does_not_stop_the_others() -> None:
    said = items("ids/lines.json")

    numbers = [getattr(one.outcome, "report_number", None) for one in said]
    assert numbers == ["300000001", None, "300000003"]
    assert [one.line for one in said] == [1, 2, 4]
