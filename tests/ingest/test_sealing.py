"""Sealing: what was sealed comes back only whole, and only as what it was sealed as."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.sealing import OVERHEAD, DamagedSealError, SealError, WrongKeyError, seal, unseal
from ingest.vault_key import VaultKey

_KEY = VaultKey(secret=b"k" * 32)


def test_equal_data_is_sealed_differently_each_time() -> None:
    sealed = {seal(_KEY, b"data", context=b"") for _ in range(100)}

    assert len({each[16:28] for each in sealed}) == 100


@given(st.binary(max_size=80), st.integers(0, 80))
@settings(max_examples=100)
def test_a_cut_or_foreign_object_is_noticed(data: bytes, cut: int) -> None:
    sealed = seal(_KEY, data, context=b"here")

    assert unseal(_KEY, sealed, context=b"here", what="it") == data
    for bad in (sealed[:cut], sealed + b"\0", data):
        if bad != sealed:
            with pytest.raises(SealError, match="it "):
                unseal(_KEY, bad, context=b"here", what="it")
    with pytest.raises(DamagedSealError):
        unseal(_KEY, sealed, context=b"there", what="it")


def test_the_layout_is_the_one_that_is_documented() -> None:
    sealed = seal(_KEY, b"data", context=b"context")

    assert len(sealed) == len(b"data") + OVERHEAD
    assert sealed[:16] == b"CTSEAL1\0" + bytes.fromhex(_KEY.id)
    assert AESGCM(_KEY.secret).decrypt(sealed[16:28], sealed[28:], sealed[:16] + b"context") == (
        b"data"
    )


def test_another_key_is_named() -> None:
    other = VaultKey(secret=b"o" * 32)

    with pytest.raises(WrongKeyError, match=f"it was sealed with key {_KEY.id}.*{other.id}"):
        unseal(other, seal(_KEY, b"data", context=b""), context=b"", what="it")
