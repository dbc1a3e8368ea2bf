"""The agencies of the world and what they work: made up, marked synthetic in every name."""

from __future__ import annotations

from dataclasses import dataclass

from world.drafts import Value
from world.reserved import DESK_PHONES, phone, phone_spaced


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """One agency as `agencies.csv` states it."""

    key: str
    name: str
    kind: str
    """`task force`, `affiliate`, `federal` or `foreign`."""
    state: str
    contact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One identifier that an investigation works, as `claims.csv` states it."""

    value: Value
    written: str
    provider: str = ""
    """As the agency calls the provider, which may be a former name."""
    region: str = ""
    """Country of a phone number that is written without its calling code."""
    role: str = "suspect"
    """`suspect`, `officer persona` or `victim`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Investigation:
    """One agency's work on one matter."""

    agency: Agency
    reference: str
    title: str
    opened: str
    status: str = "open"
    claims: tuple[Claim, ...]


def _agency(key: str, name: str, *, kind: str, state: str, desk: int) -> Agency:
    return Agency(
        key=key,
        name=f"{name} (synthetic)",
        kind=kind,
        state=state,
        contact=f"desk@{key}.example.org, {phone_spaced(phone(DESK_PHONES + desk))}",
    )


HARROW = _agency("harrow", "Harrow Valley ICAC Task Force", kind="task force", state="CO", desk=0)
LARKSPUR = _agency(
    "larkspur", "Larkspur Coast ICAC Task Force", kind="task force", state="WA", desk=1
)
STONEPINE = _agency("stonepine", "Stonepine ICAC Task Force", kind="task force", state="TN", desk=2)
DUNMARROW = _agency("dunmarrow", "Dunmarrow County Sheriff", kind="affiliate", state="CO", desk=3)
TARNHOLLOW = _agency(
    "tarnhollow", "Tarnhollow Police Department", kind="affiliate", state="WA", desk=4
)
FEDERAL = _agency("fedesk", "Federal Online Protection Desk", kind="federal", state="", desk=5)
OVERSEAS = _agency("overseas", "Overseas Liaison Office", kind="foreign", state="", desk=6)

AGENCIES = (HARROW, LARKSPUR, STONEPINE, DUNMARROW, TARNHOLLOW, FEDERAL, OVERSEAS)
POLICE_TOLD = DUNMARROW
"""The agency that a provider names when it has already told police."""


def claim(value: Value, *, role: str = "suspect", provider: str | None = None) -> Claim:
    """Give a claim on a value, written plainly."""
    return Claim(
        value=value,
        written=value.value,
        provider=provider or value.provider or "",
        role=role,
    )
