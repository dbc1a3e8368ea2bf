"""Every kind of evidence that a weights table must have a line for."""

from __future__ import annotations

from graph.scoring.addresses import Gap
from graph.scoring.networks import NetworkClass

SHARED = ("account", "email", "phone", "device", "url", "screen_name", "file")
ADDRESSES = tuple(f"address.{network.value}.{gap.value}" for network in NetworkClass for gap in Gap)
MODIFIERS = (
    "port.same",
    "port.other",
    "quality.verified",
    "quality.recovery",
    "quality.mined",
    "quality.compromised",
    "state.known_series",
    "state.viral",
    "role.other",
)
TRAITS = (
    "birth.same",
    "birth.differs",
    "country.differs",
    "alias.same",
    "account.differs",
    "email.differs",
    "phone.differs",
)
EVIDENCE = (*SHARED, *ADDRESSES, *MODIFIERS, *TRAITS)
