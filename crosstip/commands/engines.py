"""The engines that can be measured."""

from __future__ import annotations

from enum import StrEnum

from bench.stores import EMBEDDED, NEO4J


class Engine(StrEnum):
    """Engines that can be measured; each is started for it and is gone afterwards."""

    EMBEDDED = EMBEDDED
    NEO4J = NEO4J
