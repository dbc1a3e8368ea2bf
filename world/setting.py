"""What all tips of one world have in common: seed, size, and the values that strangers share."""

from __future__ import annotations

from dataclasses import dataclass

from world import distributions
from world.dice import Dice
from world.exits import Exits, exits
from world.features import Form
from world.networks import Lines, lines
from world.people import md5
from world.shares import NO_CHANGE, Shares
from world.words import HANDLE_FIRST, HANDLE_SECOND

EMPTY_FILE_MD5 = "d41d8cd98f00b204e9800998ecf8427e"
FIRST_NUMBER = 910_000_000
"""Report numbers start here and grow with time of receipt."""
NUMBER_STEP = 7
NOT_HELD_BELOW = FIRST_NUMBER - 1_000_000
"""Numbers under this one belong to tips that this world does not hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One world's constants."""

    seed: int
    tips: int
    forms: tuple[Form, ...]
    viral_md5: str
    avatar_md5: str
    series_md5: str
    circulating: tuple[str, ...]
    """MD5 of files that strangers pass around; the first ones most often."""
    more_series: tuple[str, ...]
    """MD5 of further known series, each held by a few strangers."""
    aliases: tuple[str, ...]
    """Screen names that strangers use; the first ones most often."""
    victims: int
    complainants: int
    shares: Shares
    lines: Lines
    exits: Exits

    def form(self, wanted: Form | None) -> Form | None:
        """Give the wanted format if this world writes it, else None."""
        return wanted if wanted in self.forms else None


def _aliases(dice: Dice, count: int) -> tuple[str, ...]:
    names: dict[str, None] = {}
    while len(names) < count:
        pair = f"{dice.one(HANDLE_FIRST)}{dice.one(HANDLE_SECOND)}"
        names[pair if pair not in names else f"{pair}{dice.below(1_000)}"] = None
    return tuple(names)


def setting(
    seed: int, *, tips: int, forms: tuple[Form, ...], shares: Shares = NO_CHANGE
) -> Setting:
    """Give the constants of the world with that seed and size."""
    dice = Dice(seed, "setting")
    people = tips / distributions.TIPS_PER_OFFENDER.mean
    return Setting(
        seed=seed,
        tips=tips,
        forms=forms,
        viral_md5=md5(dice),
        avatar_md5=md5(dice),
        series_md5=md5(dice),
        circulating=tuple(md5(dice) for _ in range(12 + tips // 50)),
        more_series=tuple(
            md5(dice) for _ in range(1 + int(tips / distributions.TIPS_PER_SERIES.value))
        ),
        aliases=_aliases(dice, 12 + int(people / distributions.PEOPLE_PER_COMMON_ALIAS.value)),
        victims=6 + tips // 60,
        complainants=4 + tips // 300,
        shares=shares,
        lines=lines(int(1.05 * people) + 700),
        exits=exits(tips),
    )


def report_number(seed: int, rank: int) -> int:
    """Give the report number of the tip that was received as the `rank`-th one."""
    return FIRST_NUMBER + rank * NUMBER_STEP + (seed + rank * rank) % NUMBER_STEP
