"""Draws for one tip: which features it has, and how it writes times."""

from __future__ import annotations

from dataclasses import dataclass, field

from world import calendar_text
from world.dice import Dice
from world.distributions import FEATURES, Numbers, Rate
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
        chance = share.share * self.setting.shares.of(feature)
        random = not self.forced and self.dice.random() < chance
        has = random or feature in self.forced
        if has:
            self.hits.add(feature)
        return has

    def first(self, *features: Feature) -> Feature | None:
        """Give at most one of several features that exclude each other."""
        if self.forced:
            return next((feature for feature in features if self.hit(feature)), None)
        drawn = self.dice.random()
        for feature in features:
            drawn -= FEATURES[feature].share * self.setting.shares.of(feature)
            if drawn < 0:
                self.hits.add(feature)
                return feature
        return None

    def among(self, *features: Feature) -> Feature:
        """Give exactly one of several features by their shares (the last one if none is forced)."""
        if self.forced:
            found = next((each for each in features if each in self.forced), features[-1])
        else:
            weights = [FEATURES[feature].share for feature in features]
            found = self.dice.choices(features, weights)[0]
        self.hits.add(found)
        return found

    def stated(self, rate: Rate) -> bool:
        """Give whether the provider states something that it states at that rate."""
        return self.dice.chance(self.setting.shares.stated(rate.share))

    def count(self, numbers: Numbers) -> int:
        """Give a drawn number of things; none more or less often as fields are missing."""
        drawn = self.dice.draw(numbers.table)
        missing = self.setting.shares.missing
        if drawn == 0 and missing < 1.0 and not self.dice.chance(missing):
            return 1
        none = numbers.table.weights[0] / numbers.table.cumulative[-1]
        lost = (missing - 1.0) * none / (1.0 - none)
        return 0 if missing > 1.0 and self.dice.chance(lost) else drawn

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
