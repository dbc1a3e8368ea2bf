"""Callers and records as Cedar is told of them (`graph/data/policies/rights.cedarschema`)."""

from __future__ import annotations

from graph.casework.caller import Caller
from graph.casework.policies import Node
from graph.casework.resource import Resource

ANYBODY = "anybody"
"""The role that every user has whose account is in the store."""


def request(caller: Caller, deed: str, record: str) -> Node:
    """Give the question whether a caller may do something to a record."""
    return {
        "principal": _uid("User", caller.user),
        "action": _uid("Action", deed),
        "resource": _uid("Record", record),
        "context": {"now": caller.as_of_us, "deed": deed},
    }


def user_entity(caller: Caller) -> Node:
    """Give a caller as an entity."""
    attributes: Node = {"unnamed": caller.unnamed}
    if caller.agency is not None:
        attributes["agency"] = _reference("Agency", caller.agency)
    if caller.until_us is not None:
        attributes["until"] = caller.until_us
    if caller.scopes is not None:
        attributes["scopes"] = sorted(caller.scopes)
    roles = sorted(role.value for role in caller.roles)
    held = roles if caller.unnamed else [ANYBODY, *roles]
    return {
        "uid": _uid("User", caller.user),
        "attrs": attributes,
        "parents": [_uid("Role", role) for role in held],
    }


def record_entity(name: str, resource: Resource) -> Node:
    """Give a record as an entity under a name of its own."""
    attributes: Node = {}
    if resource.owner is not None:
        attributes["owner"] = _reference("Agency", resource.owner)
    if resource.team is not None:
        attributes["team"] = [_reference("User", key) for key in sorted(resource.team)]
    if resource.visibility is not None:
        attributes["visibility"] = resource.visibility
    if resource.sealed_to is not None:
        attributes["sealed_to"] = _reference("User", resource.sealed_to)
    if resource.entered_by is not None:
        attributes["entered_by"] = _reference("User", resource.entered_by)
    if resource.account is not None:
        attributes["account"] = _reference("User", resource.account)
    if resource.account_roles is not None:
        attributes["account_roles"] = sorted(resource.account_roles)
    if resource.asked_by is not None:
        attributes["asked_by"] = _reference("User", resource.asked_by)
    if resource.told is not None:
        attributes["told"] = resource.told
    if resource.addressed is not None:
        attributes["addressed"] = [_reference("User", key) for key in sorted(resource.addressed)]
    if resource.handing is not None:
        attributes["handing"] = resource.handing
    if resource.holders is not None:
        attributes["holders"] = [_reference("Agency", key) for key in sorted(resource.holders)]
    return {"uid": _uid("Record", name), "attrs": attributes, "parents": []}


def _uid(kind: str, key: str) -> Node:
    return {"type": kind, "id": key}


def _reference(kind: str, key: str) -> Node:
    return {"__entity": _uid(kind, key)}
