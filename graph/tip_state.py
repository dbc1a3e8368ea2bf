"""A tip's versions, and the state that they amount to."""

from __future__ import annotations

from dataclasses import dataclass

from graph.identifiers.core import IdentifierKind
from graph.statements import Assertion, FileStatement, Statement, TipFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One delivery of one part."""

    key: str
    part: str
    document: str
    issued_us: int
    statement: Statement
    declared_provider: str | None = None
    """Reporting provider that was declared for the document; decides the namespace of accounts."""

    @property
    def order(self) -> tuple[int, str]:
        """What decides which version is the newer one."""
        return (self.issued_us, self.document)

    @property
    def declared_order(self) -> tuple[bool, str]:
        """What decides which reading of the same bytes counts, see `declared_order`."""
        return declared_order(self.declared_provider)


def declared_order(provider: str | None) -> tuple[bool, str]:
    """Give what decides which reading of the same bytes counts, whichever came first.

    A declared provider beats none, and of two the first by name: the lower one counts.
    """
    return (provider is None, provider or "")


@dataclass(frozen=True, slots=True, kw_only=True)
class AssertionState:
    """An assertion with its life: since which version, and until which."""

    key: str
    assertion: Assertion
    since: str
    ended_us: int | None
    ended_by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceState:
    """A reference to another tip with its life."""

    kind: str
    target: str
    since: str
    ended_us: int | None
    ended_by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TipState:
    """All that a tip's versions amount to."""

    facts: TipFacts
    superseded: dict[str, str | None]
    """By version key: the next version of its part, None for a current one."""
    files: tuple[tuple[FileStatement, int | None], ...]
    """Files with the time at which they were last no longer mentioned."""
    assertions: tuple[AssertionState, ...]
    references: tuple[ReferenceState, ...]

    def linking_identifiers(self) -> frozenset[tuple[IdentifierKind, str]]:
        """The identifiers through which the tip links now."""
        return frozenset(
            (item.assertion.kind, item.assertion.identifier)
            for item in self.assertions
            if item.ended_us is None and item.assertion.linking
        )

    def mentioned_identifiers(self) -> frozenset[tuple[IdentifierKind, str]]:
        """The identifiers that the tip mentions now, in any role."""
        return frozenset(
            (item.assertion.kind, item.assertion.identifier)
            for item in self.assertions
            if item.ended_us is None
        )
