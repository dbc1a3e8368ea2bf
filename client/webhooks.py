"""For receivers of webhooks: is a delivery genuine, is it fresh, and what does it say?

Deliveries are signed as the Standard Webhooks specification has it (HMAC-SHA-256 over id, time and
body), so that its libraries fit as well. A delivery comes at least once: keep the `id` of what was
worked on, and pass over one that is there already.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import time
from collections.abc import Mapping, Sequence
from datetime import datetime

from pydantic import BaseModel, ConfigDict, ValidationError

TOLERANCE_S = 300
"""By how much the sender's clock and the receiver's may differ: what is older may be a replay."""
_PREFIX = "whsec_"
_ID, _TIME, _SIGNATURE = "webhook-id", "webhook-timestamp", "webhook-signature"
_MOST_SIGNATURES = 10


class WebhookError(Exception):
    """A delivery is not to be believed. Answer 400, and do nothing else."""


class WebhookData(BaseModel):
    """What a notice is about. What happened is read at `link`, under the reader's own rights."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    notice: str
    severity: str
    object: str | None
    """Ref of the conflict, or key of the tip."""
    link: str
    """Under the API's address."""


class WebhookEvent(BaseModel):
    """A delivery that is genuine and fresh."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: str
    """The same each time that the same notice is delivered."""
    type: str
    """`conflict.opened` and so on; `webhook.test` of a test."""
    timestamp: datetime
    """When the notice was written."""
    data: WebhookData


class _Said(BaseModel):
    type: str
    timestamp: datetime
    data: WebhookData


def verify(
    body: bytes,
    headers: Mapping[str, str],
    *,
    secrets: Sequence[str],
    tolerance_s: int = TOLERANCE_S,
    now_s: float | None = None,
) -> WebhookEvent:
    """Give what a delivery says, once it is known to be genuine and fresh.

    `body` is as it was received, byte for byte. While a secret is rotated `secrets` holds the new
    one and the old one.

    Raises:
        WebhookError: a header is missing, no secret fits, it is too old or too new, or it says
            nothing that is known. Nothing of it is to be used.
        ValueError: there is no secret, or one is none.
    """
    keys = [_key_of(text) for text in secrets]
    if len(keys) == 0:
        raise ValueError("Name the secret that the webhook was registered with.")
    named = {name.lower(): value for name, value in headers.items()}
    try:
        notice, said_s, signatures = (named[name] for name in (_ID, _TIME, _SIGNATURE))
    except KeyError as error:
        raise WebhookError("A header of the signature is missing.") from error
    if not _is_signed(f"{notice}.{said_s}.".encode() + body, signatures, keys):
        raise WebhookError("No secret fits the signature.")
    if not (said_s.isascii() and said_s.isdigit() and len(said_s) <= 12):
        raise WebhookError("The time of the delivery is no number of seconds.")
    if abs((time.time() if now_s is None else now_s) - int(said_s)) > tolerance_s:
        raise WebhookError("The delivery is too old, or a clock is wrong.")
    try:
        said = _Said.model_validate_json(body)
    except ValidationError:
        raise WebhookError("The delivery says nothing that is known.") from None
    return WebhookEvent(id=notice, type=said.type, timestamp=said.timestamp, data=said.data)


def _is_signed(signed: bytes, signatures: str, keys: Sequence[bytes]) -> bool:
    """Say whether one of the signatures is of one of the keys; all are compared."""
    expected = [hmac.new(key, signed, hashlib.sha256).digest() for key in keys]
    fits = False
    for text in signatures.split(" ")[:_MOST_SIGNATURES]:
        version, _, encoded = text.partition(",")
        try:
            given = base64.b64decode(encoded.encode("ascii"), validate=True)
        except (binascii.Error, ValueError):
            continue
        if version == "v1":
            fits |= sum(hmac.compare_digest(given, one) for one in expected) > 0
    return fits


def _key_of(secret: str) -> bytes:
    try:
        key = base64.b64decode(secret.removeprefix(_PREFIX), validate=True)
    except (binascii.Error, ValueError) as error:
        raise ValueError("That is no secret of a webhook: it begins with whsec_.") from error
    if len(key) < 16:
        raise ValueError("That is no secret of a webhook: it is too short.")
    return key
