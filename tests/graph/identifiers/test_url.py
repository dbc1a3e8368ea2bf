from __future__ import annotations

import pytest

from graph.identifiers.core import IdentifierKind, IdentifierState
from tests.graph.identifiers.cleaning import REAL, cleaned, hints, raw, refused

URL = IdentifierKind.URL


@pytest.mark.parametrize(
    ("value", "key"),
    [
        ("HTTPS://Files.Example.com/Path/Å?B=1#part", "https://files.example.com/Path/%C3%85?B=1"),
        ("http://files.example.com:80", "http://files.example.com/"),
        ("https://files.example.com:8443/", "https://files.example.com:8443/"),
        ("files.example.com/x", "https://files.example.com/x"),
        ("//files.example.com/x", "https://files.example.com/x"),
        ("https://bücher.example/x", "https://xn--bcher-kva.example/x"),
        ("http://files.example.com/%7euser%2fx", "http://files.example.com/~user%2Fx"),
        ("http://files.example.com/100%", "http://files.example.com/100%25"),
        ("https://a.example/?utm_source=x&id=7&fbclid=y", "https://a.example/?id=7"),
        ("https://a.example/?fbclid=y", "https://a.example/"),
        ("https://a.example/?s=20", "https://a.example/?s=20"),
        ("https://x.com/some_one/status/1?s=20&t=abc", "https://x.com/some_one/status/1"),
        ("https://user:secret@a.example/", "https://a.example/"),
        ("ftp://user:secret@a.example/f", "ftp://user@a.example/f"),
        ("hxxps://a[.]example/x", "https://a.example/x"),
        ("http://[2001:DB8:0::1]:8080/x", "http://[2001:db8::1]:8080/x"),
        ("http://abcdefghij234567.onion/x", "http://abcdefghij234567.onion/x"),
        ("http://a\u202e.example/\u200bx", "http://a.example/x"),
        (
            "magnet:?dn=name&xt=urn:btih:CH3K3DWFFIUYJK5K7V6DWULFAN4FYIDS&tr=http://a.example",
            "magnet:?xt=urn:btih:11f6ad8ec52a2984abaafd7c3b516503785c2072",
        ),
    ],
)
def test_key(value: str, key: str) -> None:
    assert cleaned(raw(URL, value)).key == key


@pytest.mark.parametrize(
    "value",
    ["", "word", "two words.example", "http://", "http:///x", "http:a.example",
     "user@example.com", "mailto:user@example.com", "javascript:alert(1)", "http://1.2.3/x",
     "data:image/png;base64,AAAA", "file:///etc/hosts", "magnet:?dn=x", "http://[::1",
     "http://a.example/" + "x" * 3000],
)  # fmt: skip
def test_rejected(value: str) -> None:
    assert refused(raw(URL, value)).endswith(".")


@pytest.mark.parametrize(
    ("value", "scheme", "key"),
    [
        ("https://www.instagram.com/Some_One/", "profile-screen-name", "instagram|some_one"),
        ("https://twitter.com/Some_One/status/12", "profile-screen-name", "x|some_one"),
        ("https://facebook.com/profile.php?ref=a&id=100012345", "profile-account",
         "facebook||100012345"),
        ("https://m.facebook.com/100012345", "profile-account", "facebook||100012345"),
        ("https://www.tiktok.com/@some.one?lang=en", "profile-screen-name", "tiktok|some.one"),
        ("https://discord.com/users/123456789012345678", "profile-account",
         "discord||123456789012345678"),
        ("reddit.com/u/Some_One", "profile-screen-name", "reddit|some_one"),
    ],
)  # fmt: skip
def test_profile_addresses_lead_to_the_account(value: str, scheme: str, key: str) -> None:
    assert hints(cleaned(raw(URL, value)))[scheme] == key


def test_a_profile_hint_is_the_key_that_the_name_itself_gets() -> None:
    name = cleaned(raw(IdentifierKind.SCREEN_NAME, "@Some_Öne", provider="Instagram, Inc."))
    url = cleaned(raw(URL, "https://instagram.com/some_%C3%B6ne"))
    assert hints(url)["profile-screen-name"] == name.key


@pytest.mark.parametrize(
    "value",
    ["https://instagram.com/explore", "https://instagram.com/p/AbC", "https://t.me/+abcdef",
     "https://a.example/some_one", "https://x.com/i/flow/login"],
)  # fmt: skip
def test_other_pages_of_a_platform_are_no_profiles(value: str) -> None:
    assert set(hints(cleaned(raw(URL, value)))) == {"any-scheme"}


def test_http_and_https_meet_in_a_hint() -> None:
    plain = cleaned(raw(URL, "http://www.a.example/x"))
    secure = cleaned(raw(URL, "https://a.example/x"))
    assert plain.key != secure.key
    assert hints(plain)["any-scheme"] == hints(secure)["any-scheme"] == "a.example/x"


@pytest.mark.parametrize(
    ("value", "state"),
    [
        ("https://www.facebook.com/", IdentifierState.SHARED),
        ("https://bit.ly", IdentifierState.SHARED),
        ("https://bit.ly/AbC12", IdentifierState.NORMAL),
        ("https://drive.google.com/file/d/AbC12", IdentifierState.NORMAL),
        ("https://fonts.googleapis.com/css?family=x", IdentifierState.SHARED),
        ("http://192.168.0.1/login", IdentifierState.SHARED),
        ("http://localhost:8000/", IdentifierState.STOPPED),
        ("https://report.cybertip.org/ispws/x", IdentifierState.STOPPED),
        ("https://www.facebook.com/records/login", IdentifierState.STOPPED),
    ],
)
def test_addresses_that_are_everybodys(value: str, state: IdentifierState) -> None:
    assert cleaned(raw(URL, value)).state is state


@pytest.mark.parametrize("value", ["https://example.com/x", "http://198.18.0.1/x"])
def test_reserved_hosts_are_public_in_a_synthetic_store_only(value: str) -> None:
    assert cleaned(raw(URL, value)).state is IdentifierState.NORMAL
    assert cleaned(raw(URL, value), REAL).state is IdentifierState.STOPPED
