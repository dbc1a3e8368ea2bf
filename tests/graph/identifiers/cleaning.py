"""Short ways to clean one value in a test."""

from __future__ import annotations

from graph.identifiers.core import Identifier, IdentifierKind, Policy, RawIdentifier, Rejected
from graph.identifiers.registry import clean

REAL = Policy(synthetic=False)
SYNTHETIC = Policy(synthetic=True)


def raw(
    kind: IdentifierKind,
    value: str,
    *,
    subtype: str | None = None,
    provider: str | None = None,
    service: str | None = None,
    calling_code: str | None = None,
    region: str | None = None,
) -> RawIdentifier:
    """Give a raw value as a reader makes it."""
    return RawIdentifier(
        kind=kind,
        value=value,
        subtype=subtype,
        provider=provider,
        service=service,
        calling_code=calling_code,
        region=region,
    )


def cleaned(item: RawIdentifier, policy: Policy = SYNTHETIC) -> Identifier:
    """Give the identifier; fails with the reason when there is none."""
    found = clean(item, policy)
    assert isinstance(found, Identifier), found.reason
    return found


def refused(item: RawIdentifier, policy: Policy = SYNTHETIC) -> str:
    """Give the reason of a rejection; fails when the value was taken."""
    found = clean(item, policy)
    assert isinstance(found, Rejected), found.key
    assert len(item.value.strip()) < 4 or item.value not in found.reason
    return found.reason


def hints(identifier: Identifier) -> dict[str, str]:
    """Give the hints as key by scheme; fails when a scheme stands there twice."""
    found = {hint.scheme: hint.key for hint in identifier.hints}
    assert len(found) == len(identifier.hints)
    return found
