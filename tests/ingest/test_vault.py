"""The vault: originals come back as they went in, or with a sentence that says why not."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import fsspec
import pytest

from graph.errors import IntakeError, SettingsError, StorageFailedError
from ingest.received import sha256_of
from ingest.sealing import DamagedSealError, SealError, WrongKeyError, seal
from ingest.vault import MissingOriginalError, Vault, object_name, open_vault
from ingest.vault_key import VaultKey
from tests.ingest.killed_process import Worker

_DATA = b'{"reportId": 1, "text": "needle in the original"}'
_SHA = sha256_of(_DATA)


@pytest.fixture
def key() -> VaultKey:
    return VaultKey.generate()


@pytest.fixture(params=["local", "memory"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give a new place of each kind."""
    if request.param == "local":
        yield str(tmp_path / "vault")
        return
    yield f"memory://{tmp_path}/vault"
    fsspec.filesystem("memory").rm(str(tmp_path), recursive=True)


def _change(where: str, name: str, change: Callable[[bytes], bytes]) -> None:
    """Change an object behind the vault's back."""
    files, root = fsspec.core.url_to_fs(where)
    path = f"{root}/{name}"
    files.pipe_file(path, change(files.cat_file(path)))


def test_what_was_put_comes_back(where: str, key: VaultKey) -> None:
    screened = sha256_of(b"before screening")
    vault = Vault(where, key)
    for sha256, data in ((_SHA, _DATA), (screened, b""), (sha256_of(b""), b"")):
        assert not vault.has(sha256)
        vault.put(sha256, data)
        assert vault.has(sha256)
        assert vault.get(sha256) == data
    vault.sync()
    vault.close()

    again = Vault(where, key)
    assert (again.get(_SHA), again.get(screened)) == (_DATA, b"")


def test_putting_again_keeps_the_first_object(where: str, key: VaultKey) -> None:
    screened = sha256_of(b"before screening")
    vault = Vault(where, key)
    vault.put(screened, b"first")
    vault.sync()
    vault.put(screened, b"second")
    vault.sync()

    assert vault.get(screened) == b"first"


def test_nothing_readable_lies_in_the_vault(tmp_path: Path, key: VaultKey) -> None:
    vault = Vault(tmp_path / "vault", key)
    vault.put(_SHA, _DATA)
    staged = [path.read_bytes() for path in (tmp_path / "vault").rglob("*.part")]
    vault.sync()
    published = [path.read_bytes() for path in (tmp_path / "vault").rglob("*") if path.is_file()]

    assert len(staged) == 1
    for content in staged + published:
        assert b"needle" not in content
        assert key.secret not in content


def test_any_flipped_bit_is_noticed(where: str, key: VaultKey) -> None:
    vault = Vault(where, key)
    vault.put(_SHA, _DATA)
    vault.sync()
    name = object_name(_SHA)
    files, root = fsspec.core.url_to_fs(where)
    # Every third bit: as 3 and 8 share no factor, that is each position within a byte.
    for bit in range(0, 8 * len(files.cat_file(f"{root}/{name}")), 3):

        def flip(content: bytes, bit: int = bit) -> bytes:
            flipped = bytearray(content)
            flipped[bit // 8] ^= 1 << (bit % 8)
            return bytes(flipped)

        _change(where, name, flip)
        with pytest.raises(SealError, match=_SHA):
            vault.get(_SHA)
        _change(where, name, flip)
    assert vault.get(_SHA) == _DATA


def test_an_object_in_anothers_place_is_noticed(where: str, key: VaultKey) -> None:
    vault = Vault(where, key)
    other = sha256_of(b"other")
    vault.put(_SHA, _DATA)
    vault.put(other, b"other")
    vault.sync()
    files, root = fsspec.core.url_to_fs(where)
    content = files.cat_file(f"{root}/{object_name(other)}")
    _change(where, object_name(_SHA), lambda _: content)

    with pytest.raises(DamagedSealError, match="restore it"):
        vault.get(_SHA)


def test_an_original_that_lacks_its_hash_is_not_given_out(where: str, key: VaultKey) -> None:
    # Sealed by somebody who has the key: as whole (1), and not what the hash names.
    vault = Vault(where, key)
    vault.put(_SHA, _DATA)
    vault.sync()
    forged = seal(key, b"\1forged", context=b"crosstip original 1\0" + bytes.fromhex(_SHA))
    _change(where, object_name(_SHA), lambda _: forged)

    with pytest.raises(DamagedSealError, match="the hash"):
        vault.get(_SHA)


def test_a_damaged_object_is_replaced_when_the_document_comes_again(
    where: str, key: VaultKey, caplog: pytest.LogCaptureFixture
) -> None:
    vault = Vault(where, key)
    vault.put(_SHA, _DATA)
    vault.sync()
    _change(where, object_name(_SHA), lambda content: content[:-1])
    vault.put(_SHA, _DATA)
    vault.sync()

    assert vault.get(_SHA) == _DATA
    assert "is replaced" in caplog.text


def test_the_wrong_key_is_named(where: str, key: VaultKey) -> None:
    Vault(where, key)
    other = VaultKey.generate()

    with pytest.raises(WrongKeyError, match=f"{key.id}.*{other.id}"):
        Vault(where, other)


def test_an_object_under_another_key_names_that_key(where: str, key: VaultKey) -> None:
    vault = Vault(where, key)
    other = VaultKey.generate()
    vault.put(_SHA, _DATA)
    vault.sync()
    _change(where, object_name(_SHA), lambda _: seal(other, _DATA, context=b""))

    with pytest.raises(WrongKeyError, match=f"{other.id}.*{key.id}"):
        vault.get(_SHA)
    with pytest.raises(WrongKeyError):
        vault.put(_SHA, _DATA)


def test_a_missing_original_is_a_sentence(where: str, key: VaultKey) -> None:
    with pytest.raises(MissingOriginalError, match=f"does not hold.*{_SHA}"):
        Vault(where, key).get(_SHA)


@pytest.mark.parametrize("bad", ["../../etc/passwd", "", _SHA.upper(), _SHA + "\n", "a/" * 32])
def test_only_a_hash_names_an_object(tmp_path: Path, key: VaultKey, bad: str) -> None:
    vault = Vault(tmp_path / "vault", key)
    for use in (lambda: vault.put(bad, b""), lambda: vault.get(bad), lambda: vault.has(bad)):
        with pytest.raises(ValueError, match="SHA-256"):
            use()


@pytest.mark.parametrize("count", [3, 40])  # One fsync each, and one sync of the file system.
def test_objects_get_their_names_when_they_are_durable(
    tmp_path: Path, key: VaultKey, count: int
) -> None:
    vault = Vault(tmp_path / "vault", key)
    contents = [b"%d" % number for number in range(count)]
    for content in contents:
        vault.put(sha256_of(content), content)
    paths = [tmp_path / "vault" / object_name(sha256_of(content)) for content in contents]

    assert not any(path.exists() for path in paths)
    assert vault.sync() == count
    assert vault.sync() == 0
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in paths)
    assert all(stat.S_IMODE(path.parent.stat().st_mode) == 0o700 for path in paths)
    vault.close()
    assert list((tmp_path / "vault" / "aside").iterdir()) == []


