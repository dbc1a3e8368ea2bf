"""By which beginnings an identifier is suggested."""

from __future__ import annotations

import pytest

from graph.identifiers.beginnings import beginnings, typed_beginnings


@pytest.mark.parametrize(
    ("kind", "key", "typed"),
    [
        ("Email", "dark.fox@example.com", "Dark.F"),
        ("Phone", "+12025550123", "(202) 555"),
        ("Phone", "+12025550123", "+1 202"),
        ("Phone", "+442079460123", "4420"),
        ("Account", "chatterbox|main|fox_77", "fox_"),
        ("ScreenName", "chatterbox|foxy", "@FOX"),
        ("FileHash", "md5:0123456789abcdef0123456789abcdef", "0123456"),
        ("FileHash", "md5:0123456789abcdef0123456789abcdef", "md5:01"),
        ("Device", "imei:490154203237518", "4901"),
        ("Url", "https://www.host.example/x", "host.ex"),
        ("IpAddress", "198.18.0.7", "198.18"),
    ],
)
def test_an_identifier_is_found_by_what_people_type(kind: str, key: str, typed: str) -> None:
    texts = typed_beginnings(typed)
    assert any(each.startswith(text) for each in beginnings(kind, key) for text in texts)


def test_another_beginning_is_none() -> None:
    held = beginnings("Email", "dark.fox@x.example")
    assert not any(each.startswith(text) for each in held for text in typed_beginnings("fox"))


@pytest.mark.parametrize("typed", ["", " ", "a", "@", "http://", "+"])
def test_what_is_too_short_is_the_beginning_of_nothing(typed: str) -> None:
    assert [text for text in typed_beginnings(typed) if text != typed] == []
    assert "" not in typed_beginnings(typed)
