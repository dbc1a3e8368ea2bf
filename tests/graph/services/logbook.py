"""Leaves, logs and checkpoints for tests, over a real store."""

from __future__ import annotations

from pathlib import Path

from graph.audit.keys import new_signer, save_signer
from graph.audit.settings import AuditSettings
from graph.services.audit_checkpoints import Published, publish_if_due
from graph.services.audit_leaves import Leaf, add_leaves
from graph.store import Store
from tests.deliveries import MONDAY_US
from tests.stores import RunningStore


def note(
    store: Store, count: int, *, agency: str | None = None, start: int = 0, name: str = "x"
) -> None:
    """Commit leaves that wait for their number."""
    leaves = [
        Leaf(action="tip.shown", object=f"ncmec:{n}", outcome=name, agency=agency)
        for n in range(start, start + count)
    ]
    store.writing(
        lambda unit: add_leaves(unit, leaves, actor="test", at_us=MONDAY_US + start), name="leaves"
    )


def settings_in(folder: Path) -> AuditSettings:
    """Give settings with a fresh key."""
    settings = AuditSettings(data_dir=folder)
    save_signer(settings.keys.signing, new_signer())
    return settings


def publish(running: RunningStore, settings: AuditSettings) -> Published:
    """Number what waits and publish a checkpoint."""
    made = publish_if_due(running.store, settings, at_once=True)
    assert made is not None
    return made


def places(running: RunningStore, log: str = "operator") -> list[str]:
    """Give the places of a log's leaves, sorted."""
    return sorted(
        str(row[0])
        for row in running.rows("MATCH (e:AuditEntry {log: $log}) RETURN e.place", log=log)
    )


def fill(running: RunningStore, settings: AuditSettings) -> None:
    """Make two logs and three checkpoints: 300, 310 and 320 records of the operator's."""
    note(running.store, 300)
    note(running.store, 5, agency="a")
    publish(running, settings)
    note(running.store, 10, start=300)
    publish(running, settings)
    note(running.store, 10, start=310)
    publish(running, settings)
