"""Secrets follow from the key, and signatures are those of the Standard Webhooks specification."""

from __future__ import annotations

import base64
import json
import os
from pathlib import Path

import pytest

from graph.errors import SettingsError
from graph.webhooks.keys import Secret, WebhookKey, load_key, load_or_create_key
from graph.webhooks.signing import body_of, headers_of

KEY = WebhookKey(secret=bytes(range(32)))


def test_the_specification_s_own_example() -> None:
    secret = Secret(base64.b64decode("plJ3nmyCDGBKInavdOK15jsl"))
    body = b'{"event_type":"ping","data":{"success":true}}'
    headers = headers_of(
        body, notice="msg_loFOjxBNrRLzqYUf", secrets=[secret], at_us=1_731_705_121_999_999
    )
    assert headers == {
        "webhook-id": "msg_loFOjxBNrRLzqYUf",
        "webhook-timestamp": "1731705121",
        "webhook-signature": "v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=",
    }


def test_as_the_library_of_the_specification_signs() -> None:
    """Made by `standardwebhooks` 1.1.0 with the secret's text."""
    secret = KEY.secret_of("a" * 32, 1)
    assert secret.text == "whsec_1wPpFlZHspUF3s0eIrcZHFALY1okZGwBA1ib6jz/FUc="
    body = body_of(
        notice="b" * 32,
        kind="conflict.opened",
        severity="urgent",
        object_ref="c" * 32,
        at_us=1_790_000_000_000_000,
    )
    headers = headers_of(body, notice="b" * 32, secrets=[secret], at_us=1_790_000_060_000_000)
    assert headers["webhook-signature"] == "v1,jK+RgtvLy9rzz0gaH96/KZ+nNwfzTEhr4I6MtzH4F3Q="


def test_each_webhook_and_generation_has_a_secret_of_its_own() -> None:
    other = WebhookKey(secret=bytes(32))
    made = [
        key.secret_of(ref, number).text
        for key in (KEY, other)
        for ref in ("a", "b")
        for number in (1, 2, 12)
    ]
    assert len(set(made)) == len(made)
    assert all(len(base64.b64decode(text.removeprefix("whsec_"))) == 32 for text in made)
    shown = repr(KEY) + repr(KEY.secret_of("a", 1))
    assert KEY.secret.hex() not in shown
    assert "\\x" not in shown


def test_a_body_names_records_and_nothing_else() -> None:
    def link(kind: str, ref: str | None) -> str:
        body = body_of(notice="n", kind=kind, severity="high", object_ref=ref, at_us=1_000_000)
        said = json.loads(body)
        assert set(said) == {"type", "timestamp", "data"}
        assert set(said["data"]) == {"notice", "severity", "object", "link"}
        return str(said["data"]["link"])

    assert link("conflict.message", "c") == "/v1/conflicts/c"
    assert link("tip.named", "ncmec:1") == "/v1/tips/ncmec:1"
    assert link("webhook.test", None) == "/v1/notifications"


def test_the_key_is_a_file_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "webhooks.key"
    with pytest.raises(SettingsError, match="needs a copy"):
        load_key(path)
    made = load_or_create_key(path)
    assert load_or_create_key(path) == made == load_key(path)
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o640)
    with pytest.raises(SettingsError, match="open to other users"):
        load_key(path)
    path.chmod(0o600)
    os.truncate(path, 30)
    with pytest.raises(SettingsError, match="damaged"):
        load_or_create_key(path)
