"""The policies say what the rules say, name themselves, and refuse to start when damaged."""

from __future__ import annotations

from importlib.resources import files
from itertools import combinations
from random import Random

import cedarpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.casework.caller import Caller
from graph.casework.policies import PolicyError, PolicySet, build
from graph.casework.requests import record_entity, request, user_entity
from graph.casework.resource import Resource
from graph.casework.rights import POLICIES, Deed, check_roles, permits, require, roles_for
from graph.casework.vocabulary import UserRole
from graph.errors import RightsError, RowError
from tests.graph.casework.asks import NOW_US, Ask, random_caller, random_resource
from tests.graph.casework.rules import NEEDS, SEPARATE, may

R = UserRole
SEED, ASKS, KINDS = 20261122, 50_000, 700
_FOLDER = files("graph").joinpath("data", "policies")
THEMES = {
    path.name.removesuffix(".cedar"): path.read_text(encoding="utf-8")
    for path in _FOLDER.iterdir()
    if path.name.endswith(".cedar")
}
SCHEMA = _FOLDER.joinpath("rights.cedarschema").read_text(encoding="utf-8")


def differences(policies: PolicySet, *, asks: int, seed: int = SEED) -> list[Ask]:
    """Give the random questions to which policies and rules answer differently."""
    rng = Random(seed)
    callers = [random_caller(rng) for _ in range(KINDS)]
    records = [random_resource(rng) for _ in range(KINDS)]
    entities = [record_entity(f"r{n}", record) for n, record in enumerate(records)]
    for n, caller in enumerate(callers):
        entity = user_entity(caller)
        entity["uid"] = {"type": "User", "id": f"{caller.user}{n}"}
        entities.append(entity)
    raise NotImplementedError
