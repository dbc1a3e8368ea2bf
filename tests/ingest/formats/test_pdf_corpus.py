"""PDFs of the case tool with the oddities of `domain.md`: what each says, line by line."""

from __future__ import annotations

import pytest

from tests.ingest.formats.printed import read, report
from tests.ingest.readers.said import identifiers

MD5 = "0123456789abcdef0123456789abcdef"
SAID: list[tuple[str, tuple[str, ...], list[str]]] = [
    (
        "screen name of a suspect",
        ("# Suspect", "Screen/User Name: kim_01"),
        ["reported ScreenName kim_01"],
    ),
    (
        "the other heading for a suspect",
        ("# User or Person Being Reported", "Screen/User Name: kim_01"),
        ["reported ScreenName kim_01"],
    ),
    (
        "a second suspect is another person",
        ("# Suspect", "ESP User ID: 17", "# Suspect (2)", "ESP User ID: 18"),
        ["reported Account 17", "reported Account 18"],
    ),
    (
        "case 13: a child keeps its role",
        ("# Child Victim", "Email Address: kim@example.org"),
        ["victim Email kim@example.org"],
    ),
    (
        "case 14: a recipient is no suspect",
        ("# Intended Recipient", "Phone: +1 555 010 0123"),
        ["intended_recipient Phone +1 555 010 0123"],
    ),
    (
        "case 12: who complains is no suspect",
        ("# Reporting Person", "Email Address: lee@example.org"),
        ["reporter Email lee@example.org"],
    ),
    (
        "a parent keeps the role",
        ("# Parent/Guardian", "Email Address: lee@example.org"),
        ["parent_guardian Email lee@example.org"],
    ),
    (
        "case 18: a provider's contacts are no identifiers",
        (
            "# Reporting Electronic Service Provider (ESP)",
            "Submitter: Example Social",
            "Point of Contact for Law Enforcement: lawenforcement@example.com +1 555 010 0100",
            "# Company Information",
            "Send process to legal@example.com",
        ),
        [],
    ),
    (
        "a verified number",
        ("# Suspect", "Mobile Phone: +15550100123 (Verified 01-02-2026 03:04:05 UTC)"),
        ["reported Phone +15550100123"],
    ),
    (
        "a log-in in one line",
        ("# Suspect", "IP Address: 198.18.0.4 (Login) 01-02-2026 03:04:05 UTC"),
        ["reported IpAddress 198.18.0.4"],
    ),
    (
        "a log-in with its time below",
        ("# Suspect", "IP Address: 198.18.0.4 (Login)", "> 01-02-2026 03:04:05 UTC"),
        ["reported IpAddress 198.18.0.4"],
    ),
    (
        "an address without anything, case 24",
        ("# Suspect", "IP Address: 198.18.0.4"),
        ["reported IpAddress 198.18.0.4"],
    ),
    (
        "an IPv6 address broken over two lines",
        (
            "# Suspect",
            "b Source Information: Type Value Event Date/Time",
            "> IP Address 2001:db8:1111:2222:3333:4444:",
            "> 5555:6666 Login 01-02-2026 03:04:05 UTC",
        ),
        ["reported IpAddress 2001:db8:1111:2222:3333:4444:5555:6666"],
    ),
    (
        "several captures",
        (
            "# Suspect",
            "b Source Information: Type Value Event Date/Time",
            "> IP Address 198.18.0.4 Login 01-02-2026 03:04:05 UTC",
            "> IP Address 198.18.0.5 Registration port 40123 01-02-2026 03:04:05 UTC",
        ),
        ["reported IpAddress 198.18.0.4", "reported IpAddress 198.18.0.5"],
    ),
    (
        "a profile",
        ("# Suspect", "Profile URL: https://social.example/u/kim"),
        ["reported Url https://social.example/u/kim"],
    ),
    (
        "an address of a page broken over two lines",
        ("# Webpage/URL", "Webpage/URL: https://social.example/a-very-long-", "> path/of/a/page"),
        ["mentioned Url https://social.example/a-very-long-path/of/a/page"],
    ),
    (
        "an e-mail address broken over two lines",
        ("# Suspect", "Email Address: a.very.long.name@mail.", "> example.org (Verified)"),
        ["reported Email a.very.long.name@mail.example.org"],
    ),
    (
        "a screen name broken over two lines",
        ("# Suspect", "b Screen/User Name: a_name_that_goes_", "> on_and_on"),
        ["reported ScreenName a_name_that_goes_on_and_on"],
    ),
    (
        "nothing was provided",
        ("# Suspect", "Email Address: (Information Not Provided by Company)", "Gender: Male"),
        [],
    ),
    (
        "a hash of a file",
        ("# Uploaded File Information", "Filename: a.jpg", f"MD5: {MD5}", "Submittal ID: f1"),
        [f"file FileHash {MD5}"],
    ),
    (
        "a hash broken over two lines",
        ("# Uploaded File Information", "Filename: a.jpg", f"b MD5: {MD5[:20]}", f"> {MD5[20:]}"),
        [f"file FileHash {MD5}"],
    ),
    (
        "case 28: another hash of the file as uploaded",
        (
            "# Uploaded File Information",
            "Filename: a.jpg",
            f"MD5: {MD5}",
            f"Original Binary Hash of File (MD5): {MD5[::-1]}",
        ),
        [f"file FileHash {MD5}", f"file FileHash {MD5[::-1]}"],
    ),
    (
        "labels without case, with blanks",
        ("# SUSPECT", "screen name : kim_01", "EMAIL ADDRESS: kim@example.org"),
        ["reported ScreenName kim_01", "reported Email kim@example.org"],
    ),
    (
        "a remark below a name is not the name's end",
        ("# Suspect", "Screen/User Name: kim_01", "(See Section B for further information)"),
        ["reported ScreenName kim_01"],
    ),
    (
        "a user name that looks like a label",
        ("# Suspect", "Screen/User Name: Email: kim"),
        ["reported ScreenName Email: kim"],
    ),
    (
        "a device",
        ("# Suspect", "IMEI: 490154203237518"),
        ["reported Device 490154203237518"],
    ),
    (
        "case 23: a private address is stated all the same",
        ("# Suspect", "IP Address: 10.0.0.4 (Login) 01-02-2026 03:04:05 UTC"),
        ["reported IpAddress 10.0.0.4"],
    ),
    (
        "a file's name broken over two lines, and the hash below it",
        (
            "# Uploaded File Information",
            "b Filename: a_name_that_goes_",
            "> on.jpg",
            f"b MD5: {MD5}",
        ),
        [f"file FileHash {MD5}"],
    ),
    (
        "files whose hashes stand before their names",
        (
            "# Uploaded File Information",
            f"MD5: {MD5}",
            "Filename: a.jpg",
            f"MD5: {MD5[::-1]}",
            "Filename: b.jpg",
        ),
        [f"file FileHash {MD5}", f"file FileHash {MD5[::-1]}"],
    ),
    (
        "who stands below a heading that nobody knows is not the suspect",
        ("# Suspect", "ESP User ID: 17", "# Bystander", "Email Address: lee@example.org"),
        ["reported Account 17"],
    ),
    (
        "case 34: a look-alike name keeps its letters",
        ("# Suspect", "Screen/User Name: \u043aim_01"),
        ["reported ScreenName \u043aim_01"],
    ),
    (
        "case 33: a number without its country",
        ("# Suspect", "Phone: 555-0123"),
        ["reported Phone 555-0123"],
    ),
    (
        "section D names the officer, who is nobody's account",
        (
            "# Suspect",
            "ESP User ID: 17",
            "# Section D: Law Enforcement Contact Information",
            "Phone: +1 555 010 0199",
        ),
        ["reported Account 17"],
    ),
]


@pytest.mark.parametrize(("lines", "said"), [c[1:] for c in SAID], ids=[c[0] for c in SAID])
def test_what_a_report_states(lines: tuple[str, ...], said: list[str]) -> None:
    assert identifiers(read(report(*lines))) == said
