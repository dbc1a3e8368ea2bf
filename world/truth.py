"""What is true in a world, written beside it as `truth.json` and never given to what is tested."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict

from world.meetings import How
from world.traps import Cause

WORLD_VERSION = 2
"""Grows whenever the same seed and size give another world."""


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class IdentifierTruth(_Record):
    """An identifier in its plainest form."""

    kind: str
    """Name of Crosstip's identifier kind: `Account`, `Email`, `Phone`, `IpAddress`, ..."""
    value: str
    """E-mail in lower case, phone in E.164, IPv4 dotted, hash in lower-case hexadecimal."""
    provider: str | None = None
    """Present name of the provider. Accounts and screen names."""
    service: str | None = None
    """The provider's service. Accounts and screen names."""
    subtype: str | None = None
    """Hash type or device id type."""


class OffenderTruth(_Record):
    """One person with at least two tips. A tip of no group has a person of its own, or none."""

    id: str
    tips: tuple[str, ...]
    """Report numbers in order of receipt."""
    shared: tuple[IdentifierTruth, ...]
    """Identifiers that at least two of these tips state in a role that may link, hubs left out.
    A person may share nothing: then no evidence can show it."""


class InvestigationTruth(_Record):
    """Names an investigation as `claims.csv` does."""

    agency: str
    reference: str


class CollisionTruth(_Record):
    """Two investigations of different agencies that truly meet."""

    first: InvestigationTruth
    second: InvestigationTruth
    how: How
    """The shortest chain."""
    through: tuple[IdentifierTruth, ...]
    """Same identifier: the ones both claim. One tip: the claimed ones that the tips state. Two
    tips: those that the tips share."""
    tips: tuple[str, ...]
    """Tips on the way; for a same identifier the tips that state it, maybe none."""
    showcase: bool
    """Written by hand: there in every world, whatever its seed and size."""


class FalseFriendsTruth(_Record):
    """Two investigations that seem to meet: no overlap, or at most one that is marked down."""

    first: InvestigationTruth
    second: InvestigationTruth
    through: IdentifierTruth
    why: str


class UrgentTruth(_Record):
    """A tip that belongs at the head of every list."""

    tip: str
    imminent: bool
    """NCMEC's priority says imminent danger; otherwise the provider escalated."""


class HubTruth(_Record):
    """A value that strangers share by design, and how many tips state it."""

    identifier: IdentifierTruth
    tips: int
    why: str


class RingTruth(_Record):
    """The showcase offender."""

    offender: str
    tips: tuple[str, ...]
    start: str
    """The tip to begin with."""
    direct: tuple[str, ...]
    """Tips that share an identifier with the start tip."""
    indirect: tuple[str, ...]
    """Tips that hang together with it over another tip only."""


class SeriesTruth(_Record):
    """A file of a known series: rare, held by strangers, and still worth a notice."""

    identifier: IdentifierTruth
    tips: tuple[str, ...]


class RedeliveryTruth(_Record):
    """A tip that was delivered twice."""

    tip: str
    withdrawn: tuple[IdentifierTruth, ...]
    """What only the first delivery stated: links over it must go."""
    added: tuple[IdentifierTruth, ...]
    """What only the second delivery states."""


class TrapTruth(_Record):
    """A value that tips about different people state: a linker that trusts it is fooled.

    Any two of the tips that no offender has in common are a false pair of this cause.
    """

    cause: Cause
    identifier: IdentifierTruth
    """An IPv6 address stands as its /64."""
    tips: tuple[str, ...]
    """In order of number; several of them may be about one person."""
    pairs: int
    """Pairs of these tips about different people, for a family of one household, for a moved
    lease of different ones."""


class CauseTruth(_Record):
    """How many traps of one cause a world has. A pair may be in traps of several causes."""

    cause: Cause
    values: int
    pairs: int


class SharesTruth(_Record):
    """The multipliers with which the world was written."""

    carrier_nat: float
    vpn: float
    viral: float
    missing: float


class FeatureTruth(_Record):
    """How many tips have a feature, and the first few of them by number."""

    name: str
    tips: int
    examples: tuple[str, ...]


class Truth(_Record):
    """Everything that is true in one world."""

    version: int
    seed: int
    tips: int
    formats: tuple[str, ...]
    tips_by_format: dict[str, int]
    documents: int
    """Files under `tips/`, file details and second deliveries included."""
    first_received: str
    last_received: str
    offenders: tuple[OffenderTruth, ...]
    collisions: tuple[CollisionTruth, ...]
    persona_meetings: tuple[CollisionTruth, ...]
    """A suspect of one agency and another one's officer: real, urgent and never drawn."""
    false_friends: tuple[FalseFriendsTruth, ...]
    urgent: tuple[UrgentTruth, ...]
    hubs: tuple[HubTruth, ...]
    shared_networks: tuple[str, ...]
    """Address blocks whose every address serves strangers."""
    known_series: SeriesTruth
    showcase: RingTruth
    redelivered: tuple[RedeliveryTruth, ...]
    shares: SharesTruth
    causes: tuple[CauseTruth, ...]
    """Every cause, also one without a trap in this world."""
    traps: tuple[TrapTruth, ...]
    """Every value that tips about different people state in a role that may link."""
    features: tuple[FeatureTruth, ...]

    @property
    def showcase_collisions(self) -> tuple[CollisionTruth, ...]:
        """Give the collisions that every world has."""
        return tuple(collision for collision in self.collisions if collision.showcase)

    def write(self, path: Path) -> None:
        """Write the truth as JSON, in a fixed order and with a line for every value."""
        path.write_text(self.model_dump_json(indent=1) + "\n", encoding="utf-8", newline="\n")

    @classmethod
    def read(cls, path: Path) -> Truth:
        """Give the truth that was written there.

        Raises:
            OSError: the file cannot be read.
            pydantic.ValidationError: it is no truth of this version.
        """
        return cls.model_validate_json(path.read_bytes())
