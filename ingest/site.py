"""One installation's places: spool, vault, quarantine and keys below the data directory."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from ingest.quarantine import Quarantine
from ingest.settings import IntakeSettings
from ingest.spool import Spool
from ingest.vault import Vault, open_vault
from ingest.vault_key import VaultKey

_CONTENT_LABEL = b"crosstip content digest 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Where documents are kept before, while and after they are recorded."""

    spool: Spool
    vault: Vault
    quarantine: Quarantine
    content_key: bytes
    """Key of the HMAC that stands for content of chats and e-mails; derived, never stored."""


@contextmanager
def vault_of(data_dir: Path, settings: IntakeSettings) -> Iterator[Vault]:
    """Open the vault below a data directory, and nothing else.

    Raises:
        SettingsError: other users may enter it, or the key is missing or damaged.
        IntakeError: it cannot be reached.
    """
    keys = settings.keys_dir if settings.keys_dir is not None else data_dir / "keys"
    where = settings.vault if settings.vault is not None else data_dir / "vault"
    vault = open_vault(where, keys / "vault.key")
    try:
        yield vault
    finally:
        vault.close()


@contextmanager
def open_site(data_dir: Path, settings: IntakeSettings) -> Iterator[Site]:
    """Open the places below a data directory, made on first use.

    Raises:
        SettingsError: other users may enter one of them, or the key is missing or damaged.
        IntakeError: one of them cannot be reached.
    """
    keys = settings.keys_dir if settings.keys_dir is not None else data_dir / "keys"
    key_file = keys / "vault.key"
    where = settings.vault if settings.vault is not None else data_dir / "vault"
    with ExitStack() as stack:
        vault = open_vault(where, key_file)
        stack.callback(vault.close)
        key = VaultKey.load(key_file)
        yield Site(
            spool=stack.enter_context(Spool(data_dir / "spool")),
            vault=vault,
            quarantine=Quarantine(data_dir / "quarantine", key=key),
            content_key=hmac.new(key.secret, _CONTENT_LABEL, hashlib.sha256).digest(),
        )
