"""Further records of one incident in the queue: what is said of them, and one move on all."""

from __future__ import annotations

from typing import Annotated

import typer

from crosstip.commands.wording import minute
from crosstip.identity import As, desk
from crosstip.output import say
from crosstip.session import tip_key
from graph.errors import RowError
from graph.services.queue_lines import QueueLine, Record
from graph.services.triage_together import Looked, move_together
from graph.triage.deciding import Wanted
from graph.triage.moves import Move, Outcome
from graph.triage.priority import Priority


def add_records(app: typer.Typer) -> None:
    """Add the command that moves all records of an incident."""
    app.command("move-all")(move_all)


def move_all(
    tip: Annotated[str, typer.Argument(help="Tip number.")],
    what: Annotated[Move, typer.Argument(help="Which move.")],
    *,
    record: Annotated[
        list[str], typer.Option(help="TIP@VERSION as `show` gave it; one for each record.")
    ],
    leave_others: Annotated[
        bool, typer.Option("--leave-others", help="Records that stand elsewhere stay there.")
    ] = False,
    why: Annotated[str | None, typer.Option(help="Reason.")] = None,
    outcome: Annotated[Outcome | None, typer.Option(help="How work on them ended.")] = None,
    assignee: Annotated[str | None, typer.Option(help="User who is to work them.")] = None,
    recipient: Annotated[str | None, typer.Option(help="To whom they are referred.")] = None,
    priority: Annotated[Priority | None, typer.Option(help="Class, for `set priority`.")] = None,
    user: As = None,
) -> None:
    """Make one move of every record of an incident, with one reason: all of them or none."""
    wanted = Wanted(
        move=what,
        why=why,
        outcome=outcome,
        assignee=assignee,
        recipient=recipient,
        priority=priority,
    )
    with desk(user) as at:
        done = move_together(
            at.caller,
            at.store,
            tip=tip_key(tip),
            records=[_looked(text) for text in record],
            wanted=wanted,
            leave_others=leave_others,
        )
    for one in done:
        whose = "nobody's" if one.owner is None else f"{one.owner}'s"
        say(f"{one.tip} is {one.state} now and {whose}; version {one.version}.")


def said_of_records(line: QueueLine) -> tuple[str, ...]:
    """Say what folds with a tip, and what its report says more."""
    texts = [f"    SAYS MORE since it was last moved: {text}" for text in line.news]
    if line.apart_by is not None:
        texts.append(f"    {line.apart_by} keeps it apart from other records: {line.apart_why}")
    if line.under is not None:
        texts.append(f"    In the queue it lies in the row of {line.under}.")
    if len(line.more) > 0:
        texts.append(f"    And {_counted(line.more)} of the same incident:")
        texts += [_said(one) for one in line.more]
    if len(line.elsewhere) > 0:
        texts.append(f"    Elsewhere, {_counted(line.elsewhere)} of the same incident:")
        texts += [_said(one) for one in line.elsewhere]
    return tuple(texts)


def _counted(records: tuple[Record, ...]) -> str:
    return f"{len(records)} more record{'' if len(records) == 1 else 's'}"


def _said(one: Record) -> str:
    whose = "nobody's" if one.owner is None else f"{one.owner}'s"
    ended = "" if one.outcome is None else f" ({one.outcome})"
    more = "; says more since" if one.has_news else ""
    why = "" if len(one.says) == 0 else f": {' '.join(one.says)}"
    return (
        f"      {one.tip}  {one.priority}, {one.state}{ended}, {whose}, "
        f"held since {minute(one.since_us)}, version {one.version}{more}{why}"
    )


def _looked(text: str) -> Looked:
    name, _, version = text.rpartition("@")
    if name == "" or not (version.isascii() and version.isdigit()):
        raise RowError(f"`{text}` is no record: write TIP@VERSION. Nothing was changed.")
    return Looked(tip=tip_key(name), version=int(version))
