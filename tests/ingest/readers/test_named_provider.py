"""Whom a document names that could not be taken in."""

from __future__ import annotations

import json

import pytest

from ingest.readers.named_provider import named_provider


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('{"reportedInformation": {"reportingEsp": {"espName": "Acme Chat"}}}', "Acme Chat"),
        (
            '{"reportId": 1, "reportedInformation": {"reportingEsp": {"espName" : "Acme", "em',
            "Acme",
        ),
        ('{"crosstip": "tip/1", "provider": " Acm\\u00e9 "}', "Acm\u00e9"),
        ('{"provider": "Acme", "files": [{"provider": "Acme"}]}', "Acme"),
        ('{"provider": "Acme", "accounts": [{"provider": "Other"}]}', None),
        ('{"provider": "  "}', None),
        ('{"provider": "\\ud800"}', None),
        ('{"provider": 7}', None),
        ("<report><reporter/></report>", None),
        ("", None),
    ],
)
def test_the_one_that_is_named(text: str, named: str | None) -> None:
    assert named_provider(text.encode()) == named


def test_a_long_name_is_cut_and_a_far_one_is_not_looked_for() -> None:
    assert named_provider(json.dumps({"provider": "x" * 500}).encode()) == "x" * 200
    assert named_provider(b" " * (1 << 20) + b'{"provider": "Acme"}') is None
