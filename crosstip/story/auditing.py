"""What an auditor of the demo does: keeps a checkpoint, and proves with it that nothing changed."""

from __future__ import annotations

from pathlib import Path

from graph.audit.heads import Kept
from graph.audit.keys import KeyFiles, load_signer, new_signer, save_signer
from graph.audit.records import log_of
from graph.audit.settings import AuditSettings
from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.resource import Resource
from graph.casework.rights import agency_of, require
from graph.services.audit_checkpoints import publish_if_due
from graph.services.audit_heads import keep
from graph.services.audit_verify import verify
from graph.store import Store


class Auditing:
    """Keeps and verifies the log of the auditor's own agency."""

    def __init__(self, store: Store, data_dir: Path, *, auditor: Caller) -> None:
        """Take the store, its data directory, and who audits.

        Raises:
            RightsError: the caller is no auditor.
        """
        for deed in (Deed.AUDIT_READ, Deed.AUDIT_VERIFY):
            require(auditor, deed, resource=Resource(owner=agency_of(auditor)))
        self._store = store
        self._settings = AuditSettings(
            data_dir=data_dir, keys_dir=data_dir / "keys", checkpoints_dir=data_dir / "checkpoints"
        )
        self._log = log_of(auditor.agency)

    @property
    def _keys(self) -> KeyFiles:
        return self._settings.keys

    def keep(self, file: Path) -> None:
        """Make the key, publish a checkpoint, and write what the auditor takes along.

        Raises:
            AuditError: there is a key already, or a file cannot be written.
            OSError: `file` cannot be written.
        """
        save_signer(self._keys.signing, new_signer())
        publish_if_due(self._store, self._settings, at_once=True)
        file.write_text(keep(self._store, self._log).model_dump_json() + "\n", encoding="utf-8")

    def is_unchanged_since(self, file: Path) -> bool:
        """Publish another checkpoint, and tell whether the log still begins as it did then.

        Raises:
            AuditError: the file holds no checkpoint.
        """
        publish_if_due(self._store, self._settings, at_once=True)
        kept = Kept.parse(file.read_text(encoding="utf-8"))
        key = load_signer(self._keys.signing).public
        found = verify(self._store, key=key, kept=[kept], only=self._log)
        return found.is_good and found.key_is_pinned
