"""API and dashboard each on their own, as containers run them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest

from crosstip.serving.ports import free_port

_API = "from crosstip.serving.single import serve_api; serve_api('127.0.0.1', 0)"
_DASHBOARD = (
    "import sys; from crosstip.serving.single import serve_dashboard;"
    "serve_dashboard('127.0.0.1', int(sys.argv[1]))"
)


@contextmanager
def running(program: str, *arguments: str, **environment: str) -> Iterator[subprocess.Popen[str]]:
    """Run a program; it is killed when the test is over."""
    with subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | environment,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def value_of(process: subprocess.Popen[str], label: str) -> str:
    """Give what the next line says, which begins with the label."""
    assert process.stdout is not None
    found, _, value = process.stdout.readline().partition(" ")
    assert found == label
    return value.strip()


def test_an_api_waits_for_a_store_that_is_not_there_yet() -> None:
    away = {
        "CROSSTIP_STORE": f"bolt://127.0.0.1:{free_port('127.0.0.1', 0)}",
        "CROSSTIP_STORE_PASSWORD": "made-up-for-this-test",
        "CROSSTIP_RETRY_FOR_S": "0.2",
    }
    with running(_API, **away) as process:
        token = value_of(process, "Token")
        url = value_of(process, "API")
        with httpx.Client(base_url=url, trust_env=False, timeout=30) as http:
            assert http.get("/v1/health").status_code == 200
            assert http.get("/v1/tips").status_code == 401
            asked = http.get("/v1/tips", headers={"Authorization": f"Bearer {token}"})
        assert (asked.status_code, asked.json()["code"]) == (503, "store-unavailable")
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=120)
    assert "the store does not answer yet" in said
    # Who asks is in the store too, so it is refused before a route is looked for.
    assert "GET - 503" in said
    assert "Traceback" not in said
    assert token not in said


def test_a_token_of_the_environment_is_used_and_not_printed() -> None:
    environment = {
        "CROSSTIP_STORE": "bolt://127.0.0.1:9",
        "CROSSTIP_STORE_PASSWORD": "made-up-for-this-test",
        "CROSSTIP_RETRY_FOR_S": "0.2",
        "CROSSTIP_API_TOKEN": "e" * 40,
    }
    with running(_API, **environment) as process:
        url = value_of(process, "API")
        answers = [
            httpx.get(
                f"{url}/v1/schema",
                headers={"Authorization": f"Bearer {letter * 40}"},
                trust_env=False,
                timeout=30,
            )
            for letter in "ef"
        ]
        # The token's own leads to the store, which says whether anybody is entered; it is away.
        assert [answer.status_code for answer in answers] == [503, 401]


@pytest.mark.long
@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_a_dashboard_on_its_own_starts_and_ends(ending: signal.Signals) -> None:
    with running(_DASHBOARD, "0") as process:
        url = value_of(process, "Dashboard")
        transport = httpx.HTTPTransport(retries=8)
        with httpx.Client(base_url=url, trust_env=False, timeout=30, transport=transport) as http:
            assert http.get("/_stcore/health").status_code == 200
        process.send_signal(ending)
        process.communicate(timeout=120)
    assert process.returncode in (0, -ending)
