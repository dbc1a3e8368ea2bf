"""What can go wrong when Crosstip is served."""

from __future__ import annotations

from graph.errors import CrosstipError


class ServingError(CrosstipError):
    """API or dashboard could not be started, or ended by themselves."""
