"""Small profiles for tests of the scorer."""

from __future__ import annotations

from typing import Any

from graph.identifiers.core import IdentifierKind
from graph.roles import Role
from graph.scoring.networks import NetworkClass, Networks
from graph.scoring.observations import Observation, Profile
from graph.scoring.pairs import Basis
from graph.scoring.weights import shipped_weights

HOUR_US = 3_600_000_000
NOON_US = 1_750_000_000_000_000
ADDRESS = "198.18.5.5"


def seen(kind: IdentifierKind, identifier: str, **more: Any) -> Observation:
    """Give an observation of a reported person's identifier."""
    return Observation(
        kind=kind,
        identifier=identifier,
        state=more.pop("state", "normal"),
        role=more.pop("role", Role.REPORTED),
        linking=more.pop("linking", True),
        **more,
    )


def email(identifier: str, **more: Any) -> Observation:
    """Give an observation of an e-mail address."""
    return seen(IdentifierKind.EMAIL, identifier, **more)


def account(name: str, *, provider: str = "chat", **more: Any) -> Observation:
    """Give an observation of an account."""
    return seen(IdentifierKind.ACCOUNT, f"{provider}||{name}", **more)


def address(*, at_us: int | None = NOON_US, **more: Any) -> Observation:
    """Give a use of an IP address."""
    return seen(IdentifierKind.IP_ADDRESS, more.pop("value", ADDRESS), at_us=at_us, **more)


def file_hash(value: str, **more: Any) -> Observation:
    """Give an observation of a file's hash."""
    return seen(IdentifierKind.FILE_HASH, value, role=Role.FILE, **more)


def tip(*observations: Observation, **more: Any) -> Profile:
    """Give a tip with these observations."""
    return Profile(
        tip=more.pop("name", "ncmec:1"),
        provider=more.pop("provider", "chat"),
        traits=frozenset(more.pop("traits", ())),
        observations=observations,
        **more,
    )


def basis(network_class: NetworkClass | None = None) -> Basis:
    """Give the shipped weights, and the one address of these tests in a class of network."""
    networks = Networks()
    if network_class is not None:
        networks.add(ADDRESS, network_class, from_us=0, until_us=1 << 62)
    return Basis(weights=shipped_weights("1"), networks=networks)
