"""The public keys of the identity server: from the configured place, and from nowhere else."""

from __future__ import annotations

import ssl
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit

import httpx
from joserfc.jwk import ECKey, KeySet, OKPKey, RSAKey
from pydantic import BaseModel, ValidationError

from graph.errors import SettingsError, StoreUnavailableError

PublicKey = RSAKey | ECKey | OKPKey
_FRESH_S = 3600.0
_AGAIN_S = 60.0
_MAX_BYTES = 262_144
_MIN_RSA_BITS = 2048


class _Keys(BaseModel):
    keys: list[dict[str, str | list[str]]]


class KeySets:
    """Keeps the keys for an hour; looks again for an unknown one, once a minute at most."""

    def __init__(self, place: str, *, ca: Path | None = None) -> None:
        """Take the `https://` address or the path of a file; nothing is read of it yet.

        `ca` are the certificates that the address's has to be signed by, where it is not a public
        authority's.

        Raises:
            SettingsError: it is another kind of address, or `ca` holds no certificates.
        """
        if "://" in place and urlsplit(place).scheme != "https":
            raise SettingsError("CROSSTIP_OIDC_JWKS is an https:// address or the path of a file.")
        self._place = place
        self._trust = _trust(ca)
        self._lock = threading.Lock()
        self._keys: dict[str, PublicKey] = {}
        self._read_s = -_FRESH_S

    def key(self, kid: str) -> PublicKey | None:
        """Give the key of that name, None when the identity server has none.

        Raises:
            StoreUnavailableError: the keys cannot be read, so nothing can be said.
        """
        with self._lock:
            age_s = time.monotonic() - self._read_s
            if age_s >= _FRESH_S or (kid not in self._keys and age_s >= _AGAIN_S):
                self._keys = _usable(self._read())
                self._read_s = time.monotonic()
            return self._keys.get(kid)

    def _read(self) -> bytes:
        try:
            if not self._place.startswith("https://"):
                return Path(self._place).read_bytes()[: _MAX_BYTES + 1]
            with httpx.Client(
                verify=self._trust, trust_env=False, follow_redirects=False, timeout=5.0
            ) as http:
                answer = http.get(self._place)
        except (OSError, httpx.HTTPError) as error:
            raise StoreUnavailableError("The identity server's keys cannot be read.") from error
        if answer.status_code != httpx.codes.OK:
            raise StoreUnavailableError("The identity server does not give its keys.")
        return answer.content


def _trust(ca: Path | None) -> ssl.SSLContext | bool:
    if ca is None:
        return True
    try:
        return ssl.create_default_context(cafile=str(ca))
    except (OSError, ssl.SSLError) as error:
        raise SettingsError("CROSSTIP_OIDC_CA is no file of certificates (PEM).") from error


def _usable(content: bytes) -> dict[str, PublicKey]:
    """Give the keys that may check signatures, by name; secrets and weak ones are left out."""
    if len(content) > _MAX_BYTES:
        raise StoreUnavailableError("The identity server's set of keys is too large.")
    try:
        listed = _Keys.model_validate_json(content).keys
    except ValidationError as error:
        raise StoreUnavailableError("The identity server's set of keys is none.") from error
    found: dict[str, PublicKey] = {}
    for stated in listed:
        if stated.get("kty") not in ("RSA", "EC", "OKP") or "d" in stated:
            continue
        try:
            (key,) = KeySet.import_key_set({"keys": [stated]}).keys
        except (ValueError, TypeError, KeyError):
            continue
        kid = stated.get("kid")
        if isinstance(kid, str) and isinstance(key, PublicKey) and _is_strong(key):
            # Two keys under one name: neither is the one that is meant.
            found = {name: other for name, other in found.items() if name != kid} | (
                {} if kid in found else {kid: key}
            )
    return found


def _is_strong(key: PublicKey) -> bool:
    return not isinstance(key, RSAKey) or key.public_key.key_size >= _MIN_RSA_BITS
