"""Fetching Neo4j and watching over a process, without starting a Neo4j.

Maven and Java are other people's programs: small shell scripts stand in for them.
"""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest

from crosstip.local_neo4j import NEO4J_VERSION, LocalNeo4jError, fetch_neo4j, watch
from crosstip.local_neo4j.artifacts import find_java

JAR = f"neo4j-server-{NEO4J_VERSION}.jar"
# Takes its time, so that two fetches meet, and puts one jar where it was told to.
GOOD_MAVEN = f"""
for argument in "$@"; do case "$argument" in
    -DoutputDirectory=*) lib=${{argument#-DoutputDirectory=}};; esac; done
sleep 0.3
mkdir -p "$lib" && echo jar >"$lib/{JAR}"
"""


def _program(folder: Path, name: str, script: str) -> Path:
    program = folder / name
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    return program


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder of programs that comes first on the path, with no Java and no Maven in it."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("sleep", "mkdir"):
        _program(folder, name, f'exec /bin/{name} "$@"')
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    return folder


@pytest.mark.usefixtures("tools")
def test_without_maven_it_says_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(LocalNeo4jError, match=r"no mvn is on the path.*NEO4J_URI"):
        fetch_neo4j(tmp_path / "cache")


def test_a_failed_fetch_says_why_and_leaves_nothing(tools: Path, tmp_path: Path) -> None:
    _program(tools, "mvn", "echo '[ERROR] the repository is closed today'; exit 1")
    with pytest.raises(LocalNeo4jError, match=r"(?s)exit 1.*closed today"):
        fetch_neo4j(tmp_path / "cache")
    assert list((tmp_path / "cache").iterdir()) == []


def test_a_fetch_without_the_server_is_a_failure(tools: Path, tmp_path: Path) -> None:
    _program(tools, "mvn", "exit 0")
    with pytest.raises(LocalNeo4jError, match="could not fetch"):
        fetch_neo4j(tmp_path / "cache")


def test_two_fetches_at_once_give_one_whole_folder(tools: Path, tmp_path: Path) -> None:
    _program(tools, "mvn", GOOD_MAVEN)
    cache = tmp_path / "cache"
    given: list[Path] = []
    threads = [threading.Thread(target=lambda: given.append(fetch_neo4j(cache))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert given == [cache / f"neo4j-{NEO4J_VERSION}" / "lib"] * 4
    assert [path.name for path in given[0].iterdir()] == [JAR]
    assert [path.name for path in cache.iterdir()] == [f"neo4j-{NEO4J_VERSION}"]


def test_what_is_there_is_not_fetched_again(tools: Path, tmp_path: Path) -> None:
    _program(tools, "mvn", GOOD_MAVEN)
    fetched = fetch_neo4j(tmp_path / "cache")
    (tools / "mvn").unlink()
    assert fetch_neo4j(tmp_path / "cache") == fetched


@pytest.mark.parametrize("version", ["1.8.0_402", "11.0.22", "25"])
def test_a_java_that_does_not_fit_is_named(tools: Path, version: str) -> None:
    _program(tools, "java", f"echo 'openjdk version \"{version}\" 2024-01-16' >&2")
    said = f'needs Java 17 or 21 .*java says .openjdk version "{version}"'
    with pytest.raises(LocalNeo4jError, match=said):
        find_java()


def test_java_home_comes_before_the_path(
    tools: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _program(tools, "java", "echo 'openjdk version \"21.0.2\"' >&2")
    (tmp_path / "jdk" / "bin").mkdir(parents=True)
    java = _program(tmp_path / "jdk" / "bin", "java", "echo 'openjdk version \"17.0.15\"' >&2")
    assert find_java() == tools / "java"
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "jdk"))
    assert find_java() == java


def _watched(log: Path, *command: str) -> tuple[subprocess.Popen[str], int]:
    started = subprocess.Popen(
        [sys.executable, "-I", watch.__file__, str(log), *command],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert started.stdout is not None
    return started, int(started.stdout.readline())


def _is_gone(pid: int) -> bool:
    deadline = time.monotonic() + 60
    while psutil.pid_exists(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not psutil.pid_exists(pid)


def test_the_command_ends_when_its_owner_lets_go(tmp_path: Path) -> None:
    started, pid = _watched(tmp_path / "log", "sleep", "600")
    assert psutil.pid_exists(pid)
    with started:
        pass  # closes the pipe and waits
    assert _is_gone(pid)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the kernel's help is Linux's")
def test_the_command_ends_when_the_watch_is_killed(tmp_path: Path) -> None:
    started, pid = _watched(tmp_path / "log", "sleep", "600")
    with started:
        started.kill()
        assert _is_gone(pid)


def test_exit_status_and_output_are_kept(tmp_path: Path) -> None:
    started, _ = _watched(tmp_path / "log", "sh", "-c", "echo out; echo err >&2; exit 7")
    assert started.wait(60) == 7
    with started:
        pass
    assert (tmp_path / "log").read_text(encoding="utf-8").split() == ["out", "err"]
