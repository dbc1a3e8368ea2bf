"""The vault's key file: made once, private, and named when it is not the right one."""

from __future__ import annotations

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from graph.errors import SettingsError
from ingest.vault_key import VaultKey


def test_a_key_is_made_on_first_use_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "vault.key"
    old = os.umask(0)
    try:
        made = VaultKey.load_or_create(path)
    finally:
        os.umask(old)

    assert VaultKey.load_or_create(path) == made
    assert VaultKey.load(path) == made
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [each.name for each in path.parent.iterdir()] == ["vault.key"]


def test_many_at_once_agree_on_one_key(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "vault.key"
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: VaultKey.load_or_create(path), range(32)))

    assert len(keys) == 1


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o666])
def test_a_key_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "keys" / "vault.key"
    VaultKey.load_or_create(path)
    path.chmod(mode)

    with pytest.raises(SettingsError, match="chmod 600"):
        VaultKey.load_or_create(path)


def test_a_key_in_an_open_directory_is_not_made(tmp_path: Path) -> None:
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys").chmod(0o755)

    with pytest.raises(SettingsError, match="chmod 700"):
        VaultKey.load_or_create(tmp_path / "keys" / "vault.key")


def test_any_changed_byte_of_a_key_file_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "vault.key"
    key = VaultKey.load_or_create(path)
    content = path.read_bytes()
    for at in range(len(content)):
        path.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
        with pytest.raises(SettingsError, match="damaged"):
            VaultKey.load(path)
    path.write_bytes(content[:20])
    with pytest.raises(SettingsError, match="damaged"):
        VaultKey.load(path)
    path.write_bytes(content)
    assert VaultKey.load(path) == key


def test_a_missing_key_is_not_replaced_by_load(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="missing; put its copy back"):
        VaultKey.load(tmp_path / "vault.key")


def test_the_secret_does_not_show() -> None:
    key = VaultKey.generate()

    assert key.secret.hex() not in repr(key)
    assert repr(key.secret) not in repr(key)
    assert key.id not in key.secret.hex()


def test_a_short_key_is_refused() -> None:
    with pytest.raises(SettingsError, match="32 bytes"):
        VaultKey(secret=b"short")
