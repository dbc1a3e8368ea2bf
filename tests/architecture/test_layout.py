"""The layout of docker-compose.yml and the one of plain processes do not drift apart."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from crosstip.commands.schema import reference_pages
from crosstip.main import app
from tests.architecture.sources import ROOT
from tests.layout import (
    EVERYWHERE,
    NEO4J,
    Places,
    compose,
    lasting,
    listening,
    memory_of_neo4j,
    plan,
)

SERVICES = compose()
PORTS = {"api": 4001, "api-2": 4002, "dashboard": 4003}
PLACES = Places(
    data_dir=Path("somewhere"),
    store="bolt://127.0.0.1:4000",
    secrets={
        "CROSSTIP_NEO4J_PASSWORD": "p" * 20,
        "CROSSTIP_API_TOKEN": "t" * 40,
        "CROSSTIP_OPERATOR": "ops",
    },
    ports=PORTS,
)
PLANNED = {service.name: service for service in plan(SERVICES, PLACES)}


def test_every_service_that_lasts_is_started() -> None:
    assert set(PLANNED) == set(lasting(SERVICES)) - {NEO4J}
    assert set(listening(SERVICES)) == set(PORTS)
    assert memory_of_neo4j(SERVICES) == ("1g", "1g")


def test_nothing_of_a_container_is_left() -> None:
    for service in PLANNED.values():
        for value in (*service.arguments, *service.environment.values()):
            assert re.search(r"\$\{|/var/lib|//neo4j|//api", value) is None, (service.name, value)
            assert EVERYWHERE not in value


def test_the_settings_are_those_of_the_file() -> None:
    for name, service in PLANNED.items():
        assert set(service.environment) == set(SERVICES[name].get("environment", {}))
    assert PLANNED["worker"].environment["CROSSTIP_USER"] == "ops"
    assert PLANNED["dashboard"].environment["CROSSTIP_API_URL"] == "http://127.0.0.1:4001"
    for name in ("api", "api-2", "worker"):
        assert PLANNED[name].environment["CROSSTIP_STORE"] == PLACES.store


def test_every_setting_of_the_file_is_one_that_crosstip_has() -> None:
    known = set(re.findall(r"`(CROSSTIP_[A-Z0-9_]+)`", reference_pages()["settings.md"]))
    used = {
        key for s in SERVICES.values() for key in s.get("environment", {}) if "NEO4J" not in key
    }
    assert len(used) > 8
    assert used <= known


@pytest.mark.parametrize("name", [*PLANNED, "backup"])
def test_every_command_of_the_file_is_one_that_crosstip_has(name: str) -> None:
    command: object = get_command(app)
    words = [str(word) for word in SERVICES[name]["command"]]
    while len(inner := getattr(command, "commands", {})) > 0:
        command = inner[words.pop(0)]
    offered = {option for param in getattr(command, "params", []) for option in param.opts}
    assert {word for word in words if word.startswith("--")} <= offered


def test_the_check_of_the_worker_is_a_command() -> None:
    test = SERVICES["worker"]["healthcheck"]["test"]
    assert test == ["CMD", "crosstip", "upkeep", "--check"]
    assert "--check" in CliRunner().invoke(app, ["upkeep", "--help"]).output


def test_the_proxy_names_the_ports_that_are_published_and_no_secret() -> None:
    text = (ROOT / "deploy/Caddyfile").read_text(encoding="utf-8")
    published = {
        str(port).rpartition(":")[0]
        for service in SERVICES.values()
        for port in service.get("ports", [])
    }
    assert set(re.findall(r"127\.0\.0\.1:\d+", text)) == published
    assert re.search(r"(?i)password|BEGIN|[0-9a-f]{32}", text) is None
