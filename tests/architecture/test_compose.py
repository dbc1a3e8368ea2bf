"""docker-compose.yml is a Compose file, and a careful one. No image is built or run here."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any, cast

import pytest
import yaml
from jsonschema import Draft7Validator

from tests.architecture.sources import ROOT
from tests.layout import lasting

# A Compose file is a tree of anything; its schema, below, is what types it.
Tree = dict[str, Any]
TEXT = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
COMPOSE = cast("Tree", yaml.safe_load(TEXT))
SERVICES = cast("dict[str, Tree]", COMPOSE["services"])
SCHEMA = ROOT / "tests/data/compose-spec.json"
DOCKERFILE = (ROOT / "deploy/Dockerfile").read_text(encoding="utf-8")

each_service = pytest.mark.parametrize("name", sorted(SERVICES))


def _errors(compose: Tree) -> list[str]:
    validator = Draft7Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(compose)]


def test_the_schema_is_the_one_that_was_pinned() -> None:
    said = SCHEMA.with_suffix(".md").read_text(encoding="utf-8")
    assert hashlib.sha256(SCHEMA.read_bytes()).hexdigest() in said


def test_the_file_fits_the_schema() -> None:
    assert _errors(COMPOSE) == []


def test_the_schema_would_refuse_a_broken_file() -> None:
    broken = {**COMPOSE, "services": {"api": {**SERVICES["api"], "prots": ["127.0.0.1:1:1"]}}}
    assert len(_errors(broken)) > 0


def test_the_services_are_the_five_and_two_jobs() -> None:
    assert sorted(lasting(SERVICES)) == ["api", "api-2", "dashboard", "neo4j", "worker"]
    assert sorted(SERVICES.keys() - lasting(SERVICES).keys()) == ["backup", "dump"]
    assert str(SERVICES["neo4j"]["image"]).startswith("neo4j:5.26")
    assert str(SERVICES["neo4j"]["image"]).endswith("-community")


@each_service
def test_no_service_runs_as_root(name: str) -> None:
    user, _, group = str(SERVICES[name]["user"]).partition(":")
    assert int(user) > 0
    assert int(group) > 0


@each_service
def test_no_service_can_gain_rights(name: str) -> None:
    assert "no-new-privileges:true" in SERVICES[name]["security_opt"]
    assert SERVICES[name]["cap_drop"] == ["ALL"]
    assert "privileged" not in SERVICES[name]
    assert "cap_add" not in SERVICES[name]


@each_service
def test_every_service_is_watched_and_bounded(name: str) -> None:
    assert "mem_limit" in SERVICES[name]
    if name not in lasting(SERVICES):
        assert SERVICES[name]["restart"] == "no"
        return
    check = SERVICES[name]["healthcheck"]
    assert len(check["test"]) > 0
    assert {"interval", "timeout", "retries", "start_period"} <= set(check)


@each_service
def test_ports_are_for_this_machine_only(name: str) -> None:
    for port in SERVICES[name].get("ports", []):
        assert str(port).startswith("127.0.0.1:"), port


@pytest.mark.parametrize("name", ["api", "api-2", "worker", "dashboard", "backup"])
def test_our_services_cannot_change_their_own_files(name: str) -> None:
    assert SERVICES[name]["read_only"] is True


def test_every_variable_must_be_set_and_says_what_for() -> None:
    used = re.findall(r"(?<!\$)\$\{([^}]*)\}", TEXT)
    assert len(used) > 0
    for variable in used:
        name, required, message = variable.partition(":?")
        assert re.fullmatch(r"CROSSTIP_[A-Z0-9_]+", name) is not None, variable
        assert required == ":?", f"{variable} has a default or may be empty"
        assert len(message) > 10, variable


def test_no_secret_is_written_down() -> None:
    for name, service in SERVICES.items():
        for key, value in service.get("environment", {}).items():
            if re.search(r"PASSWORD|TOKEN|SECRET|AUTH|KEY", key) is not None:
                assert ":?" in str(value), f"{name}: {key}"


def test_the_image_is_filled_from_the_lock_and_runs_as_nobody_special() -> None:
    assert "--require-hashes" in DOCKERFILE
    assert "requirements/runtime.txt" in DOCKERFILE
    users = re.findall(r"^USER (\S+)$", DOCKERFILE, re.MULTILINE)
    assert len(users) > 0
    assert {users[-1]} == {SERVICES[n]["user"] for n in ("api", "worker", "dashboard", "backup")}
    assert re.search(r"^(?:ARG|ENV) .*(?:PASSWORD|TOKEN|SECRET)", DOCKERFILE, re.MULTILINE) is None
