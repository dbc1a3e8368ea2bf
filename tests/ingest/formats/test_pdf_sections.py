"""PDFs of the case tool: head, sections, notes and files, beyond what single lines state."""

from __future__ import annotations

import pytest

from ingest.records import Stated, TextKind
from tests.ingest.formats.printed import HEAD, document, lines_of, read, report
from tests.ingest.readers.said import identifiers

MD5 = "0123456789abcdef0123456789abcdef"


def test_number_date_and_priority_stand_at_the_head() -> None:
    tip = read(
        document(
            lines_of(
                "CyberTipline Report 123456789",
                "Priority Level: E",
                "Received by NCMEC on 01-02-2026 03:04:05 UTC",
                "All dates are displayed as MM-DD-YYYY",
                "# Section A: Reported Information",
                "# Incident Information",
                "Incident Type: Child Sex Trafficking",
                "Incident Time: 12-31-2025 23:59:00 UTC",
            )
        )
    )
    assert (tip.report_number, tip.received_time, tip.ncmec_priority) == (
        "123456789",
        "2026-01-02T03:04:05Z",
        "E",
    )
    assert tip.incident.time == "2025-12-31T23:59:00Z"
    assert tip.incident.types == ("Child Sex Trafficking",)


@pytest.mark.parametrize(
    ("stated", "time"),
    [
        ("All dates are displayed as MM-DD-YYYY", "2026-01-02T03:04:05Z"),
        ("All dates are displayed as DD-MM-YYYY", "2026-02-01T03:04:05Z"),
        ("Nothing about dates", "01-02-2026 03:04:05 UTC"),
    ],
)
def test_the_order_of_a_date_is_as_stated_and_never_guessed(stated: str, time: str) -> None:
    head = lines_of("CyberTipline Report 123456789", stated)
    body = ("# Section A: Reported Information", "# Incident Information")
    tip = read(document(head + lines_of(*body, "Incident Time: 01-02-2026 03:04:05 UTC")))
    assert tip.incident.time == time


def test_a_time_keeps_the_zone_that_it_states() -> None:
    tip = read(report("# Incident Information", "Incident Time: 01-02-2026 03:04:05 PDT"))
    assert tip.incident.time == "2026-01-02 03:04:05 PDT"


def test_a_capture_keeps_event_time_and_port() -> None:
    tip = read(
        report(
            "# Suspect",
            "b Source Information: Type Value Event Date/Time",
            "> IP Address 198.18.0.5 Registration port 40123 01-02-2026 03:04:05 UTC",
        )
    )
    (one,) = tip.assertions
    assert (one.event, one.port, one.time) == ("Registration", "40123", "2026-01-02T03:04:05Z")
    assert one.path == "page 1, line 6 (Source Information)"


def test_verified_is_told_from_unverified_and_from_silence() -> None:
    tip = read(
        report(
            "# Suspect",
            "Phone: +1 (555) 010-0123 (Unverified)",
            "Recovery Email Address: a@example.org (Verified 01-02-2026)",
            "Email Address: b@example.org",
        )
    )
    found = {
        a.identifier.value: (a.verified, a.verified_time, a.contact_type) for a in tip.assertions
    }
    assert found == {
        "+1 (555) 010-0123": (Stated.NO, None, None),
        "a@example.org": (Stated.YES, "2026-01-02", "Recovery"),
        "b@example.org": (Stated.NOT_STATED, None, None),
    }


@pytest.mark.parametrize(
    ("word", "viewed"),
    [
        ("Yes", Stated.YES),
        ("No", Stated.NO),
        ("(Information Not Provided by Company)", Stated.NOT_STATED),
    ],
)
def test_case_27_viewed_is_yes_no_or_not_stated(word: str, viewed: Stated) -> None:
    question = "Did Reporting ESP view entire contents of uploaded file?"
    tip = read(report("# Uploaded File Information", "Filename: a.jpg", f"{question} {word}"))
    assert tip.files[0].viewed_by_esp is viewed


def test_names_of_files_are_wrapped_within_words_and_between_them() -> None:
    tip = read(
        report(
            "# Uploaded File Information",
            "b Filename: a_name_without_any_blank_that_fills_the_line_",
            "> and_goes_on.jpg",
            "b MD5: " + MD5,
            "b Filename: holiday with a name of several words in",
            "> one line.jpg",
            "b MD5: " + MD5[::-1],
        )
    )
    assert [file.name for file in tip.files] == [
        "a_name_without_any_blank_that_fills_the_line_and_goes_on.jpg",
        "holiday with a name of several words in one line.jpg",
    ]


