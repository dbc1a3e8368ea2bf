"""Forged ID tokens: everything that is nearly the token of a log-on, and is not."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from joserfc import jws, jwt
from joserfc.jwk import ECKey, RSAKey

ISSUER = "https://id.example.org/realms/police"
CLIENT = "crosstip"
Claims = dict[str, Any]


@dataclass(frozen=True, slots=True)
class IdentityServer:
    """Keys of an identity server, and of somebody who would like to be it."""

    rsa: RSAKey
    ec: ECKey
    other: RSAKey
    weak: RSAKey

    @classmethod
    def new(cls) -> IdentityServer:
        """Make all keys."""
        return cls(
            RSAKey.generate_key(2048, {"kid": "rsa"}),
            ECKey.generate_key("P-256", {"kid": "ec"}),
            RSAKey.generate_key(2048, {"kid": "rsa"}),
            RSAKey.generate_key(1024, {"kid": "weak"}),
        )

    def key_set(self) -> str:
        """Give what it publishes; one key is for encryption, one too short, one no key pair."""
        keys = [
            {**self.rsa.as_dict(private=False), "use": "sig", "alg": "RS256"},
            {**self.ec.as_dict(private=False), "use": "sig"},
            self.weak.as_dict(private=False),
        ]
        keys.append({**self.other.as_dict(private=False), "kid": "enc", "use": "enc"})
        keys.append({"kty": "oct", "kid": "oct", "k": text(b"k" * 32)})
        return json.dumps({"keys": keys})

    def token(self, claims: Claims, *, key: RSAKey | ECKey | None = None, **header: Any) -> str:
        """Give a signed token."""
        chosen = key if key is not None else self.rsa
        alg = "ES256" if isinstance(chosen, ECKey) else "RS256"
        stated = {"alg": alg, "kid": chosen.kid, **header}
        registry = jws.JWSRegistry(strict_check_header=False, algorithms=[str(stated["alg"])])
        return jwt.encode(stated, claims, chosen, registry=registry)


def good(nonce: str) -> Claims:
    """Give the claims of a token that is accepted."""
    now = int(time.time())
    return {
        "iss": ISSUER,
        "sub": "f3a1c2",
        "aud": CLIENT,
        "exp": now + 300,
        "iat": now,
        "nonce": nonce,
        "amr": ["pwd", "mfa"],
    }


def text(raw: bytes) -> str:
    """Give bytes in base 64 for addresses, without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def by_hand(header: Mapping[str, Any] | str, claims: Claims, signature: bytes) -> str:
    """Give a token with any header."""
    raw = header if isinstance(header, str) else json.dumps(header)
    return f"{text(raw.encode())}.{text(json.dumps(claims).encode())}.{text(signature)}"


def signed_by_hmac(claims: Claims, secret: bytes) -> str:
    """Give a token with HMAC over the public key, as in DSA-3293."""
    token = by_hand({"alg": "HS256", "kid": "rsa"}, claims, b"")
    head = token.rpartition(".")[0]
    return f"{head}.{text(hmac.new(secret, head.encode(), hashlib.sha256).digest())}"


def forged(server: IdentityServer, nonce: str) -> dict[str, str]:
    """Give every forgery by what is wrong with it; each has a nonce that is waited for."""
    claims = good(nonce)
    real = server.token(claims)
    head, body, signature = real.split(".")
    own = {"jwk": server.other.as_dict(private=False)}
    pem = server.rsa.as_pem(private=False)
    found = {
        "no algorithm": by_hand({"alg": "none", "kid": "rsa"}, claims, b"x"),
        "no signature": f"{head}.{body}.",
        "no algorithm in other letters": by_hand({"alg": "NoNe", "kid": "rsa"}, claims, b"x"),
        "HMAC with the public key (DSA-3293)": signed_by_hmac(claims, pem),
        "HMAC with the set's secret": signed_by_hmac(claims, b"k" * 32),
        "another key under its name": server.token(claims, key=server.other),
        "own key in jwk (CVE-2026-27962)": server.token(claims, key=server.other, **own),
        "own key in jwk, its name too": server.token(claims, key=server.other, kid="mine", **own),
        "jku": server.token(claims, jku="https://evil.example/keys"),
        "x5u": server.token(claims, x5u="https://evil.example/cert"),
        "x5c": server.token(claims, x5c=["AAAA"]),
        "unknown crit (CVE-2025-59420)": by_hand(
            {"alg": "RS256", "kid": "rsa", "crit": ["bork"], "bork": 1}, claims, b"x"
        ),
        "b64": by_hand({"alg": "RS256", "kid": "rsa", "b64": False}, claims, b"x"),
        "no kid": by_hand({"alg": "RS256"}, claims, b"x"),
        "unknown kid": server.token(claims, kid="../../etc/passwd"),
        "key for encryption": server.token(claims, key=server.other, kid="enc"),
        "secret as a key pair": by_hand({"alg": "RS256", "kid": "oct"}, claims, b"x" * 256),
        "algorithm of the same key, not in the list": server.token(claims, alg="RS512"),
        "algorithm that the key is not for (CVE-2026-48523)": server.token(claims, alg="PS256"),
        "algorithm of another kind of key": by_hand({"alg": "ES256", "kid": "rsa"}, claims, b"x"),
        "access token": server.token(claims, typ="at+jwt"),
        "algorithm named twice": by_hand('{"alg":"none","alg":"RS256","kid":"rsa"}', claims, b"x"),
        "claims changed": f"{head}.{text(json.dumps({**claims, 'sub': 'admin'}).encode())}."
        f"{signature}",
        "signature cut": real[:-8],
        "a fourth part": f"{real}.x",
        "encrypted form": f"{real}.x.y",
        "nothing": "",
        "no token at all": "a.b.c",
        "not ASCII": "ü.ü.ü",
    }
    return found | {name: server.token(made) for name, made in wrong_claims(claims).items()}


def wrong_claims(claims: Claims) -> dict[str, Claims]:
    """Give claims that the server signed and that must not be accepted, by what is wrong."""
    now = claims["iat"]
    return {
        "another issuer": {**claims, "iss": "https://id.example.org/realms/other"},
        "issuer with a slash": {**claims, "iss": f"{ISSUER}/"},
        "another audience": {**claims, "aud": "other"},
        "audience that begins alike": {**claims, "aud": "crosstip2"},
        "two audiences, no party": {**claims, "aud": [CLIENT, "other"]},
        "another party": {**claims, "azp": "other"},
        "over": {**claims, "exp": now - 61},
        "no end": {name: value for name, value in claims.items() if name != "exp"},
        "end as text": {**claims, "exp": "9999999999"},
        "not yet": {**claims, "nbf": now + 120},
        "made tomorrow": {**claims, "iat": now + 86_400, "exp": now + 90_000},
        "made long ago": {**claims, "iat": now - 86_400, "exp": now + 86_400},
        "no nonce": {name: value for name, value in claims.items() if name != "nonce"},
        "another nonce": {**claims, "nonce": "n" * 43},
        "no subject": {**claims, "sub": ""},
        "subject as a number": {**claims, "sub": 1},
        "no second factor": {**claims, "amr": ["pwd"]},
        "nothing on factors": {name: value for name, value in claims.items() if name != "amr"},
        "factor as text": {**claims, "amr": "mfa"},
        "subject that is nobody here": {**claims, "sub": "f3a1c3"},
    }
