"""Commands about the queue: what waits, why it is urgent, and what is done about it."""

from __future__ import annotations

from typing import Annotated

import typer

from crosstip.commands.evidence import evidence_at, say_evidence
from crosstip.commands.records import add_records, said_of_records
from crosstip.commands.urgent import add_urgent
from crosstip.commands.wording import Json, banner, minute
from crosstip.identity import As, desk
from crosstip.output import print_json, print_table, say
from crosstip.session import tip_key
from graph.casework.terms import DAY_US
from graph.services.queue_lines import QueueLine
from graph.services.queue_reading import (
    PAGE,
    Filter,
    list_queue,
    queue_tally,
    show_queued,
)
from graph.services.triage_steps import Moved, move, take
from graph.triage.deciding import Wanted
from graph.triage.moves import Move, Outcome, State
from graph.triage.priority import Priority

queue_app = typer.Typer(
    help="The queue: tips that your agency holds, the most urgent first.", no_args_is_help=True
)
add_urgent(queue_app)
add_records(queue_app)
_Tip = Annotated[str, typer.Argument(help="Tip number.")]


@queue_app.command("list")
def list_all(
    *,
    state: Annotated[State | None, typer.Option(help="One state, closed ones too.")] = None,
    owner: Annotated[str | None, typer.Option(help="Whose: a user.")] = None,
    unassigned: Annotated[bool, typer.Option("--unassigned", help="Nobody's.")] = False,
    priority: Annotated[Priority | None, typer.Option(help="One class.")] = None,
    older_than: Annotated[
        int | None, typer.Option(min=0, max=3660, help="Held for longer than so many days.")
    ] = None,
    changed: Annotated[
        bool, typer.Option("--changed", help="What says more since it was moved; closed ones too.")
    ] = False,
    after: Annotated[str, typer.Option(help="Where the page before ended.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=PAGE, help="How many.")] = 20,
    user: As = None,
    json: Json = False,
) -> None:
    """List the queue: the most urgent class first, in it whoever waited longest."""
    with desk(user) as at:
        wanted = Filter(
            state=state,
            owner=owner,
            unassigned=unassigned,
            priority=priority,
            before_us=None if older_than is None else at.caller.as_of_us - older_than * DAY_US,
            news=changed,
        )
        page = list_queue(
            at.caller, at.store, reads=at.reads, wanted=wanted, after=after, limit=limit
        )
        synthetic = at.synthetic
    if json:
        print_json(page)
        return
    banner(synthetic=synthetic)
    if len(page.lines) == 0:
        say("Nothing in your agency's queue is as asked for.")
        return
    for line in page.lines:
        for text in _in_the_list(line):
            say(text)
    if page.next_after is not None:
        say(f"There are more: --after '{page.next_after}'")


@queue_app.command()
def show(tip: _Tip, *, user: As = None, json: Json = False) -> None:
    """Show where a tip stands, how urgent it is and why, and how it came there."""
    with desk(user) as at:
        found = show_queued(at.caller, at.store, tip=tip_key(tip), reads=at.reads)
        evidence = evidence_at(at, found.line.tip)
        synthetic = at.synthetic
    if json:
        print_json(found)
        return
    banner(synthetic=synthetic)
    line = found.line
    for text in _in_the_list(line):
        say(text)
    if line.is_set:
        say(f"  {line.set_by} set this class over `{line.by_rule}`: {line.set_why}")
    for text in ("outcome", "recipient", "why"):
        value = getattr(line, text)
        if value is not None:
            say(f"  {text}: {value}")
    say(f"  table of rules {line.rules}; version {line.version}")
    say_evidence(evidence)
    if len(found.moves) > 0:
        print_table(
            "Moves",
            ("no.", "when", "move", "from", "to", "by", "whose since", "reason"),
            [
                (
                    m.number,
                    minute(m.at_us),
                    m.move,
                    m.from_state,
                    m.to_state,
                    m.made_by,
                    m.owner or "-",
                    m.why or "-",
                )
                for m in found.moves
            ],
        )


@queue_app.command("tally")
def print_tally(*, user: As = None, json: Json = False) -> None:
    """Count the open tips of each state and class, and those that nobody looked at in time."""
    with desk(user) as at:
        rows = queue_tally(at.caller, at.store, reads=at.reads)
        synthetic, now_us = at.synthetic, at.caller.as_of_us
    if json:
        print_json(rows)
        return
    banner(synthetic=synthetic)
    print_table(
        f"Open tips, as of {minute(now_us)}",
        ("state", "class", "tips", "in rows", "not looked at in time"),
        [(row.state, row.priority, row.total, row.rows, row.late) for row in rows],
    )


@queue_app.command("take")
def take_one(tip: _Tip, *, user: As = None) -> None:
    """Take a tip that nobody has, for review. Of two at once one gets it."""
    with desk(user) as at:
        done = take(at.caller, at.store, tip=tip_key(tip))
    _say(done)


@queue_app.command("move")
def move_one(
    tip: _Tip,
    what: Annotated[Move, typer.Argument(help="Which move.")],
    *,
    version: Annotated[int, typer.Option(help="Version that you looked at, see `show`.")],
    why: Annotated[str | None, typer.Option(help="Reason.")] = None,
    outcome: Annotated[Outcome | None, typer.Option(help="How work on it ended.")] = None,
    assignee: Annotated[str | None, typer.Option(help="User who is to work it.")] = None,
    recipient: Annotated[str | None, typer.Option(help="To whom it is referred.")] = None,
    priority: Annotated[Priority | None, typer.Option(help="Class, for `set priority`.")] = None,
    user: As = None,
) -> None:
    """Move a tip: refer, assign, start, close and so on; `docs/triage.md` is the table."""
    wanted = Wanted(
        move=what,
        why=why,
        outcome=outcome,
        assignee=assignee,
        recipient=recipient,
        priority=priority,
    )
    with desk(user) as at:
        done = move(at.caller, at.store, tip=tip_key(tip), expected=version, wanted=wanted)
    _say(done)


def _in_the_list(line: QueueLine) -> tuple[str, ...]:
    whose = "nobody's" if line.owner is None else f"{line.owner}'s"
    due = ""
    if line.due_us is not None:
        due = f"; {'LATE: was' if line.is_late else 'is'} to be looked at by {minute(line.due_us)}"
    set_by = " (set by a person)" if line.is_set else ""
    stands = f"{line.state}, {whose}, held since {minute(line.since_us)}{due}"
    texts = [
        f"{line.tip}  {line.priority.upper()}{set_by}  {stands}",
        *(f"    {reason}" for reason in line.reasons),
    ]
    if len(line.unknown) > 0:
        texts.append(f"    Not known: {', '.join(line.unknown)}.")
    return (*texts, *said_of_records(line))


def _say(done: Moved) -> None:
    whose = "nobody's" if done.owner is None else f"{done.owner}'s"
    say(f"{done.tip} is {done.state} now and {whose}; version {done.version}.")
    if len(done.also) > 0:
        say(f"So are the further records of its incident: {', '.join(done.also)}.")
