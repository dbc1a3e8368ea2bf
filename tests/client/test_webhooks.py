"""What a receiver checks: genuine, fresh, and said as it was sent."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client.webhooks import TOLERANCE_S, WebhookError, verify
from graph.webhooks.keys import WebhookKey
from graph.webhooks.signing import body_of, headers_of

KEY = WebhookKey(secret=bytes(range(32)))
OLD, NEW = KEY.secret_of("a", 1), KEY.secret_of("a", 2)
AT_S = 1_790_000_000
BODY = body_of(
    notice="n1",
    kind="conflict.escalated",
    severity="urgent",
    object_ref="c1",
    at_us=AT_S * 1_000_000,
)
HEADERS = headers_of(BODY, notice="n1", secrets=[OLD], at_us=AT_S * 1_000_000)


def test_what_is_genuine_is_given() -> None:
    event = verify(BODY, HEADERS, secrets=[OLD.text], now_s=AT_S)
    assert (event.id, event.type) == ("n1", "conflict.escalated")
    assert event.timestamp.timestamp() == AT_S
    said = event.data
    assert (said.notice, said.severity) == ("n1", "urgent")
    assert (said.object, said.link) == ("c1", "/v1/conflicts/c1")
    titled = {name.title(): value for name, value in HEADERS.items()}
    assert verify(BODY, titled, secrets=[NEW.text, OLD.text], now_s=AT_S) == event


def test_a_rotation_is_no_interruption() -> None:
    both = headers_of(BODY, notice="n1", secrets=[NEW, OLD], at_us=AT_S * 1_000_000)
    for held in ([OLD.text], [NEW.text], [OLD.text, NEW.text]):
        verify(BODY, both, secrets=held, now_s=AT_S)
    with pytest.raises(WebhookError, match="No secret fits"):
        verify(BODY, HEADERS, secrets=[NEW.text], now_s=AT_S)


@pytest.mark.parametrize("late_s", [-TOLERANCE_S - 1, TOLERANCE_S + 1, 86_400])
def test_what_is_not_fresh_is_refused(late_s: int) -> None:
    verify(BODY, HEADERS, secrets=[OLD.text], now_s=AT_S + TOLERANCE_S)
    with pytest.raises(WebhookError, match="too old"):
        verify(BODY, HEADERS, secrets=[OLD.text], now_s=AT_S + late_s)


@pytest.mark.parametrize("missing", sorted(HEADERS))
def test_a_missing_header_is_refused(missing: str) -> None:
    headers = {name: value for name, value in HEADERS.items() if name != missing}
    with pytest.raises(WebhookError, match="missing"):
        verify(BODY, headers, secrets=[OLD.text], now_s=AT_S)


@given(st.sampled_from(sorted(HEADERS)), st.text(max_size=80))
def test_no_other_header_is_believed(name: str, value: str) -> None:
    if value == HEADERS[name]:
        return
    with pytest.raises(WebhookError):
        verify(BODY, {**HEADERS, name: value}, secrets=[OLD.text], now_s=AT_S)


@given(st.integers(0, len(BODY) * 8 - 1))
def test_no_bit_of_the_body_may_change(bit: int) -> None:
    changed = bytearray(BODY)
    changed[bit // 8] ^= 1 << bit % 8
    with pytest.raises(WebhookError, match="No secret fits"):
        verify(bytes(changed), HEADERS, secrets=[OLD.text], now_s=AT_S)


def test_signed_but_unknown_is_refused_in_the_same_way() -> None:
    for body in (b"", b"{}", b"[]", b"\xff"):
        headers = headers_of(body, notice="n1", secrets=[OLD], at_us=AT_S * 1_000_000)
        with pytest.raises(WebhookError, match="nothing that is known"):
            verify(body, headers, secrets=[OLD.text], now_s=AT_S)


@pytest.mark.parametrize(
    "secrets", [[], [""], ["whsec_"], ["whsec_!"], ["whsec_" + base64.b64encode(b"x").decode()]]
)
def test_a_wrong_secret_is_the_receivers_own_mistake(secrets: list[str]) -> None:
    with pytest.raises(ValueError, match=r"secret|Name"):
        verify(BODY, HEADERS, secrets=secrets, now_s=AT_S)
