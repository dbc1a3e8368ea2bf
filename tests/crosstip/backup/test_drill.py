"""The drill: an installation is backed up at work, lost, restored, and its log is the same."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import pytest
from typer.testing import CliRunner

from crosstip.backup import making
from crosstip.backup.archive import unpack
from crosstip.backup.errors import BackupError
from crosstip.backup.heads import check_restored, state_before
from crosstip.backup.keys import read_key
from crosstip.backup.manifest import Manifest
from crosstip.local_neo4j import Neo4jServer
from crosstip.main import app
from graph.audit.errors import AuditError
from graph.audit.records import OPERATOR, waiting_range
from graph.opening import open_store
from graph.queries.audit import RangeParams
from graph.queries.core import NoParams
from graph.queries.leaves import ENTRIES
from graph.queries.meta import STORE_INFO
from graph.services.audit_trees import log_in, logs_in
from graph.services.recording import record
from graph.settings import StoreSettings
from graph.store import Store
from ingest.pipeline import Intake
from ingest.settings import IntakeSettings
from ingest.site import open_site
from tests.by_hand import BY_HAND
from tests.deliveries import delivery, email
from tests.ingest.received_documents import received
from tests.neo4j_server import need_local_neo4j
from tests.stores import RunningStore


@pytest.fixture(autouse=True)
def _no_user(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CROSSTIP_USER", "CROSSTIP_VAULT", "CROSSTIP_KEYS_DIR", "CROSSTIP_BACKUP_KEY"):
        monkeypatch.delenv(name, raising=False)


def run(*arguments: object, code: int = 0) -> str:
    """Run a command and give what it said on one line."""
    done = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert done.exit_code == code, done.output
    return " ".join(done.output.split())


def add(store: Store, *numbers: int) -> None:
    """Record tips."""
    for number in numbers:
        said = [email(f"{number}@example.com")]
        record(store, [delivery(str(number), said)], actor="test")


def use(monkeypatch: pytest.MonkeyPatch, settings: StoreSettings) -> None:
    """Have commands work with this store."""
    monkeypatch.setenv("CROSSTIP_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("CROSSTIP_STORE", settings.store)
    if settings.store_password is not None:
        monkeypatch.setenv("CROSSTIP_STORE_PASSWORD", settings.require_password())


@contextmanager
def recording(store: Store) -> Iterator[list[int]]:
    """Have tips recorded while the block runs, and give their numbers."""
    stop, recorded = threading.Event(), [100]

    def work() -> None:
        while not stop.is_set():
            add(store, recorded[-1])
            recorded.append(recorded[-1] + 1)

    worker = threading.Thread(target=work)
    worker.start()
    try:
        yield recorded
    finally:
        stop.set()
        worker.join()


def tips_of(store: Store) -> int:
    """Give how many tips there are."""
    return store.read(STORE_INFO, NoParams())[0].tip_total


@contextmanager
def received_only(data_dir: Path) -> Iterator[None]:
    """Have one document received and not recorded while the block runs."""
    with open_site(data_dir, IntakeSettings()) as site:
        ref = site.spool.append(received(1))
        site.spool.sync()
        try:
            yield
        finally:
            site.spool.release([ref])


def recovered(store: Store, data_dir: Path) -> int:
    """Give how many documents were found in the spool and finished."""
    with open_site(data_dir, IntakeSettings()) as site:
        return Intake(store, site, synthetic=True, actor="test").recover().recovered


@pytest.mark.long
@pytest.mark.parametrize("running_store", ["embedded"], indirect=True)
def test_an_embedded_installation_comes_back(
    running_store: RunningStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On Neo4j the same takes minutes: below."""
    store, data = running_store.store, running_store.settings.data_dir
    use(monkeypatch, running_store.settings)
    for name in ("keys_dir", "vault", "checkpoints_dir"):
        monkeypatch.setenv(f"CROSSTIP_{name.upper()}", str(tmp_path / name))
    run("audit", "key", "new")
    key, backup = tmp_path / "backup.key", tmp_path / "made.backup"
    assert "Keep a copy" in run("backup-key", key)
    monkeypatch.setenv("CROSSTIP_BACKUP_KEY", str(key))
    add(store, *range(5))
    with received_only(data), recording(store) as recorded:
        said = run("backup", backup, "--keys-to", tmp_path / "keys.backup")
    assert len(recorded) > 1, "work went on meanwhile"
    lost = tips_of(store)
    assert "Not in it: the keys" in said
    assert b"@example.com" not in backup.read_bytes()
    monkeypatch.delenv("CROSSTIP_BACKUP_KEY")
    assert "is sealed" in run("restore", backup, "--to", tmp_path / "x", code=1)
    monkeypatch.setenv("CROSSTIP_BACKUP_KEY", str(key))

    # The disk is lost. What was kept elsewhere: the backup, the keys, the key of both.
    for name in ("keys_dir", "vault", "checkpoints_dir"):
        monkeypatch.delenv(f"CROSSTIP_{name.upper()}")
    again = tmp_path / "again"
    said = run("restore", backup, "--to", again)
    assert "the roots are those of the backup" in said
    assert "Put the keys back: audit-signing.key, vault.key" in said
    assert not (tmp_path / "again.restoring").exists()
    run("restore", tmp_path / "keys.backup", "--keys-to", again / "keys")
    use(monkeypatch, StoreSettings(data_dir=again, store="embedded"))
    manifest = unpack(backup, read_key(key), None)
    with open_store(StoreSettings(data_dir=again, store="embedded"), synthetic=True) as opened:
        # Nothing more than the restore itself was written since.
        heads = {row.key: (row.size, row.root) for row in logs_in(opened.store)}
        stated = {head.log: (head.size, head.root) for head in manifest.heads or ()}
        assert set(heads) == set(stated)
        assert check_restored(opened.store, manifest).is_good
        assert 5 <= tips_of(opened.store) <= lost
        assert "Everything that is numbered and signed holds" in run("audit", "verify")
        (waiting, _) = waiting_range(OPERATOR)
        rows = opened.store.read(ENTRIES, RangeParams(start=waiting, end=f"{waiting}~", limit=1000))
        assert "backup.restored" in {row.action for row in rows}
        assert recovered(opened.store, again) == 1, "what was received and not recorded"
    assert "is there already" in run("restore", backup, "--to", again, code=1)


