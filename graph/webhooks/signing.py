"""Bodies and signatures of webhooks, as the Standard Webhooks specification has them.

`standardwebhooks` 1.1.0 makes the same signatures; it is not used, as its check knows one secret
and one tolerance and fails with other errors than its own on a malformed header (decision 26).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Sequence

from graph.clock import iso
from graph.webhooks.keys import Secret

ID, TIMESTAMP, SIGNATURE = "webhook-id", "webhook-timestamp", "webhook-signature"
_CONFLICT, _TIP = "conflict.", "tip."
_US = 1_000_000


def body_of(*, notice: str, kind: str, severity: str, object_ref: str | None, at_us: int) -> bytes:
    """Give what a delivery says: names, kind and time, nothing of what happened to whom.

    It is the same, byte for byte, each time that it is tried. The number of the notice is not in
    it: it counts those of both sides.
    """
    said = {
        "type": kind,
        "timestamp": iso(at_us),
        "data": {
            "notice": notice,
            "severity": severity,
            "object": object_ref,
            "link": _link(kind, object_ref),
        },
    }
    return json.dumps(said, ensure_ascii=True, separators=(",", ":")).encode("ascii")


def headers_of(
    body: bytes, *, notice: str, secrets: Sequence[Secret], at_us: int
) -> dict[str, str]:
    """Give the headers that prove who sent a body, and when; one signature for each secret."""
    at_s = str(at_us // _US)
    signed = f"{notice}.{at_s}.".encode("ascii") + body
    made = [hmac.new(secret.raw, signed, hashlib.sha256).digest() for secret in secrets]
    signatures = " ".join(f"v1,{base64.b64encode(digest).decode('ascii')}" for digest in made)
    return {ID: notice, TIMESTAMP: at_s, SIGNATURE: signatures}


def _link(kind: str, object_ref: str | None) -> str:
    """Give where more is to be read, under the API's own address and the reader's own rights."""
    if object_ref is not None and kind.startswith(_CONFLICT):
        return f"/v1/conflicts/{object_ref}"
    if object_ref is not None and kind.startswith(_TIP):
        return f"/v1/tips/{object_ref}"
    return "/v1/notifications"
