"""Commands about what hangs together: the group around a tip, and chains between two tips."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from crosstip.commands.wording import URGENCY, Json, banner, bits, print_basis, when
from crosstip.identity import As, desk
from crosstip.output import in_lines, print_json, print_table, say
from crosstip.session import tip_key
from graph.casework.deeds import Deed
from graph.clock import iso
from graph.services.path_answers import LONGEST, MAX_CHAINS, MAX_LONGEST, Chain, Paths
from graph.services.reasons import Reason

if TYPE_CHECKING:
    from graph.services.group_answers import Beside, GroupAround, GroupLink, GroupValue, Member

_Tip = Annotated[str, typer.Argument(help="Tip number.")]


def groups(tip: _Tip, *, user: As = None, json: Json = False) -> None:
    """Show the tips that hang together with a tip by more than one link, and what is beside them.

    Parts that a single link or value holds together, and pairs that were judged not the same, are
    other groups.
    """
    # Here: its graph library takes a second to load, which no other command should wait for.
    from graph.services.groups import group_of

    with desk(user, Deed.LINK_READ) as at:
        answer = group_of(at.store, tip_key(tip), basis=at.basis)
        beside = (tip for group in answer.beside for tip in group.tips)
        at.shows(answer.tip, *(member.tip.key for member in answer.members), *beside)
        synthetic = at.synthetic
    if json:
        print_json(answer)
        return
    banner(synthetic=synthetic)
    _print_group(answer)


def _print_group(answer: GroupAround) -> None:
    print_table(
        f"Group of {answer.tip} as of {iso(answer.as_of_us)} ({answer.caveat})",
        ("urgent", "tip", "why it is in the group"),
        [_member(member, answer) for member in answer.members],
    )
    if len(answer.members) == 1:
        say("No strong link joins another tip to it, or only such as do not weld (see below).")
    if answer.weakest is not None:
        say(
            f"The thinnest place of the group is the link of {_linked(answer.weakest)}. Check it "
            "first: if it is wrong, and all that are no stronger, the group falls into parts."
        )
    for value in answer.rests_on:
        say(
            f"Check {_named(value)}: were it not one person's (shared, or passed on), some of "
            "these tips would no longer belong together."
        )
    for beside in answer.beside:
        for sentence in _told(beside):
            say(sentence)
    for pair in answer.apart:
        say(
            f"Kept apart: {pair.first} and {pair.second}; {pair.judged_by} judged them not the "
            f"same {when(pair.at_us)}: {pair.why}"
        )
    print_basis(answer.weights, answer.snapshot_us, answer.cut_off)


def _member(member: Member, answer: GroupAround) -> tuple[object, ...]:
    return (URGENCY[member.tip.urgency], member.tip.key, in_lines(list(_why(member, answer))))


def _why(member: Member, answer: GroupAround) -> Iterator[str]:
    """Say in plain words why a tip is in the group."""
    if member.tip.key == answer.tip:
        yield "The tip that was asked for."
    for other in member.same_actor_as:
        yield f"A person judged that one actor is behind it and {other}."
    for link in member.links:
        shared = ", ".join(_for(link.reasons))
        yield f"It shares with {link.tip.key} ({bits(link.score)} bits): {shared}."
    if member.link_total > len(member.links):
        yield f"It has strong links to {member.link_total} tips of the group in all."
    if member.attached and len(answer.members) > 1:
        yield "Only this one link holds it here: look at it before relying on the group."
    if member.hinge:
        yield "Some of the others belong here only through it."


def _told(beside: Beside) -> Iterator[str]:
    yield f"Beside it: {len(beside.tips)} tips ({_some(beside.tips)})."
    for hold in beside.holds:
        held = f" {_named(hold.value)}:" if hold.value is not None else ""
        yield f"  {hold.sentence}{held} {'; '.join(_linked(link) for link in hold.links[:3])}"
        if len(hold.links) > 3:
            yield f"  and {len(hold.links) - 3} links more, {bits(hold.score)} bits in all."


def _linked(link: GroupLink) -> str:
    judged = ", judged same actor" if link.judged else ""
    return f"{link.first} and {link.second} ({bits(link.score)} bits{judged})"


def _named(value: GroupValue) -> str:
    return f"{value.kind} {value.identifier}"


def _some(tips: Sequence[str]) -> str:
    more = f" and {len(tips) - 5} more" if len(tips) > 5 else ""
    return ", ".join(tips[:5]) + more


def _for(reasons: Sequence[Reason]) -> list[str]:
    return [
        f"{reason.kind if reason.kind != 'trait' else _trait(reason)} {reason.identifier}"
        for reason in reasons
        if reason.weight > 0
    ]


def _trait(reason: Reason) -> str:
    what = reason.name.partition(".")[0]
    return "screen name" if what == "alias" else what


def paths(
    tip: _Tip,
    other: Annotated[str, typer.Argument(help="Number of the other tip.")],
    *,
    most: Annotated[
        int, typer.Option("--most", "-k", min=1, max=MAX_CHAINS, help="How many chains.")
    ] = 3,
    longest: Annotated[
        int, typer.Option(min=1, max=MAX_LONGEST, help="Links of a chain at most.")
    ] = LONGEST,
    user: As = None,
    json: Json = False,
) -> None:
    """Show the best chains of links between two tips: those with the strongest weakest link."""
    # As above.
    from graph.services.paths import paths as find_paths

    with desk(user, Deed.LINK_READ) as at:
        answer = find_paths(
            at.store,
            tip_key(tip),
            tip_key(other),
            basis=at.basis,
            most=most,
            longest=longest,
        )
        at.shows(
            answer.own.key,
            answer.other.key,
            *(line.key for chain in answer.chains for line in chain.tips),
        )
        synthetic = at.synthetic
    if json:
        print_json(answer)
        return
    banner(synthetic=synthetic)
    _print_paths(answer)


def _print_paths(answer: Paths) -> None:
    say(f"{answer.own.key} and {answer.other.key} as of {iso(answer.as_of_us)}: {answer.summary}")
    for number, chain in enumerate(answer.chains, start=1):
        print_table(
            f"Chain {number}: {chain.grade.value}, {len(chain.steps)} links ({answer.caveat})",
            ("from", "to", "grade", "bits", "why"),
            list(_steps(chain)),
        )
    for met in answer.investigations:
        say(
            f"No evidence: investigation {met.investigation} ({met.agency}, {met.status}) claims "
            f"{', '.join(met.own)} of the first and {', '.join(met.other)} of the other."
        )
    print_basis(answer.weights, answer.snapshot_us, answer.cut_off)


def _steps(chain: Chain) -> Iterator[tuple[object, ...]]:
    for place, step in enumerate(chain.steps):
        grade = f"{step.grade.value} (weakest)" if place == chain.weakest else step.grade.value
        why = [f"A person judged: {step.judged}."] if step.judged is not None else []
        why += [
            f"{bits(reason.weight)} {reason.kind} {reason.identifier}: {reason.sentence}"
            for reason in step.reasons
            if reason.weight != 0
        ]
        yield (step.own, step.other, grade, bits(step.score), in_lines(why))
