from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.identifiers import account
from graph.identifiers.account import account_key, key_parts
from graph.identifiers.core import IdentifierKind, IdentifierState
from graph.identifiers.providers import Provider
from tests.graph.identifiers.cleaning import cleaned, raw, refused

ACCOUNT = IdentifierKind.ACCOUNT


@pytest.mark.parametrize(
    ("provider", "service", "value", "key"),
    [
        ("Discord Inc.", None, "123456789012345678", "discord||123456789012345678"),
        ("Google LLC", "Drive", " AbC ", "google|drive|AbC"),
        ("Example Chat", "", "a|b\\c", "example-chat||a\\|b\\\\c"),
        ("Example Chat", "One|Two", "1", "example-chat|one\\|two|1"),
        ("Example Chat", None, "a\u200bb\x00", "example-chat||ab"),
    ],
)
def test_key(provider: str, service: str | None, value: str, key: str) -> None:
    assert cleaned(raw(ACCOUNT, value, provider=provider, service=service)).key == key


def test_ids_keep_their_case() -> None:
    lower = cleaned(raw(ACCOUNT, "abc", provider="Example Chat"))
    upper = cleaned(raw(ACCOUNT, "ABC", provider="Example Chat"))
    assert lower.key != upper.key


def test_case_9_one_id_on_two_providers_is_two_accounts() -> None:
    here = cleaned(raw(ACCOUNT, "12345", provider="Example Chat"))
    there = cleaned(raw(ACCOUNT, "12345", provider="Example Games"))
    assert here.key != there.key
    assert {hint.key for hint in here.hints}.isdisjoint({hint.key for hint in there.hints})


@pytest.mark.parametrize("name", ["Twitter", "Twitter, Inc.", "X Corp.", "x.com"])
def test_case_10_a_renamed_provider_keeps_its_accounts(name: str) -> None:
    assert cleaned(raw(ACCOUNT, "12345", provider=name)).key == "x||12345"


def test_case_10_instagram_and_facebook_stay_two_namespaces() -> None:
    facebook = cleaned(raw(ACCOUNT, "12345", provider="Facebook"))
    instagram = cleaned(raw(ACCOUNT, "12345", provider="Instagram, Inc."))
    by_owner = cleaned(raw(ACCOUNT, "12345", provider="Meta", service="Instagram"))
    assert facebook.key != instagram.key == by_owner.key


def test_case_11_a_salted_hash_links_but_is_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    salted = Provider(key="example-chat", name="Example Chat", salted_ids=True)
    monkeypatch.setattr(account, "namespace", lambda _name, _service: (salted, ""))
    found = cleaned(raw(ACCOUNT, "5f2c", provider="Example Chat"))
    assert found.state is IdentifierState.NORMAL
    assert found.state_reason == account.SALTED


def test_case_17_an_account_without_platform_belongs_to_no_namespace() -> None:
    found = cleaned(raw(ACCOUNT, "12345"))
    assert found.key == "unknown||12345"
    assert found.state is IdentifierState.SHARED


@pytest.mark.parametrize("value", ["0", "N/A", "null", "Unknown"])
def test_placeholders_are_stopped(value: str) -> None:
    found = cleaned(raw(ACCOUNT, value, provider="Example Chat"))
    assert found.state is IdentifierState.STOPPED


@pytest.mark.parametrize("value", ["", " \u200b\x00", "a" * 1999])
def test_rejected(value: str) -> None:
    assert refused(raw(ACCOUNT, value, provider="Example Chat")).endswith(".")


@given(st.text("a|\\ é", max_size=8), st.text("a|\\ é", max_size=8))
def test_keys_can_be_taken_apart_again(service: str, account_id: str) -> None:
    assert key_parts(account_key("example", service, account_id)) == (
        "example",
        service,
        account_id,
    )


def test_a_text_that_is_no_key_cannot_be_taken_apart() -> None:
    with pytest.raises(ValueError, match="three parts"):
        key_parts("example|1")
