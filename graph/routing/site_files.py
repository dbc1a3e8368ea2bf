"""What a site supplies for routing, beside the areas that lie in the store."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from graph.routing.geolocation import Geolocation, read_geolocation
from graph.routing.recipients import Recipients, shipped_recipients
from graph.scoring.networks import Networks

GEOLOCATION_FOLDER = "geolocation"
"""In the data directory, when no other folder is set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutingFiles:
    """Files of a site; they are opened when somebody asks, once in a process."""

    folder: Path | None = None
    """Of geolocation files."""
    networks: Networks = field(default_factory=Networks)
    """Which kind of network an address belonged to, the same as links rest on."""

    @property
    def geolocation(self) -> Geolocation:
        """Where addresses were.

        Raises:
            SettingsError: a file cannot be read.
        """
        return read_geolocation(self.folder)

    @property
    def recipients(self) -> Recipients:
        """To whom a report's contents may go, for counsel to confirm."""
        return shipped_recipients()
