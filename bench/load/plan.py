"""What is asked of a server, how often, and what came of it; passed between processes as JSON."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

HOLDER = "X-Bench-Holder"
"""Names the asker's agency to the bare route, which asks no session; the API does not read it."""


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Ask(_Model):
    """One request that may be sent again and again."""

    method: str
    path: str
    body: str | None = None
    token: str
    holder: str


class Kind(_Model):
    """Requests of one kind, one of which is taken each time."""

    name: str
    share: float
    asks: tuple[Ask, ...]


class Plan(_Model):
    """So many requests a second, for so long, to servers in turn."""

    servers: tuple[tuple[str, int], ...]
    """Host and port."""
    rate: float
    seconds: float
    seed: int
    kinds: tuple[Kind, ...]
    give_up_s: float = 30.0


class Sent(_Model):
    """A request, and what came of it."""

    kind: str
    at_s: float
    """When it was due, seconds after the first."""
    late_ms: float
    """How much later the generator got to it."""
    took_ms: float
    """From when it was due to the end of the answer: a server that stands still is not spared the
    requests that would have come meanwhile."""
    status: int
    """0: no answer."""
    retry_after: bool


class Outcome(_Model):
    """All requests of a plan, as they were due."""

    sent: tuple[Sent, ...]
