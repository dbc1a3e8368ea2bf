"""Knobs: how much commoner or rarer than the table says the hard parts of a world are."""

from __future__ import annotations

from dataclasses import dataclass, fields

from world.features import Feature

LEAST = 0.0
MOST = 4.0
"""Beyond this shares would run into one, and the knob would do nothing more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """Multipliers of shares of the table; 1.0 leaves it as it is.

    Raises:
        ValueError: a multiplier lies outside 0 to 4.
    """

    carrier_nat: float = 1.0
    """Addresses of carriers that serve many subscribers at once."""
    vpn: float = 1.0
    """Exits of VPN services, Tor and rented servers."""
    viral: float = 1.0
    """Tips with the viral file."""
    missing: float = 1.0
    """Everything that a provider does not state: contacts, names, times, ports, captures."""

    def __post_init__(self) -> None:
        for field in fields(self):
            if not LEAST <= getattr(self, field.name) <= MOST:
                raise ValueError(
                    f"the share of {field.name} is multiplied by {getattr(self, field.name)}; "
                    f"give a number from {LEAST:g} to {MOST:g}"
                )

    def of(self, feature: Feature) -> float:
        """Give the multiplier of a feature."""
        if feature in _CARRIER_NAT:
            return self.carrier_nat
        if feature is Feature.VPN_EXIT:
            return self.vpn
        if feature is Feature.VIRAL_FILE:
            return self.viral
        return self.missing if feature in _MISSING else 1.0

    def stated(self, share: float) -> float:
        """Give how often something is stated that the table states in that share of tips."""
        return max(0.02, 1.0 - (1.0 - share) * self.missing)


_CARRIER_NAT = frozenset({Feature.CARRIER_NAT, Feature.MOBILE_ADDRESS})
_MISSING = frozenset(
    {Feature.MISSING_CAPTURE_TIME, Feature.NO_INCIDENT_TIME, Feature.NO_REPORTED_PERSON}
)
NO_CHANGE = Shares()
