"""Draws for one tip: which features it has, and how it writes times."""

from __future__ import annotations

from dataclasses import dataclass, field

from world import calendar_text
from world.dice import Dice
from world.distributions import FEATURES
from world.features import Feature, Form
from world.providers import Provider
from world.setting import Setting

_OFFSETS = (-480, -360, -300, 60, 330, 345, 600)
"""Minutes east of UTC, whole hours and odd ones."""


@dataclass(slots=True, kw_only=True)
class Rolls:
    """The draws of one tip and what came of them."""

    setting: Setting
    dice: Dice
    form: Form
    provider: Provider
    incident: int
    """Second of the incident."""
    forced: frozenset[Feature]
    """Features that this tip must have; it then has no others, so that they can take effect."""
    hits: set[Feature] = field(default_factory=set)
    style: Feature | None = None
    """How this tip writes times, when it is not the usual way."""
    offset: int = 0

    def hit(self, feature: Feature) -> bool:
        """Give whether the tip has the feature, and remember it. Ask only where it takes effect."""
        share = FEATURES[feature]
        if share.form is not None and share.form is not self.form:
            return False
        random = not self.forced and self.dice.random() < share.share
        has = random or feature in self.forced
        if has:
            self.hits.add(feature)
        return has

    def first(self, *features: Feature) -> Feature | None:
        """Give at most one of several features that exclude each other."""
        return next((feature for feature in features if self.hit(feature)), None)

    def among(self, *features: Feature) -> Feature:
        """Give exactly one of several features by their shares (the last one if none is forced)."""
        if self.forced:
            found = next((each for each in features if each in self.forced), features[-1])
        else:
            weights = [FEATURES[feature].share for feature in features]
            found = self.dice.choices(features, weights)[0]
        self.hits.add(found)
        return found

    def draw_style(self) -> None:
        """Settle how the tip writes its times."""
        self.style = self.first(Feature.NAIVE_TIME, Feature.COMPACT_OFFSET, Feature.COLON_OFFSET)
        self.offset = self.dice.one(_OFFSETS)

    def time(self, seconds: int) -> str:
        """Give a time the way this tip writes times."""
        if self.style is Feature.NAIVE_TIME:
            return calendar_text.naive(seconds)
        if self.style is Feature.COMPACT_OFFSET:
            return calendar_text.compact_offset(seconds, self.offset)
        if self.style is Feature.COLON_OFFSET:
            return calendar_text.colon_offset(seconds, self.offset)
        return calendar_text.utc(seconds)
