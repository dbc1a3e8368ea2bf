"""The engine's HTTP side on loopback: SQL that Cypher cannot say, and the question "are you up?".

`http.client` rather than a client library: it reads no proxy settings from the environment, so
nothing meant for loopback can leave the machine.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from typing import Literal

from pydantic import BaseModel, ConfigDict, JsonValue, SecretStr, ValidationError

from graph.engines.endpoint import LOOPBACK
from graph.errors import EngineError

USER = "root"
DATABASE = "crosstip"
_KNOCK_S = 5.0


class RefusedPasswordError(EngineError):
    """The engine answers, and does not accept the password."""


class SilentEngineError(EngineError):
    """Nothing answers on the engine's port, or what answers is no engine."""


class _Rows(BaseModel):
    model_config = ConfigDict(extra="ignore")

    result: list[dict[str, JsonValue]]


class _Refusal(BaseModel):
    model_config = ConfigDict(extra="ignore")

    exception: str = ""


@dataclass(frozen=True, slots=True)
class AdminPort:
    """One engine's HTTP port and the password for it."""

    port: int
    password: SecretStr

    def knock(self, *, timeout_s: float = _KNOCK_S) -> None:
        """Make sure that the engine answers, takes the password and has the database.

        Raises:
            SilentEngineError: no answer, or no such database.
            RefusedPasswordError: the password is not accepted.
        """
        path = f"/api/v1/exists/{DATABASE}"
        status, text = _exchange(
            self.port, "GET", path, password=self.password, timeout_s=timeout_s
        )
        if status in (401, 403):
            raise RefusedPasswordError("The engine does not accept the password.")
        if status != 200 or json.loads(text).get("result") is not True:
            raise SilentEngineError(f"The engine on port {self.port} has no database {DATABASE}.")

    def command(
        self, statement: str, *, timeout_s: float, language: Literal["sql", "sqlscript"] = "sql"
    ) -> list[dict[str, JsonValue]]:
        """Run one SQL statement, or a script of several, and give its rows (20,000 at most).

        Raises:
            EngineError: the engine refuses the statement. The sentence names the first words of
                it only, as the rest may hold values.
            RefusedPasswordError: the password is not accepted.
            SilentEngineError: no answer within the time, in seconds.
        """
        body = json.dumps({"language": language, "command": statement})
        path = f"/api/v1/command/{DATABASE}"
        status, text = _exchange(
            self.port, "POST", path, password=self.password, timeout_s=timeout_s, body=body
        )
        if status in (401, 403):
            raise RefusedPasswordError("The engine does not accept the password.")
        try:
            if status == 200:
                return _Rows.model_validate_json(text).result
            refusal = _Refusal.model_validate_json(text)
        except ValidationError as error:
            raise SilentEngineError(
                f"The engine on port {self.port} answered with something else than rows."
            ) from error
        reason = refusal.exception.rpartition(".")[2] or f"status {status}"
        raise EngineError(
            f"The engine refused `{' '.join(statement.split()[:3])} …` ({reason}): correct the"
            " statement."
        )


def is_ready(port: int) -> bool:
    """Say whether an engine's HTTP side answers on this loopback port; needs no password."""
    try:
        status, _ = _exchange(port, "GET", "/api/v1/ready", password=None, timeout_s=_KNOCK_S)
    except SilentEngineError:
        return False
    return status == 204


def _exchange(
    port: int,
    method: str,
    path: str,
    *,
    password: SecretStr | None,
    timeout_s: float,
    body: str | None = None,
) -> tuple[int, bytes]:
    headers = {"Connection": "close", "Content-Type": "application/json"}
    if password is not None:
        pair = f"{USER}:{password.get_secret_value()}".encode()
        headers["Authorization"] = f"Basic {base64.b64encode(pair).decode()}"
    connection = HTTPConnection(LOOPBACK, port, timeout=timeout_s)
    try:
        connection.request(method, path, body=body, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read()
    except (OSError, HTTPException) as error:
        raise SilentEngineError(
            f"No engine answers on {LOOPBACK}:{port} ({type(error).__name__})."
        ) from error
    finally:
        connection.close()
