"""Commands about states of identifiers: found by counting, set and undone by people."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Annotated

import typer

from crosstip.commands.wording import Json, banner, when
from crosstip.identity import As, desk
from crosstip.output import as_plain, print_json, print_table, say
from graph.casework.deeds import Deed
from graph.clock import iso, to_us
from graph.errors import NotFoundError
from graph.identifiers.core import IdentifierKind
from graph.queries.decisions import DecisionRow
from graph.services.search import search
from graph.services.state_counting import StatesFound, find_states
from graph.services.states import (
    StateOf,
    StateSet,
    list_decisions,
    set_state,
    state_of,
    undo_state,
)
from graph.store import Store

states_app = typer.Typer(
    help="Which values are shared by strangers or viral: found by counting, overruled by people.",
    no_args_is_help=True,
)
_Identifier = Annotated[str, typer.Argument(help="Any identifier.")]
_Kind = Annotated[
    IdentifierKind | None,
    typer.Option(help="Which kind is meant, where the text can be read as several."),
]
_FOR_ANYBODY = ("at_us", "snapshot_us", "rules", "cut_off")
_Why = Annotated[str, typer.Option(help="Reason; it is kept.")]


@states_app.command()
def find(*, user: As = None, json: Json = False) -> None:
    """Find shared and viral values as of the last snapshot; lift what counts no longer support."""
    with desk(user, Deed.STATE_COUNT) as at:
        answer = find_states(at.whole, basis=at.basis, actor=at.name)
        everything = at.counts_all
    if json:
        print_json(answer if everything else {n: as_plain(answer)[n] for n in _FOR_ANYBODY})
        return
    print_states_found(answer, everything=everything)


def print_states_found(answer: StatesFound, *, everything: bool) -> None:
    """Say what counting came to; how many values it was of, where all tips may be counted."""
    if everything:
        say(
            f"By the snapshot of {iso(answer.snapshot_us)} counting calls {answer.shared} values "
            f"shared and {answer.viral} viral, of {answer.looked_at} common ones (table of hub "
            f"states {answer.rules}); {answer.found} newly or for another reason, {answer.lifted} "
            "no longer."
        )
    else:
        say(
            f"States are found by the snapshot of {iso(answer.snapshot_us)} (table of hub states "
            f"{answer.rules}). How many values of all agencies are shared is told to operators; "
            "`crosstip states list` shows those that you may be told."
        )
    for sentence in answer.cut_off:
        say(sentence)


@states_app.command("list")
def list_all(
    *,
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 100,
    user: As = None,
    json: Json = False,
) -> None:
    """List what was found and decided, newest first, undone decisions included."""
    with desk(user, Deed.STATE_READ) as at:
        rows = list_decisions(at.store, limit=limit)
        synthetic = at.synthetic
    if json:
        print_json(rows)
        return
    banner(synthetic=synthetic)
    print_decisions("States that were found or decided", rows)
    if len(rows) == limit:
        say(f"Only the newest {limit} are shown.")


@states_app.command()
def show(identifier: _Identifier, *, user: As = None, json: Json = False) -> None:
    """Show the state that an identifier has now, since and until when, and why."""
    with desk(user, Deed.STATE_READ) as at:
        answers = _states(at.store, identifier)
        synthetic = at.synthetic
    if json:
        print_json(answers)
        return
    banner(synthetic=synthetic)
    print_table(
        "States now",
        ("identifier", "state", "since", "until", "by", "why"),
        [
            (
                f"{answer.kind} {answer.identifier}",
                answer.now.state,
                when(answer.now.state_since_us),
                when(answer.now.state_until_us),
                answer.now.state_by,
                answer.now.state_reason,
            )
            for answer in answers
        ],
    )


@states_app.command()
def history(identifier: _Identifier, *, user: As = None, json: Json = False) -> None:
    """Show everything that was found and decided about an identifier's state."""
    with desk(user, Deed.STATE_READ) as at:
        answers = _states(at.store, identifier)
        synthetic = at.synthetic
    if json:
        print_json(answers)
        return
    banner(synthetic=synthetic)
    for answer in answers:
        name = f"{answer.kind} {answer.identifier}"
        print_decisions(f"{name}: {answer.now.state} now", answer.decisions)
        if len(answer.decisions) == 0:
            say(f"Nothing was ever found or decided about {name}.")


@states_app.command("set")
def set_one(
    identifier: _Identifier,
    state: Annotated[str, typer.Argument(help="normal, shared or viral.")],
    *,
    why: _Why,
    until: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Day on which it ends (UTC); none: until undone."),
    ] = None,
    kind: _Kind = None,
    user: As = None,
    json: Json = False,
) -> None:
    """Decide the state of an identifier; it stands over counting until it is undone or ends."""
    until_us = None if until is None else to_us(until.replace(tzinfo=UTC))
    with desk(user, Deed.STATE_DECIDE) as at:
        meant = _one(at.store, identifier, kind)
        made = set_state(
            at.whole,
            IdentifierKind(meant.kind),
            meant.identifier,
            state=state,
            why=why,
            actor=at.name,
            until_us=until_us,
        )
    if json:
        print_json(made)
        return
    say(f"{meant.kind} {meant.identifier} is {made.state}; take it back with")
    say(f"`crosstip states undo {made.key} --why TEXT`.")


@states_app.command("undo")
def undo_one(
    key: Annotated[str, typer.Argument(help="Key of the decision, see `list`.")],
    *,
    why: _Why,
    user: As = None,
    json: Json = False,
) -> None:
    """Take a person's decision back; it stays on record, and what stood below counts again."""
    with desk(user, Deed.STATE_DECIDE) as at:
        made: StateSet = undo_state(at.whole, key, why=why, actor=at.name)
    if json:
        print_json(made)
        return
    say(f"Undone: the state is {made.state} now; both stay on record.")


def print_decisions(title: str, rows: Iterable[DecisionRow]) -> None:
    """Print decisions about states, if there are any."""
    cells = [
        (
            when(row.at_us),
            f"{row.kind} {row.identifier}",
            row.state,
            row.source,
            row.decided_by,
            when(row.until_us),
            row.why,
            row.key,
            row.undoes,
        )
        for row in rows
    ]
    if len(cells) > 0:
        names = ("when", "identifier", "state", "source", "by", "until", "why", "key", "undoes")
        print_table(title, names, cells)


def _states(seen: Store, text: str) -> list[StateOf]:
    known = [item.identifier for item in search(seen, text).found]
    if len(known) == 0:
        raise NotFoundError("No tip and no claim has it, however the text is read.")
    return [state_of(seen, IdentifierKind(item.kind), item.key) for item in known]


def _one(seen: Store, text: str, kind: IdentifierKind | None) -> StateOf:
    answers = [a for a in _states(seen, text) if kind is None or a.kind == kind.value]
    if len(answers) != 1:
        names = ", ".join(f"{a.kind} {a.identifier}" for a in answers)
        raise NotFoundError(
            f"The text is {len(answers)} identifiers here ({names}). Name the kind (--kind), or "
            "write one of them in full."
        )
    return answers[0]
