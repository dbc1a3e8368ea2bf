"""Tips as JSON by hand, beside the files of `tests/data/ids`: what each states of whom."""

from __future__ import annotations

import pytest

from tests.ingest.cases.documents import capture, ids_tip
from tests.ingest.readers.said import identifiers, only_tip

_EMAIL = '{{"emails": {{"emails": [{}]}}}}'
JSON: list[tuple[str, str, list[str]]] = [
    (
        "an e-mail address",
        ids_tip("1", people=_EMAIL.format('{"value": "kim@example.org"}')),
        ["reported Email kim@example.org"],
    ),
    (
        "a bare list of them",
        ids_tip("1", people='{"emails": [{"value": "kim@example.org"}]}'),
        ["reported Email kim@example.org"],
    ),
    (
        "a text for a list",
        ids_tip("1", people='{"emails": "kim@example.org"}'),
        ["reported Email kim@example.org"],
    ),
    (
        "a missing and a null one",
        ids_tip("1", people='{"emails": null, "espUserId": "17"}'),
        ["reported Account 17"],
    ),
    (
        "case 9: a number for an account",
        ids_tip("1", people='{"espUserId": 17}'),
        ["reported Account 17"],
    ),
    (
        "case 14: a recipient is no suspect",
        ids_tip("1", more='"intendedRecipients": {"intendedRecipients": [{"espUserId": "18"}]}'),
        ["intended_recipient Account 18"],
    ),
    (
        "case 22: a mapped address",
        ids_tip("1", people="{" + capture("::ffff:198.18.0.4") + "}"),
        ["reported IpAddress ::ffff:198.18.0.4"],
    ),
    (
        "case 24: a port of a server, no time",
        ids_tip("1", people="{" + capture("198.18.0.4", port=443) + "}"),
        ["reported IpAddress 198.18.0.4"],
    ),
    (
        "two addresses of one person",
        ids_tip("1", people='{"ipAddress": ["198.18.0.4", "198.18.0.5"]}'),
        ["reported IpAddress 198.18.0.4", "reported IpAddress 198.18.0.5"],
    ),
    (
        "case 34: a look-alike name",
        ids_tip("1", people='{"screenName": {"value": "\u043aim"}}'),
        ["reported ScreenName \u043aim"],
    ),
    (
        "case 28: hash and another hash",
        ids_tip(
            "1",
            files='{"filename": "a", "verificationHash": "'
            + "a1" * 16
            + '"}, {"filename": "b", "verificationHash": "'
            + "b2" * 16
            + '"}',
        ),
        ["file FileHash " + "a1" * 16, "file FileHash " + "b2" * 16],
    ),
    ("nobody at all", ids_tip("1"), []),
]


@pytest.mark.parametrize(("text", "said"), [c[1:] for c in JSON], ids=[c[0] for c in JSON])
def test_what_a_tip_states(text: str, said: list[str]) -> None:
    found = identifiers(only_tip(text.encode()))
    assert [one for one in found if not one.startswith("reporter ")] == said