def test_a_value_goes_on_over_the_end_of_a_page() -> None:
    tip = read(
        document(
            lines_of(
                *HEAD,
                "# Section A: Reported Information",
                "# Suspect",
                "b Screen/User Name: a_name_that_",
                "CyberTipline Report 123456789 | 1",
            ),
            lines_of("> goes_on", "b ESP User ID: 17", "CyberTipline Report 123456789 | 2", page=2),
        )
    )
    assert identifiers(tip) == ["reported ScreenName a_name_that_goes_on", "reported Account 17"]
    assert tip.assertions[1].path == "page 2, line 2 (ESP User ID)"


def test_case_19_what_a_note_mentions_is_mined_and_never_stated() -> None:
    tip = read(
        report(
            "# Additional Information Submitted by the Reporting ESP",
            "Email Address: other@example.com was named by the user.",
            "Cashtag: $example",
        )
    )
    assert identifiers(tip) == []
    assert identifiers(tip, mined=True) == [
        "mentioned Email other@example.com",
        "mentioned ScreenName $example",
    ]
    assert tip.assertions[0].path.startswith("page 1, line 4 (Additional Information")


def test_a_note_that_quotes_labels_states_nothing() -> None:
    tip = read(
        report(
            "# Suspect",
            "b Screen/User Name: kim_01",
            "b Additional Contact Information: the user wrote",
            "> Email Address: other@example.com",
            "> Suspect",
            "> Screen/User Name: somebody",
        )
    )
    assert identifiers(tip) == ["reported ScreenName kim_01"]
    assert "mentioned Email other@example.com" in identifiers(tip, mined=True)
    assert len(tip.people) == 1


def test_content_of_messages_is_content_and_not_a_note() -> None:
    tip = read(report("# Email Incident", "Content: hello, write to me at pen@example.com"))
    assert [text.kind for text in tip.texts] == [TextKind.CONTENT]
    assert identifiers(tip, mined=True) == ["mentioned Email pen@example.com"]


def test_sections_b_and_d_state_no_identifiers() -> None:
    tip = read(
        report(
            "# Suspect",
            "ESP User ID: 17",
            "# Section B: Automated Information Added by NCMEC Systems",
            "IP Address: 198.18.0.9",
            "# Section C: Additional Information Provided by NCMEC",
            "Related Reports: 123456701, 123456702",
            "# Section D: Law Enforcement Contact Information",
            "Email Address: officer@police.example",
        )
    )
    assert identifiers(tip, mined=None) == ["reported Account 17"]
    assert tip.related_reports == ("123456701", "123456702")
    assert ("page 1, section D", "Email Address: officer@police.example") in tip.incident.details


def test_a_table_of_contents_begins_no_section() -> None:
    tip = read(
        document(
            lines_of(
                *HEAD,
                "# Contents",
                "Section A: Reported Information",
                "Section B: Automated Information Added by NCMEC Systems",
                "# Section A: Reported Information",
                "# Suspect",
                "ESP User ID: 17",
            )
        )
    )
    assert identifiers(tip) == ["reported Account 17"]


def test_case_42_an_unknown_label_is_kept_raw() -> None:
    tip = read(report("# Suspect", "ESP User ID: 17", "Favourite Colour: blue"))
    assert [(item.why, item.value) for item in tip.unknown] == [("key", "blue")]
    assert tip.unknown[0].path == "page 1, line 6 (Favourite Colour)"


def test_a_page_without_text_is_said() -> None:
    tip = read(document(lines_of(*HEAD, "# Suspect", "ESP User ID: 17"), empty=(2, 3)))
    assert "no text on page 2, 3" in tip.unknown[-1].value


def test_a_report_without_sections_is_read_all_the_same() -> None:
    tip = read(document(lines_of(*HEAD, "# Suspect", "ESP User ID: 17")))
    assert identifiers(tip) == ["reported Account 17"]


def test_prior_reports_are_references() -> None:
    tip = read(report("# Incident Information", "Prior CyberTip Reports: 123456700 123456701"))
    assert tip.prior_reports == ("123456700", "123456701")


def test_escalation_and_birth_are_read() -> None:
    tip = read(
        report(
            "# Incident Information",
            "Reason for Escalation: a child is in danger",
            "# Suspect",
            "Date of Birth: 03-04-1990",
            "Address: 1 Example Road, Springfield, US",
        )
    )
    assert tip.incident.escalation == "a child is in danger"
    assert (tip.people[0].date_of_birth, tip.people[0].countries) == ("1990-03-04", ("US",))
