"""The layout of docker-compose.yml as plain processes, with that file's settings: `scripts/layout`.

Read from the file, so that the two do not drift: commands, environment and memory of Neo4j are
taken as they stand there; only what a container changes is put in its place (names of hosts,
addresses, the data directory, secrets).
"""

from __future__ import annotations

import os
import re
import secrets
import shlex
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import yaml

from crosstip.local_neo4j import Neo4jServer, watch
from tests.architecture.sources import ROOT

# A Compose file is a tree of anything; tests/data/compose-spec.json types it.
Tree = dict[str, Any]
NEO4J = "neo4j"
DATA_DIR = "/var/lib/crosstip"
EVERYWHERE = ".".join("0000")
_VARIABLE = re.compile(r"\$\{([A-Z0-9_]+):\?[^}]*\}")
_START_S = 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One of our services as a process."""

    name: str
    arguments: tuple[str, ...]
    environment: Mapping[str, str]
    port: int | None
    """Where it listens; None: nowhere."""
    health: str | None
    """Path that its health check asks for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """What stands for what a container has."""

    data_dir: Path
    store: str
    """Address of the running Neo4j."""
    secrets: Mapping[str, str]
    """By the variable that the Compose file asks for."""
    ports: Mapping[str, int]
    """By service."""


def compose() -> dict[str, Tree]:
    """Give the services of docker-compose.yml."""
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    return cast("dict[str, Tree]", yaml.safe_load(text)["services"])


def lasting(services: Mapping[str, Tree]) -> dict[str, Tree]:
    """Give the services that run all the time: jobs have a profile."""
    return {name: service for name, service in services.items() if "profiles" not in service}


def listening(services: Mapping[str, Tree]) -> list[str]:
    """Give the names of our services that listen on a port."""
    return [name for name, service in lasting(services).items() if "ports" in service]


def plan(services: Mapping[str, Tree], places: Places) -> list[Service]:
    """Give our services as processes, in the order in which they are started."""
    ours = [(name, service) for name, service in lasting(services).items() if name != NEO4J]
    return [_service(name, service, places) for name, service in ours]


def memory_of_neo4j(services: Mapping[str, Tree]) -> tuple[str, str]:
    """Give heap and page cache of the Compose file's Neo4j."""
    environment = services[NEO4J]["environment"]
    return (
        str(environment["NEO4J_server_memory_heap_max__size"]),
        str(environment["NEO4J_server_memory_pagecache_size"]),
    )


def _service(name: str, service: Tree, places: Places) -> Service:
    port = places.ports.get(name)
    arguments = ["127.0.0.1" if part == EVERYWHERE else str(part) for part in service["command"]]
    if "--port" in arguments and port is not None:
        arguments[arguments.index("--port") + 1] = str(port)
    test = " ".join(str(part) for part in service["healthcheck"]["test"])
    found = re.search(r"http://[0-9.]+:\d+(/[^']*)", test)
    environment = {
        key: _value(str(value), places) for key, value in service.get("environment", {}).items()
    }
    if "CROSSTIP_METRICS_PORT" in environment:
        # Two processes of one machine cannot have one port, as two containers can.
        environment["CROSSTIP_METRICS_PORT"] = "0"
    return Service(
        name=name,
        arguments=tuple(arguments),
        environment=environment,
        port=port,
        health=None if found is None else found[1],
    )


def _value(value: str, places: Places) -> str:
    value = _VARIABLE.sub(lambda found: places.secrets[found[1]], value)
    value = value.replace(DATA_DIR, str(places.data_dir)).replace("bolt://neo4j:7687", places.store)
    for name, port in places.ports.items():
        value = re.sub(rf"http://{name}:\d+", f"http://127.0.0.1:{port}", value)
    return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A layout that runs."""

    services: Mapping[str, Service]
    processes: Mapping[str, subprocess.Popen[str]]
    secrets: Mapping[str, str]
    neo4j: Neo4jServer

    def url(self, name: str) -> str:
        """Give the address of a service."""
        return f"http://127.0.0.1:{self.services[name].port}"

    def settings(self) -> dict[str, str]:
        """Give the environment in which `crosstip` commands work with this layout."""
        return dict(self.services["worker"].environment)


@contextmanager
def running(directory: Path, operator: str) -> Iterator[Running]:
    """Start the layout below a directory; it ends with this process, whatever ends that."""
    services = compose()
    heap, page_cache = memory_of_neo4j(services)
    with ExitStack() as stack:
        server = Neo4jServer(directory / "neo4j", heap=heap, page_cache=page_cache)
        stack.enter_context(server)
        data_dir = directory / "data"
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        places = Places(
            data_dir=data_dir,
            store=server.uri,
            secrets={
                "CROSSTIP_NEO4J_PASSWORD": server.password,
                "CROSSTIP_API_TOKEN": secrets.token_hex(32),
                "CROSSTIP_OPERATOR": operator,
            },
            ports={name: _free_port() for name in listening(services)},
        )
        planned = plan(services, places)
        processes: dict[str, subprocess.Popen[str]] = {}
        for service in planned:
            process = _started(service, directory / f"{service.name}.log")
            stack.callback(_end, process)
            processes[service.name] = process
            _await_health(service, process, directory)
        yield Running(
            services={service.name: service for service in planned},
            processes=processes,
            secrets=places.secrets,
            neo4j=server,
        )


def _started(service: Service, log: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "crosstip.main", *service.arguments]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CROSSTIP_")}
    return subprocess.Popen(
        [sys.executable, "-I", watch.__file__, str(log), *command],
        cwd=ROOT,
        env=kept | dict(service.environment),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def _end(process: subprocess.Popen[str]) -> None:
    if process.stdin is not None:
        process.stdin.close()
    process.wait(watch.GRACE_SECONDS + 10)
    if process.stdout is not None:
        process.stdout.close()


def _await_health(service: Service, process: subprocess.Popen[str], directory: Path) -> None:
    deadline = time.monotonic() + _START_S
    while service.health is not None and not _is_healthy(service):
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"{service.name} did not come up; see {directory}")
        time.sleep(0.2)


def _is_healthy(service: Service) -> bool:
    try:
        with urllib.request.urlopen(
            f"http://127.0.0.1:{service.port}{service.health}", timeout=5
        ) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main(directory: Path, operator: str) -> None:
    """Run the layout until told to end."""
    over = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: over.set())
    with running(directory, operator) as found:
        for name in found.services:
            where = "" if found.services[name].port is None else found.url(name)
            sys.stdout.write(f"{name:<10} {where}\n")
        settings = " ".join(
            f"{name}={shlex.quote(value)}"
            for name, value in found.settings().items()
            if name != "CROSSTIP_STORE_PASSWORD"
        )
        password = found.neo4j.home / "password"
        sys.stdout.write(
            f"Token      {found.secrets['CROSSTIP_API_TOKEN']}\n"
            f'Commands: export {settings} CROSSTIP_STORE_PASSWORD="$(cat {password})"\n'
        )
        sys.stdout.flush()
        while not over.wait(0.5):
            ended = [
                name for name, process in found.processes.items() if process.poll() is not None
            ]
            if len(ended) > 0:
                sys.stderr.write(f"{', '.join(ended)} ended; its log is in {directory}\n")
                over.wait(5.0)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), sys.argv[2] if len(sys.argv) > 2 else "operator")