def test_what_was_restored_is_compared_with_its_manifest(
    running_store: RunningStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On both engines, without a restore: the store is as if it came from a backup."""
    use(monkeypatch, running_store.settings)
    monkeypatch.setenv("CROSSTIP_KEYS_DIR", str(tmp_path / "keys"))
    monkeypatch.setenv("CROSSTIP_CHECKPOINTS_DIR", str(tmp_path / "published"))
    run("audit", "key", "new")
    add(running_store.store, 1, 2, 3)
    state = state_before(running_store.store)
    assert [head.log for head in state.heads] == [OPERATOR]
    manifest = Manifest(
        crosstip="0",
        made_us=0,
        engine=running_store.engine,
        synthetic=True,
        schema_version=state.info.schema_version,
        heads=state.heads,
        checkpoint=state.checkpoint,
        keys=(),
        files=(),
        left_out=(),
    )
    assert check_restored(running_store.store, manifest).is_good
    # Work went on between heads and copy: longer is good, another root is not.
    add(running_store.store, 4)
    run("audit", "sequence")
    assert log_in(running_store.store, OPERATOR).size > state.heads[0].size
    assert check_restored(running_store.store, manifest).is_good
    (head,) = state.heads
    wrong: list[dict[str, object]] = [
        {"heads": (head.model_copy(update={"root": "00" * 32}),)},
        {"heads": (head.model_copy(update={"size": head.size + 100}),)},
        {"heads": (head.model_copy(update={"log": "agency:elsewhere"}),)},
        {"synthetic": False},
        {"checkpoint": (state.checkpoint or "").replace("crosstip", "crosstop", 1)},
    ]
    for change in wrong:
        with pytest.raises((BackupError, AuditError)):
            check_restored(running_store.store, manifest.model_copy(update=change))


def test_an_outside_neo4j_is_said_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No Neo4j is needed: nothing is asked of it before the sentence."""
    away = StoreSettings(data_dir=tmp_path / "data", store="bolt://127.0.0.1:9")
    use(monkeypatch, away)
    monkeypatch.setenv("CROSSTIP_STORE_PASSWORD", "made-up")
    dump = tmp_path / "neo4j.dump"
    dump.write_bytes(b"a dump")
    backup = tmp_path / "made.backup"
    monkeypatch.setenv("CROSSTIP_VAULT", "unmounted")
    said = run("backup", backup, "--neo4j-dump", dump)
    assert "NOT SEALED" in said
    assert "Not in it: the vault at unmounted: there is no such directory" in said
    assert "The store was not asked" in said
    target = ("--to", tmp_path / "again")
    assert "name --neo4j-home" in run("restore", backup, *target, code=1)
    said = run("restore", backup, *target, "--neo4j-dump-to", tmp_path / "dumps")
    assert "neo4j-admin database load" in said
    assert (tmp_path / "dumps/neo4j.dump").read_bytes() == b"a dump"
    assert not (tmp_path / "again").exists(), "nothing is opened before it was compared"
    assert "does not answer" in run("restore", backup, *target, "--loaded", code=1)
    elsewhere = ("--to", tmp_path / "third", "--neo4j-dump-to", tmp_path / "dumps")
    assert "is there already" in run("restore", backup, *elsewhere, code=1)
    monkeypatch.setenv("CROSSTIP_STORE", "embedded")
    assert "names no Neo4j" in run("restore", backup, *target, "--loaded", code=1)
    assert not (tmp_path / "again").exists()


@pytest.mark.parametrize("running_store", ["embedded"], indirect=True)
def test_a_backup_without_its_store_is_none(
    running_store: RunningStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, running_store.settings)
    # An engine that writes its copy elsewhere, as a later version may.
    monkeypatch.setattr(making, "copied", lambda _: nullcontext(tmp_path / "elsewhere.zip"))
    backup = tmp_path / "made.backup"
    assert "Nothing was backed up" in run("backup", backup, code=1)
    assert not backup.exists()


@BY_HAND
@pytest.mark.long
def test_a_neo4j_installation_comes_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    need_local_neo4j()
    home, data, backup = tmp_path / "neo4j", tmp_path / "data", tmp_path / "made.backup"
    with Neo4jServer(home) as server:
        monkeypatch.setenv("CROSSTIP_DATA_DIR", str(data))
        monkeypatch.setenv("CROSSTIP_STORE", server.uri)
        monkeypatch.setenv("CROSSTIP_STORE_PASSWORD", server.password)
        run("audit", "key", "new")
        with open_store(StoreSettings(), synthetic=True) as opened:
            add(opened.store, *range(5))
        assert "did not start" in run("backup", backup, code=1)
        assert "used by another process" in run("backup", backup, "--neo4j-home", home, code=1)
    assert "engine neo4j" in run("backup", backup, "--neo4j-home", home)
    again, its_home = tmp_path / "again", tmp_path / "neo4j-again"
    said = run("restore", backup, "--to", again, "--neo4j-home", its_home)
    assert "the roots are those of the backup" in said
    manifest = unpack(backup, None, None)
    with Neo4jServer(its_home) as server:
        monkeypatch.setenv("CROSSTIP_DATA_DIR", str(again))
        monkeypatch.setenv("CROSSTIP_STORE", server.uri)
        monkeypatch.setenv("CROSSTIP_STORE_PASSWORD", server.password)
        with open_store(StoreSettings(), synthetic=True) as opened:
            assert tips_of(opened.store) == 5
            heads = [(row.key, row.size, row.root) for row in logs_in(opened.store)]
        assert heads == [(head.log, head.size, head.root) for head in manifest.heads or ()]
        assert "Everything that is numbered and signed holds" in run("audit", "verify")
