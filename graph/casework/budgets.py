"""How many look-ups are left: two integers that only ever move forward.

A day is a day in UTC. The burst is the generic cell rate algorithm (ITU-T I.371, annex A): one
instant, up to which what was used is paid for. A clock that is set back refills nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from graph.casework.terms import DAY_US

_HOUR_US = DAY_US // 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What a user or an agency has used."""

    day_us: int = 0
    used: int = 0
    paid_until_us: int = 0
    alerted: tuple[str, ...] = ()

    def on(self, at_us: int) -> Account:
        """Give the account as it stands at a time: a new day begins with nothing used."""
        day_us = at_us - at_us % DAY_US
        if day_us <= self.day_us:
            return self
        return Account(day_us=day_us, used=0, paid_until_us=self.paid_until_us)

    def left(self, at_us: int, *, per_day: int, burst: int | None) -> int:
        """Give how many look-ups there are at a time; None for a burst is no bound."""
        left = per_day - self.on(at_us).used
        if burst is not None:
            each_us = _HOUR_US // burst
            left = min(left, burst - _up(max(self.paid_until_us - at_us, 0), each_us))
        return max(left, 0)

    def after(self, look_ups: int, at_us: int, *, burst: int | None) -> Account:
        """Give the account after so many look-ups."""
        now = self.on(at_us)
        each_us = _HOUR_US // burst if burst is not None else 0
        return Account(
            day_us=now.day_us,
            used=now.used + look_ups,
            paid_until_us=max(now.paid_until_us, at_us) + look_ups * each_us,
            alerted=now.alerted,
        )


def _up(amount: int, unit: int) -> int:
    return -(-amount // unit)
