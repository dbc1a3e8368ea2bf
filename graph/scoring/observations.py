"""What two tips are compared by: a tip's live observations and what it says of its subjects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from graph.identifiers.core import IdentifierKind
from graph.roles import LINKING_ROLES, Role
from graph.scoring.traits import traits_of
from graph.statements import Assertion
from graph.tip_state import TipState

SUBNET_SCHEME = "ipv6-64"
_PROFILE_URLS = ("profileurl", "profile url")


class Quality(StrEnum):
    """How far a statement about an identifier can be relied on, best first."""

    VERIFIED = "verified"
    STATED = "stated"
    RECOVERY = "recovery"
    MINED = "mined"
    COMPROMISED = "compromised"


QUALITY_ORDER: dict[Quality, int] = {quality: place for place, quality in enumerate(Quality)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One live assertion of one tip, as far as links need it."""

    kind: IdentifierKind
    identifier: str
    subnet: str | None = None
    """The /64 of an IPv6 address: one subscriber's network (RFC 8981); this is compared."""
    state: str
    band: int = 0
    """Power of two below the number of tips that hold it, from the snapshot; 0: fewer than 5."""
    role: Role
    linking: bool
    quality: Quality = Quality.STATED
    event: str | None = None
    at_us: int | None = None
    earliest_us: int | None = None
    latest_us: int | None = None
    zone_stated: bool | None = None
    port: int | None = None
    possible_proxy: bool = False
    file_id: str | None = None
    person: str | None = None
    is_profile: bool = False
    """A web address that is somebody's profile: it follows from the account."""
    path: str = ""

    @property
    def about(self) -> str:
        """Whom it is said of in a bundle: a person, else nobody but its own file or value."""
        if self.person is not None:
            return self.person
        return f"file {self.file_id}" if self.file_id is not None else "value " + self.token[1]

    @property
    def token(self) -> tuple[IdentifierKind, str]:
        """What must be equal for two tips to share it."""
        return (self.kind, self.subnet if self.subnet is not None else self.identifier)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One tip as it is compared with others."""

    tip: str
    provider: str | None
    traits: frozenset[str]
    """See `graph.scoring.traits`."""
    observations: tuple[Observation, ...]
    bundled: bool = False
    """A bundled report: its users have nothing to do with each other (NCMEC `batchedReport`)."""
    alias_bands: Mapping[str, int] = field(default_factory=dict)
    """By bare screen name: how common it is over all providers; what is not there is rare."""

    def of_person(self, person: str) -> Profile:
        """Give what is said of one person of a bundle, and whom the bundle protects.

        What is a child's or a reporting person's anywhere in a bundle stays theirs.
        """
        only = tuple(
            o for o in self.observations if o.about == person or o.role not in LINKING_ROLES
        )
        return replace(self, observations=only, traits=frozenset(), bundled=False)


def subnet_of(hints: Iterable[str]) -> str | None:
    """Give the /64 among an identifier's hints (`scheme|key`), None when there is none."""
    for hint in hints:
        scheme, _, key = hint.partition("|")
        if scheme == SUBNET_SCHEME:
            return key
    return None


def is_profile_url(contact_type: str | None) -> bool:
    """Tell whether a web address is stated as somebody's profile."""
    return contact_type is not None and contact_type.casefold() in _PROFILE_URLS


def quality_of(
    *, verified: str | None, contact_type: str | None, compromised: str | None, mined: bool
) -> Quality:
    """Give the quality of an assertion; what speaks against relying on it counts first."""
    if compromised == "yes":
        return Quality.COMPROMISED
    if mined:
        return Quality.MINED
    if contact_type is not None and contact_type.casefold() == "recovery":
        return Quality.RECOVERY
    return Quality.VERIFIED if verified == "yes" else Quality.STATED


def observation_of(item: Assertion, *, band: int = 0) -> Observation:
    """Give the observation that a live assertion makes."""
    return Observation(
        kind=item.kind,
        identifier=item.identifier,
        subnet=subnet_of(item.hints) if item.kind is IdentifierKind.IP_ADDRESS else None,
        state=item.state,
        band=band,
        role=item.role,
        linking=item.linking,
        quality=quality_of(
            verified=item.verified,
            contact_type=item.contact_type,
            compromised=item.compromised,
            mined=item.mined,
        ),
        event=item.event,
        at_us=item.at_us,
        earliest_us=item.earliest_us,
        latest_us=item.latest_us,
        zone_stated=item.zone_stated,
        port=item.port,
        possible_proxy=item.possible_proxy == "yes",
        file_id=item.file_id,
        person=item.person,
        is_profile=is_profile_url(item.contact_type),
        path=item.path,
    )


def profile_of(tip: str, state: TipState) -> Profile:
    """Give a tip's profile from its folded state, bands unknown."""
    return Profile(
        tip=tip,
        provider=state.facts.provider,
        traits=frozenset(traits_of(state)),
        observations=tuple(
            observation_of(item.assertion) for item in state.assertions if item.ended_us is None
        ),
        bundled=state.facts.batched_reason is not None,
    )
