"""Second factors: time-based codes (RFC 6238), recovery codes, and one-time codes of enrolment."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Sequence

import pyotp
from pyotp.totp import TOTP

from graph.logon.tokens import digest_of

STEP_S = 30
_DRIFT = 1
"""Steps before and after the present one in which a code is taken (RFC 6238, 5.2)."""
RECOVERY_CODES = 10
_ISSUER = "Crosstip"
_US = 1_000_000


def new_secret() -> str:
    """Give a new secret of 160 bits (RFC 4226, 4), base 32."""
    return pyotp.random_base32(length=32)


def address_of(secret: str, user: str) -> str:
    """Give the `otpauth:` address that authenticator apps read."""
    return TOTP(secret, interval=STEP_S).provisioning_uri(name=user, issuer_name=_ISSUER)


def step_of(secret: str, code: str, *, at_us: int, after: int | None) -> int | None:
    """Give the time step that a code is of, None where it is not right or was taken before.

    `after` is the step of the last code that was taken: neither it nor an older one is taken again
    (RFC 6238, 5.2; CJIS IA-2(8)).
    """
    text = "".join(code.split())
    if len(text) != 6 or not (text.isascii() and text.isdigit()):
        return None
    totp = TOTP(secret, interval=STEP_S)
    now = at_us // _US // STEP_S
    found: int | None = None
    for step in range(now - _DRIFT, now + _DRIFT + 1):
        # All are compared, so that the time does not tell which one fits.
        if secrets.compare_digest(totp.generate_otp(step), text) and found is None:
            found = step
    return found if found is not None and (after is None or found > after) else None


def recovery_codes() -> tuple[str, ...]:
    """Give fresh recovery codes of 80 bits, for when the second factor is lost; each holds once."""
    return tuple(one_time_code(letters=16) for _ in range(RECOVERY_CODES))


def one_time_code(*, letters: int = 28) -> str:
    """Give a random code of five bits a letter, in groups of four: 140 bits."""
    text = base64.b32encode(secrets.token_bytes(5 * letters // 8 + 1)).decode("ascii")[:letters]
    return "-".join(text[start : start + 4] for start in range(0, letters, 4))


def code_digest(code: str) -> str:
    """Give what is kept of a recovery or enrolment code, however it was typed."""
    return digest_of("".join(code.upper().replace("-", " ").split()))


def without(code: str, kept: Sequence[str]) -> list[str] | None:
    """Give the recovery codes that are left when this one is used, None when it is none of them."""
    digest = code_digest(code)
    return [other for other in kept if other != digest] if digest in kept else None
