"""What a custody bundle is made with on this machine: the key that signs, and the vault."""

from __future__ import annotations

from pathlib import Path

from graph.audit.keys import load_signer
from graph.audit.notes import Signer
from graph.audit.settings import AuditSettings
from graph.services.custody_bundles import Originals
from ingest.settings import IntakeSettings
from ingest.vault import MissingOriginalError, open_vault


def signer() -> Signer:
    """Give the key that signs checkpoints.

    Raises:
        AuditKeyError: there is none, it is open to others, or damaged.
    """
    return load_signer(AuditSettings().keys.signing)


def originals_in(data_dir: Path) -> Originals:
    """Give what gives originals out of the vault; a vault that was never begun holds none.

    Raises, when an original is asked for:
        IntakeError: the vault does not give it back.
    """
    settings = IntakeSettings()
    keys = settings.keys_dir if settings.keys_dir is not None else data_dir / "keys"
    key_file = keys / "vault.key"
    where = settings.vault if settings.vault is not None else data_dir / "vault"

    def original(sha256: str) -> bytes | None:
        # Opening a vault begins one where there is none.
        if not key_file.exists():
            return None
        vault = open_vault(where, key_file)
        try:
            return vault.get(sha256)
        except MissingOriginalError:
            return None
        finally:
            vault.close()

    return original
