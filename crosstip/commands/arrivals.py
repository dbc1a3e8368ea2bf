"""What tips that have just come in are connected to, as `ingest` and `quarantine retry` say it."""

from __future__ import annotations

from collections.abc import Sequence

from crosstip.commands.wording import URGENCY
from crosstip.identity import Desk
from crosstip.output import complain, errors, say
from graph.casework.deeds import Deed
from graph.casework.rights import own, permits
from graph.errors import StoreError
from graph.queries.tips import TIPS, TipsParams
from graph.services.arrivals import Arrivals, Touching, arrivals_of
from graph.services.estimating import chance_if_due
from graph.services.links import CAVEAT
from graph.services.state_counting import count_if_due
from ingest.summary import MAX_TIPS, Summary

_SHOWN_TOUCHING = 20
_CALM = 2
"""The lowest urgency that is not marked."""


def connect(at: Desk, summary: Summary) -> Arrivals | None:
    """Compute the links of what came in; None when nothing did, or when they are not known."""
    if len(summary.tips) == 0:
        return None
    if not permits(at.caller, Deed.LINK_READ, resource=own(at.caller)):
        complain("What these tips are connected to is shown to those who may read links.")
        return None
    came = list(summary.tips)[:MAX_TIPS]
    try:
        # A long silence after the bar would look like a command that hangs.
        with errors.status("counting how common values are"):
            count_if_due(at.whole, basis=at.basis, actor=at.name)
        with errors.status("estimating what chance gives"):
            chance_if_due(at.whole, basis=at.basis, actor=at.name)
        with errors.status("computing the links of what came in"):
            tips = [line.key for line in at.store.read(TIPS, TipsParams(tips=came))]
            answer = arrivals_of(at.store, tips, basis=at.basis)
    except StoreError as error:
        # What was taken in is recorded: the summary must still say so.
        complain(f"crosstip: the tips are in, their links were not computed: {error}")
        return None
    at.shows(None, *tips)
    return answer


def print_arrivals(arrivals: Arrivals, *, is_cut: bool) -> None:
    """Print what tips that came in are connected to: urgent ones and open investigations first."""
    if is_cut:
        say(
            f"More than {MAX_TIPS} tips are new or changed: what follows is of the first "
            f"{MAX_TIPS} that came in. `crosstip links NUMBER` and `crosstip overlaps` answer for "
            "all."
        )
    say(
        f"Of {arrivals.tips} new or changed tips {arrivals.strong} have a strong link, "
        f"{arrivals.moderate} a moderate one at best, {len(arrivals.touching)} mention what an "
        f"open investigation claims ({CAVEAT})."
    )
    _print_touching(arrivals.touching)
    if len(arrivals.only_hubs) > 0:
        urgent = sum(item.tip.urgency < _CALM for item in arrivals.only_hubs)
        say(
            f"Only through a hub: {len(arrivals.only_hubs)} more ({urgent} of them urgent) mention "
            "nothing claimed but what very many tips mention, such as a carrier's address or a "
            "viral file. That is no meeting; `crosstip overlaps` sets those apart too."
        )


def _print_touching(touching: Sequence[Touching]) -> None:
    for item in touching[:_SHOWN_TOUCHING]:
        urgent = f" [{URGENCY[item.tip.urgency]}]" if item.tip.urgency < _CALM else ""
        hubs = (
            f" (only through a hub: {', '.join(item.through_hubs)})"
            if len(item.through_hubs) > 0
            else ""
        )
        say(f"- {item.tip.key}{urgent}: {', '.join(item.investigations)}{hubs}")
    if len(touching) > _SHOWN_TOUCHING:
        say(f"and {len(touching) - _SHOWN_TOUCHING} more")
