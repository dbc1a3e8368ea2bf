"""What is in the way of an engine, said in one sentence, with nothing left running."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.engines.embedded import attach
from graph.engines.launch import check_platform
from graph.engines.paths import EngineFiles
from graph.errors import EngineError
from tests.graph.engines.processes import LOCKER, engines_on, line_of, python, wait_until

OTHER_SERVER = """
import os, sys
os.chdir(sys.argv[1])
import arcadedb_embedded
database = arcadedb_embedded.open_database("databases/crosstip")
print("open", flush=True)
sys.stdin.readline()
os._exit(0)
"""
AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away or mount")


def refusal(
    data_dir: Path,
    *,
    heap: str = "512m",
    java: tuple[str, ...] = (),
    start_timeout_s: float = 60.0,
) -> str:
    """Attach, which must fail and leave neither engine nor lease, and give the sentence."""
    with pytest.raises(EngineError) as caught:
        attach(data_dir, heap=heap, java=java, start_timeout_s=start_timeout_s, grace_s=0.1)
    assert engines_on(data_dir) == []
    leases = EngineFiles(data_dir).leases
    assert not leases.is_dir() or list(leases.iterdir()) == []
    sentence = str(caught.value)
    assert "\n" not in sentence
    assert "Traceback" not in sentence
    assert sentence.endswith(".") or "ends with: " in sentence
    return sentence


@pytest.fixture(scope="module")
def _used_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("used") / "engine"
    with attach(path, grace_s=0) as engine:
        engine.sql("CREATE VERTEX TYPE Kept IF NOT EXISTS")
        engine.sql("INSERT INTO Kept SET key = 'kept'")
    return path


@pytest.fixture
def used_dir(_used_dir: Path) -> Iterator[Path]:
    """Give a directory with a database and no engine; a test that changes it puts it right."""
    wait_until(lambda: not engines_on(_used_dir))
    yield _used_dir
    wait_until(lambda: not engines_on(_used_dir))


def test_a_file_in_the_place_of_the_directory(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert "a file is in its way" in refusal(tmp_path / "file")
    assert "a file is in its way" in refusal(tmp_path / "file" / "below")


def test_an_unwritable_directory(tmp_path: Path) -> None:
    (tmp_path / "fixed").mkdir(mode=0o500)
    assert "cannot be written (mode 0500): run `chmod 700" in refusal(tmp_path / "fixed")


def test_a_directory_that_others_may_enter_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "open").mkdir(mode=0o755)
    (tmp_path / "open" / "something").touch()
    assert "is open to other users (mode 0755)" in refusal(tmp_path / "open")
    assert [p.name for p in (tmp_path / "open").iterdir()] == ["something"]


@AS_ROOT
def test_somebody_elses_directory(tmp_path: Path) -> None:
    (tmp_path / "theirs").mkdir(mode=0o700)
    os.chown(tmp_path / "theirs", 12345, 12345)
    assert "belongs to user id 12345" in refusal(tmp_path / "theirs")


@AS_ROOT
@pytest.mark.parametrize(("size", "told"), [("16m", "MB left"), ("4k", "is full")])
def test_a_full_disk(tmp_path: Path, size: str, told: str) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", f"size={size},mode=700", "tmpfs", str(disk)]
    if subprocess.run(mounting, check=False, capture_output=True).returncode != 0:
        pytest.skip("this machine does not let root mount a small disk")
    try:
        if size == "4k":
            (disk / "filler").write_bytes(b"x" * 4096)
        sentence = refusal(disk)
        assert told in sentence
        assert "free some space" in sentence
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_platform_without_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    check_platform()
    monkeypatch.setitem(__import__("sys").modules, "arcadedb_embedded", None)
    sentence = refusal(tmp_path / "never")
    assert "arcadedb-embedded) is not installed for this platform" in sentence
    assert "set CROSSTIP_STORE to a Neo4j address" in sentence
    assert not (tmp_path / "never").exists()


@pytest.mark.parametrize("heap", ["", "512", "0m", "lots", "512m -Xrs"])
def test_a_heap_that_is_no_size(tmp_path: Path, heap: str) -> None:
    assert "is no size: write 512m or 2g" in refusal(tmp_path / "never", heap=heap)


def test_an_option_that_is_not_javas_own(tmp_path: Path) -> None:
    sentence = refusal(tmp_path / "never", java=("-XX:+UseSerialGC", "-Darcadedb.server.x=1"))
    assert "begin with -X" in sentence


def test_options_of_java_reach_it(data_dir: Path) -> None:
    assert "Unable to start JVM" in refusal(data_dir, java=("-XX:+NoSuchOption",))


def test_an_engine_that_fails_at_start_is_told_with_its_last_line(data_dir: Path) -> None:
    sentence = refusal(data_dir, heap="1k")
    assert "ended while it started (exit status" in sentence
    assert f"Its log {data_dir / 'engine.log'} ends with: " in sentence
    assert "heap" in sentence.partition("ends with: ")[2]


def test_an_engine_that_is_too_slow_is_ended(data_dir: Path) -> None:
    assert "did not answer in time and was ended" in refusal(data_dir, start_timeout_s=0.4)
    with attach(data_dir, grace_s=0.1) as engine:
        assert engine.sql("SELECT 1 AS one") == [{"one": 1}]


def test_a_lock_held_by_a_stranger(data_dir: Path) -> None:
    data_dir.mkdir(mode=0o700)
    lock = EngineFiles(data_dir).lock
    with python(LOCKER, lock) as stranger:
        assert line_of(stranger) == "held"
        assert f"Process {stranger.pid} holds {lock} and is no engine" in refusal(data_dir)


@pytest.mark.long
def test_a_database_that_another_program_has_open(used_dir: Path) -> None:
    with python(OTHER_SERVER, used_dir) as other:
        assert line_of(other) == "open"
        assert "locked by another process" in refusal(used_dir)


def test_a_password_file_that_others_may_read(used_dir: Path) -> None:
    password = EngineFiles(used_dir).password
    password.chmod(0o640)
    try:
        assert f"open to other users (mode 0640): run `chmod 600 {password}`" in refusal(used_dir)
        assert password.stat().st_mode & 0o777 == 0o640, "it is refused, not repaired"
    finally:
        password.chmod(0o600)


@pytest.mark.parametrize("content", [None, b"", b"short\n", b"\xff\xfe" * 40])
def test_a_password_that_is_missing(used_dir: Path, content: bytes | None) -> None:
    password = EngineFiles(used_dir).password
    saved = password.read_bytes()
    try:
        password.unlink()
        if content is not None:
            password.touch(mode=0o600)
            password.write_bytes(content)
        assert "is missing or unreadable" in refusal(used_dir)
    finally:
        password.write_bytes(saved)
        password.chmod(0o600)


def test_a_wrong_password_and_the_way_out_that_is_told(used_dir: Path) -> None:
    files = EngineFiles(used_dir)
    files.password.write_text("A" * 43, encoding="ascii")
    sentence = refusal(used_dir)
    assert f"The password in {files.password} is not the one of this database" in sentence
    assert f"delete {files.password} and {files.users}" in sentence
    assert "A" * 43 not in files.log.read_text(encoding="utf-8")
    files.password.unlink()
    files.users.unlink()
    with attach(used_dir, grace_s=0) as engine:
        assert engine.password.get_secret_value() != "A" * 43
        assert engine.sql("SELECT key FROM Kept") == [{"key": "kept"}]


def test_what_a_crash_left_behind_is_no_obstacle(used_dir: Path) -> None:
    files = EngineFiles(used_dir)
    files.endpoint.write_text(json.dumps({"pid": 1, "http_port": 1, "bolt_port": 1}))
    files.lock.write_text('{"pid": 1, "star')
    (files.leases / "1-dead.lease").touch()
    (files.leases / "1-dead.new").touch()
    with attach(used_dir, grace_s=0) as engine:
        assert engine.sql("SELECT key FROM Kept") == [{"key": "kept"}]
        wait_until(lambda: not (files.leases / "1-dead.lease").exists())