def test_a_failed_sync_forgets_what_it_could_not_keep(
    tmp_path: Path, key: VaultKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: int) -> None:
        raise OSError(5, "Input/output error")

    vault = Vault(tmp_path / "vault", key)
    vault.put(_SHA, _DATA)
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail)
        with pytest.raises(StorageFailedError, match="take in the documents again"):
            vault.sync()

    assert not vault.has(_SHA)
    assert not (tmp_path / "vault" / object_name(_SHA)).exists()
    vault.put(_SHA, _DATA)
    vault.sync()
    assert vault.get(_SHA) == _DATA


def test_a_killed_process_leaves_whole_objects_and_its_rest_is_cleared(
    tmp_path: Path, key: VaultKey
) -> None:
    def work(acknowledge: Callable[[int], None]) -> None:
        vault = Vault(tmp_path / "vault", key)
        start = len(list((tmp_path / "vault").glob("??/*")))
        for number in range(start, start + 1_000_000):
            vault.put(sha256_of(b"%d" % number), b"%d" % number)
            if number % 16 == 15:
                vault.sync()
                acknowledge(number)

    acknowledged: list[int] = []
    for turn in range(5):
        acknowledged += Worker.start(work).kill_after(1 + turn, seconds=0.003 * turn)
    vault = Vault(tmp_path / "vault", key)
    found = [path for path in (tmp_path / "vault").glob("??/*") if path.is_file()]

    assert len(found) >= max(acknowledged)
    for path in found:
        assert sha256_of(vault.get(path.name)) == path.name
    assert list((tmp_path / "vault" / "aside").iterdir()) == []


def test_a_living_process_keeps_what_it_has_not_synced(tmp_path: Path, key: VaultKey) -> None:
    first = Vault(tmp_path / "vault", key)
    first.put(_SHA, _DATA)
    second = Vault(tmp_path / "vault", key)

    assert not second.has(_SHA)
    assert first.sync() == 1
    assert second.get(_SHA) == _DATA


def test_a_vault_makes_its_key_once_and_never_a_second_one(tmp_path: Path) -> None:
    vault_path, key_path = tmp_path / "vault", tmp_path / "keys" / "vault.key"
    open_vault(vault_path, key_path).close()
    open_vault(vault_path, key_path).close()
    key_path.unlink()

    with pytest.raises(SettingsError, match="missing"):
        open_vault(vault_path, key_path)
    assert not key_path.exists()


def test_a_key_inside_its_vault_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="inside the vault"):
        open_vault(tmp_path / "vault", tmp_path / "vault" / "keys" / "vault.key")


def test_a_vault_that_others_may_enter_is_refused(tmp_path: Path, key: VaultKey) -> None:
    (tmp_path / "vault").mkdir()
    (tmp_path / "vault").chmod(0o755)

    with pytest.raises(SettingsError, match="chmod 700"):
        Vault(tmp_path / "vault", key)


def test_an_unknown_kind_of_place_is_a_sentence(key: VaultKey) -> None:
    with pytest.raises(IntakeError, match="check its address"):
        Vault("nosuch://bucket/vault", key)
