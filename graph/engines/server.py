"""The ArcadeDB server inside the engine process: started, proved to answer, stopped.

Imported by the engine process only: it brings a Java virtual machine into its process.
"""

from __future__ import annotations

import os
import socket
from dataclasses import dataclass

import psutil
from arcadedb_embedded.server import ArcadeDBServer
from pydantic import SecretStr

from graph.engines import server_log
from graph.engines.admin import DATABASE, AdminPort, RefusedPasswordError, is_ready
from graph.engines.endpoint import LOOPBACK, Endpoint
from graph.engines.faults import wrong_password
from graph.engines.paths import EngineFiles
from graph.errors import EngineError

_BOLT_PLUGIN = "Bolt:com.arcadedb.bolt.BoltProtocolPlugin"
# Bolt handshake: magic, then four proposals, of which 4.4 is one (Neo4j, "Bolt Protocol
# handshake specification"); the answer is the version chosen.
_BOLT_HELLO = bytes.fromhex("6060b017 00000404 00000000 00000000 00000000")
_BOLT_VERSION = bytes.fromhex("00000404")
_BOLT_TIMEOUT_S = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerSettings:
    """What the server is started with."""

    heap: str
    command_timeout_ms: int
    java: tuple[str, ...] = ()


def java_arguments(files: EngineFiles, settings: ServerSettings) -> list[str]:
    """Give the arguments of the virtual machine. They hold no secret.

    -Xrs leaves SIGTERM, SIGINT and SIGHUP to Python. Out of memory ends the process: the engine
    survives that without loss, while one that lost a thread answers half.
    """
    return [
        "-Xrs",
        "-XX:-UsePerfData",
        "-XX:+ExitOnOutOfMemoryError",
        f"-Djava.io.tmpdir={files.temporary}",
        f"-Djava.util.logging.config.file={files.log_settings}",
        "--sun-misc-unsafe-memory-access=allow",
        "-Duser.timezone=UTC",
        "-Darcadedb.dateTimeImplementation=java.time.ZonedDateTime",
        f"-Darcadedb.command.timeout={settings.command_timeout_ms}",
        "-Darcadedb.opencypher.loadCsv.allowRemoteUrls=false",
        "-Darcadedb.support.autoRegister=false",
        *settings.java,
    ]


class Server:
    """One running server on ports that the system chose."""

    def __init__(
        self, files: EngineFiles, settings: ServerSettings, *, password: SecretStr
    ) -> None:
        self._files = files
        self._password = password
        files.temporary.mkdir(exist_ok=True)
        files.log_settings.parent.mkdir(exist_ok=True)
        files.server_log.parent.mkdir(exist_ok=True)
        files.log_settings.write_text(server_log.SETTINGS, encoding="ascii")
        self._server = ArcadeDBServer(
            str(files.root),
            password.get_secret_value(),
            {
                "mode": "production",
                "host": LOOPBACK,
                # Port 0: the system picks a free port while binding, so nobody can take it
                # between the choice and the use.
                "http_port": "0",
                "bolt_port": "0",
                "server_plugins": _BOLT_PLUGIN,
            },
            {"heap_size": settings.heap, "jvm_args": java_arguments(files, settings)},
        )

    def start(self) -> Endpoint:
        """Start it, make the database when missing, and give the ports once both answer.

        Raises:
            EngineError: it listens beyond loopback, a port does not answer, or the password is
                not the one of this directory.
            Exception: whatever the server itself fails with.
        """
        self._server.start()
        # Before anybody can send a query, and after the server has set up its log.
        server_log.keep_values_out()
        self._server.create_database(DATABASE)
        http_port, bolt_port = _tell_apart(_own_ports())
        try:
            AdminPort(http_port, self._password).knock()
        except RefusedPasswordError:
            raise wrong_password(self._files.password) from None
        return Endpoint(pid=os.getpid(), http_port=http_port, bolt_port=bolt_port)

    def stop(self) -> None:
        """Close the database. Queries that still run keep their threads: end the process."""
        self._server.stop()


def _own_ports() -> list[int]:
    listening = [
        connection.laddr
        for connection in psutil.Process().net_connections(kind="inet")
        if connection.status == psutil.CONN_LISTEN
    ]
    beyond = sorted({address.ip for address in listening} - {LOOPBACK, f"::ffff:{LOOPBACK}"})
    if beyond:
        raise EngineError(f"The engine would listen beyond this machine ({', '.join(beyond)}).")
    return [address.port for address in listening]


def _tell_apart(ports: list[int]) -> tuple[int, int]:
    http = [port for port in ports if is_ready(port)]
    bolt = [port for port in ports if port not in http and _speaks_bolt(port)]
    if len(http) != 1 or len(bolt) != 1 or len(ports) != 2:
        raise EngineError(
            f"The engine should answer on one HTTP and one Bolt port; of its {len(ports)} ports"
            f" {len(http)} speak HTTP and {len(bolt)} Bolt."
        )
    return http[0], bolt[0]


def _speaks_bolt(port: int) -> bool:
    try:
        with socket.create_connection((LOOPBACK, port), timeout=_BOLT_TIMEOUT_S) as connection:
            connection.sendall(_BOLT_HELLO)
            return connection.recv(len(_BOLT_VERSION)) == _BOLT_VERSION
    except OSError:
        return False
