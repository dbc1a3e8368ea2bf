"""When an account that nobody uses is locked: pure rules over when it was used.

CJIS AC-2(3): an account that was not used for 90 days is disabled, within a week.
"""

from __future__ import annotations

from enum import StrEnum

DAY_US = 24 * 3_600_000_000
UNUSED_US = 90 * DAY_US
WARNED_US = 76 * DAY_US
"""Two weeks before: long enough for somebody on leave."""
NOTICE_US = 6 * DAY_US
"""Nobody is locked sooner after the warning, which keeps within the week even where the worker
stood still when the warning was due."""
RULE = "not used for 90 days"


class Due(StrEnum):
    """What disuse asks for now."""

    NOTHING = "nothing"
    WARN = "warn"
    LOCK = "lock"


def due(*, used_us: int, warned_us: int | None, at_us: int) -> Due:
    """Give what is due for an account last used at a time; a warning before that is an old one."""
    unused_us = at_us - used_us
    is_warned = warned_us is not None and warned_us >= used_us
    if unused_us >= WARNED_US and not is_warned:
        return Due.WARN
    if unused_us >= UNUSED_US and warned_us is not None and at_us - warned_us >= NOTICE_US:
        return Due.LOCK
    return Due.NOTHING


def locks_us(*, used_us: int, warned_us: int) -> int:
    """Give the earliest time at which an account is locked that is warned now."""
    return max(used_us + UNUSED_US, warned_us + NOTICE_US)
