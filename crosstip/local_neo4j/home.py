"""The folder of one local Neo4j: data, settings, password, logs, and a lock on all of it."""

from __future__ import annotations

import fcntl
import os
import secrets
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from crosstip.local_neo4j.errors import LocalNeo4jError

HOST = "127.0.0.1"
# What Neo4j's own start script opens for Java 17 and later, as far as the server needs it.
OPENED = (
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--add-opens=java.base/java.io=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
)
_ADMIN = "org.neo4j.cli.AdminTool"
_LOCK_SECONDS = 5.0  # a server whose owner died needs about one to end


@dataclass(frozen=True, slots=True)
class Neo4jHome:
    """Names what lies where in the folder, and writes what a server needs to find there."""

    path: Path

    @property
    def settings(self) -> Path:
        """The folder of `neo4j.conf`."""
        return self.path / "conf"

    @property
    def log(self) -> Path:
        """The server's own log for people."""
        return self.path / "logs" / "neo4j.log"

    @property
    def console(self) -> Path:
        """What the server wrote to its console."""
        return self.path / "console.log"

    @property
    def password_file(self) -> Path:
        """The password, for its owner alone."""
        return self.path / "password"

    def hold(self) -> int:
        """Take the folder for one server; give the open file that holds it until it is closed.

        Raises:
            LocalNeo4jError: another process has it.
        """
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        held = os.open(self.path / "lock", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        deadline = time.monotonic() + _LOCK_SECONDS
        while True:
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                if time.monotonic() > deadline:
                    os.close(held)
                    raise LocalNeo4jError(
                        f"The Neo4j in {self.path} is used by another process. End that one, or "
                        "name another folder."
                    ) from error
                time.sleep(0.1)
            else:
                return held

    def password(self, java: Path, lib: Path) -> str:
        """Give the password; a new folder gets a random one.

        Raises:
            LocalNeo4jError: Neo4j's own tool could not set it.
        """
        if not self.password_file.exists():
            self._set_first_password(java, lib)
        return self.password_file.read_text(encoding="ascii").strip()

    def _set_first_password(self, java: Path, lib: Path) -> None:
        draft = self.path / "password.new"
        draft.unlink(missing_ok=True)
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(secrets.token_hex(24))
        environment = {**os.environ, "NEO4J_HOME": str(self.path)}
        environment["NEO4J_CONF"] = str(self.settings)
        # `@FILE` keeps the password out of the list of processes.
        command = [str(java), *OPENED, "-cp", f"{lib}/*", _ADMIN]
        command += ["dbms", "set-initial-password", f"@{draft}"]
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, check=False, timeout=120
        )
        if done.returncode != 0:
            raise LocalNeo4jError(
                f"The password of the new Neo4j in {self.path} could not be set. Remove the folder "
                f"and start again. Neo4j said: {(done.stderr or done.stdout).strip()[-500:]}"
            )
        draft.rename(self.password_file)

    def write_settings(self, port: int, page_cache: str, more: Sequence[str] = ()) -> None:
        """Write `neo4j.conf` for Bolt on one port of loopback and nothing else; then `more`."""
        lines = (
            f"server.bolt.listen_address={HOST}:{port}",
            f"server.bolt.advertised_address={HOST}:{port}",
            "server.http.enabled=false",
            "server.https.enabled=false",
            "dbms.usage_report.enabled=false",
            f"server.memory.pagecache.size={page_cache}",
            # Else 256 MiB are set aside for each database, and nothing is ever removed.
            "db.tx_log.preallocate=false",
            "db.tx_log.rotation.retention_policy=100M size",
            # Else a stop waits twice 5 s for idle threads.
            "internal.server.bolt.thread_pool_shutdown_wait_time=200ms",
            *more,
        )
        self.settings.mkdir(exist_ok=True)
        (self.settings / "neo4j.conf").write_text("\n".join(lines) + "\n", encoding="utf-8")

    def clear_logs(self) -> None:
        """Remove what an earlier start wrote, so that it does not explain how this one failed."""
        self.log.unlink(missing_ok=True)
        self.console.unlink(missing_ok=True)

    def logged(self) -> str:
        """Give what the last start wrote."""
        logs = (self.log, self.console)
        return "\n".join(log.read_text(errors="replace") for log in logs if log.exists()).strip()
