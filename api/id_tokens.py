"""ID tokens of OpenID Connect: checked against one issuer, its configured keys and this client.

The history of such libraries decides the rules, not the library: algorithms are a fixed list of
key-pair signatures (HMAC with the public key, DSA-3293), keys come from the configured set alone
(`jwk`, `jku`, `x5u`, `x5c` in a token: CVE-2026-27962), an unknown `crit` refuses (CVE-2025-59420),
and a key's own `alg` and `use` bind it (CVE-2026-48523).
"""

from __future__ import annotations

import base64
import json
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from api.key_sets import KeySets
from api.oidc_settings import OidcSettings
from graph.errors import LogOnError
from graph.services.subjects import ProvedSubject

MAX_TOKEN = 16_384
MAX_AGE_S = 600
"""A token is for the log-on that is under way, whatever its own `exp` says."""
_REFUSAL = "The identity server's token is not accepted. Begin the log-on anew."


class _Header(BaseModel):
    """A protected header: a member that is not declared here refuses the token."""

    model_config = ConfigDict(extra="forbid", strict=True)

    alg: str
    kid: str = Field(min_length=1, max_length=256)
    typ: str = "JWT"
    x5t: str | None = None
    x5t_s256: str | None = Field(default=None, alias="x5t#S256")


class _Claims(BaseModel):
    """What an ID token has to say (OpenID Connect Core 1.0, 2 and 3.1.3.7)."""

    model_config = ConfigDict(extra="ignore", strict=True)

    iss: str
    sub: str = Field(min_length=1, max_length=255)
    aud: str | list[str]
    exp: int
    iat: int
    nbf: int | None = None
    azp: str | None = None
    nonce: str = Field(min_length=20, max_length=256)
    acr: str | None = None
    amr: list[str] = Field(default_factory=list)


class IdTokens:
    """Checks ID tokens. Safe to share among threads."""

    def __init__(self, settings: OidcSettings, keys: KeySets) -> None:
        """Take whom to believe, and the keys that are known of it."""
        self._settings = settings
        self._keys = keys

    def check(self, token: str, *, now_s: int) -> ProvedSubject:
        """Give whom a token is about.

        Raises:
            LogOnError: it is not a token of the issuer for this client, now, with a second factor.
        """
        header = self._header(token)
        if header.alg not in self._settings.algorithms:
            raise _refused("algorithm")
        key = self._keys.key(header.kid)
        if key is None:
            raise _refused("key")
        stated = key.as_dict(private=False)
        if stated.get("use", "sig") != "sig" or stated.get("alg", header.alg) != header.alg:
            raise _refused("use of the key")
        try:
            decoded = jwt.decode(token, key, algorithms=[header.alg])
            claims = _Claims.model_validate(decoded.claims)
        except (JoseError, ValueError, TypeError, ValidationError) as error:
            raise _refused("signature or claims") from error
        self._check_claims(claims, now_s)
        return ProvedSubject(issuer=claims.iss, subject=claims.sub, nonce=claims.nonce)

    def _header(self, token: str) -> _Header:
        parts = token.split(".")
        if len(token) > MAX_TOKEN or len(parts) != 3 or not all(parts):
            raise _refused("form")
        try:
            raw = base64.urlsafe_b64decode(parts[0] + "=" * (-len(parts[0]) % 4))
            header = _Header.model_validate(json.loads(raw, object_pairs_hook=_once_each))
        except (ValueError, ValidationError) as error:
            raise _refused("header") from error
        if header.typ.upper() != "JWT":
            raise _refused("kind of token")
        return header

    def _check_claims(self, claims: _Claims, now_s: int) -> None:
        skew_s, client = self._settings.skew_s, self._settings.client_id
        audience = [claims.aud] if isinstance(claims.aud, str) else claims.aud
        checks = {
            "issuer": claims.iss == self._settings.issuer,
            "audience": client in audience,
            "authorised party": claims.azp == client or (claims.azp is None and len(audience) == 1),
            "expiry": now_s < claims.exp + skew_s,
            "age": now_s - MAX_AGE_S - skew_s <= claims.iat <= now_s + skew_s,
            "not before": claims.nbf is None or claims.nbf <= now_s + skew_s,
            "second factor": claims.acr in self._settings.acr_values
            or not set(claims.amr).isdisjoint(self._settings.amr_values),
        }
        wrong = [name for name, is_right in checks.items() if not is_right]
        if len(wrong) > 0:
            raise _refused(", ".join(wrong))


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Give an object; one that names a member twice means two things (RFC 8725, 2.4)."""
    if len({name for name, _ in pairs}) < len(pairs):
        raise ValueError("a member is named twice")
    return dict(pairs)


def _refused(why: str) -> LogOnError:
    """Give the error. What is wrong is the identity server's affair or an attacker's."""
    return LogOnError(f"{_REFUSAL} (Not as it must be: {why}.)")
