"""Which stories a world has, and which number and time of receipt each of their tips gets.

Times are drawn for all tips first and numbers given in their order, so that numbers grow with
time while the stories are told one after the other and forgotten.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass

from world import distributions
from world.calendar_text import DAY, DAYS, FIRST_DAY
from world.dice import Dice
from world.distributions import FEATURES
from world.features import Feature, Form
from world.people import PHONE_OWNERS
from world.setting import Setting, report_number
from world.showcase.collisions import COLLISIONS
from world.showcase.false_friends import FALSE_FRIENDS
from world.showcase.ring import Ring
from world.showcase.stage import Scene
from world.stories import Cast, PersonStory, SampleStory, Story, Ties

SCENES: tuple[Scene, ...] = (Ring(), *COLLISIONS, *FALSE_FRIENDS)
_NOT_SAMPLED = frozenset(
    {Feature.FORMER_PROVIDER_NAME, Feature.OWN_FILE_AGAIN, Feature.ALIAS_DRIFT}
)
"""The ring has these: they need more than one tip or a certain date."""
_SAMPLES = tuple(feature for feature in Feature if feature not in _NOT_SAMPLED)
_SAMPLE_DAYS: dict[Feature, tuple[float, ...]] = {Feature.PRIOR_HELD: (300.0, 400.0)}
_FIRST_SERIAL = 6 * len(_SAMPLES)
"""Serials of the background. Samples have every third one, so that each of them has a phone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One story with its place in the world."""

    story: Story
    cast: Cast
    showcase: bool
    ranks: tuple[int, ...]
    """Places of its tips in the order of receipt."""


def _samples(forms: tuple[Form, ...]) -> list[SampleStory]:
    """Give a sample of each feature in each format that has a place for it."""
    return [
        SampleStory(serial=3 * (2 * position + (form is Form.XML)), feature=feature, form=form)
        for position, feature in enumerate(_SAMPLES)
        for form in forms
        if FEATURES[feature].form in (None, form)
    ]


def _sample_days(sample: SampleStory) -> tuple[float, ...]:
    return _SAMPLE_DAYS.get(sample.feature, (200.0 + 3.4 * sample.serial,))


def showcase_size(forms: tuple[Form, ...]) -> int:
    """Give how many tips the showcase and the samples have: the least that a world can hold."""
    scenes = sum(len(scene.days) for scene in SCENES)
    return scenes + sum(len(_sample_days(sample)) for sample in _samples(forms))


def _second(day: float) -> int:
    return FIRST_DAY + int(day * DAY)


@dataclass(frozen=True, slots=True)
class _Life:
    """When a person's tips are received, and what ties the person to the one before."""

    times: tuple[int, ...]
    tie: int


_ALONE, _FAMILY, _INHERITS = range(3)


def _tie(dice: Dice, serial: int, before: _Life | None, length: int) -> tuple[int, int | None]:
    """Give what ties a person to the one before, and the first second that follows from it."""
    if before is None or before.tie != _ALONE:
        return _ALONE, None
    last = FIRST_DAY + (DAYS - length) * DAY
    if (serial - 1) % PHONE_OWNERS == 0 and dice.chance(distributions.PHONE_PASSED_ON.share):
        moment = before.times[-1] + (60 + dice.below(240)) * DAY
        return (_INHERITS, moment) if moment < last else (_ALONE, None)
    if dice.chance(distributions.FAMILY.share):
        moment = before.times[0] + dice.below(90) * DAY + dice.below(DAY)
        return (_FAMILY, moment) if moment < last else (_ALONE, None)
    return _ALONE, None


def _background(setting: Setting, room: int) -> Iterator[_Life]:
    """Give the times of receipt of each person's tips until the room is used up."""
    dice = Dice(setting.seed, "background")
    before: _Life | None = None
    serial = _FIRST_SERIAL
    while room > 0:
        count = min(room, dice.draw(distributions.TIPS_PER_OFFENDER.table))
        room -= count
        gaps = [dice.draw(distributions.DAYS_BETWEEN_TIPS.table) for _ in range(count - 1)]
        length = sum(gaps)
        tie, begin = _tie(dice, serial, before, length)
        # A long career starts early enough to end before the world does.
        free = FIRST_DAY + int(dice.random() * max(1, DAYS - length) * DAY)
        moment = free if begin is None else begin
        times = [moment]
        for gap in gaps:
            moment += int(gap * DAY * (0.5 + dice.random() / 2)) + 1
            times.append(moment)
        before = _Life(tuple(times), tie)
        serial += 1
        yield before


def _ties(ties: bytearray, position: int) -> Ties:
    """Give a person's ties to the one before and to the one after."""
    after = ties[position + 1] if position + 1 < len(ties) else _ALONE
    return Ties(
        family=ties[position] == _FAMILY,
        inherits=ties[position] == _INHERITS,
        passes_on=after == _INHERITS,
    )


def parts(setting: Setting) -> Iterator[Part]:
    """Give every story of the world with the numbers and times of its tips."""
    stories: list[tuple[Story, bool]] = [(scene, True) for scene in SCENES]
    times = array("q")
    ends = array("q")

    def enter(received: tuple[int, ...]) -> None:
        times.extend(received)
        ends.append(len(times))

    for scene in SCENES:
        enter(tuple(_second(day) for day in scene.days))
    for sample in _samples(setting.forms):
        stories.append((sample, False))
        enter(tuple(_second(day) for day in _sample_days(sample)))
    ties = bytearray()
    for life in _background(setting, setting.tips - len(times)):
        enter(life.times)
        ties.append(life.tie)

    order = sorted(range(len(times)), key=lambda tip: (times[tip], tip))
    ranks = array("q", bytes(8 * len(times)))
    for rank, tip in enumerate(order):
        ranks[tip] = rank
    del order

    begin = 0
    for position, end in enumerate(ends):
        if position < len(stories):
            story, is_showcase = stories[position]
        else:
            place = position - len(stories)
            serial = _FIRST_SERIAL + place
            story, is_showcase = PersonStory(serial=serial, ties=_ties(ties, place)), False
        mine = tuple(ranks[begin:end])
        cast = Cast(
            setting=setting,
            numbers=tuple(report_number(setting.seed, rank) for rank in mine),
            received=tuple(times[begin:end]),
        )
        yield Part(story=story, cast=cast, showcase=is_showcase, ranks=mine)
        begin = end
