"""Commands by which a person decides about two tips."""

from __future__ import annotations

from typing import Annotated

import typer

from crosstip.commands.wording import Json, banner, bits, when
from crosstip.identity import As, desk
from crosstip.output import print_json, print_table, say
from crosstip.session import tip_key
from graph.casework.deeds import Deed
from graph.services.judgements import judge, list_judgements, undo
from graph.services.judging import Verdict

judge_app = typer.Typer(help="Decide about two tips; nothing is overwritten.", no_args_is_help=True)
_Tip = Annotated[str, typer.Argument(help="Tip number.")]
_Other = Annotated[str, typer.Argument(help="Number of the other tip.")]
_Why = Annotated[str, typer.Option(help="Reason; it is kept.")]


@judge_app.command()
def same(tip: _Tip, other: _Other, *, why: _Why, user: As = None) -> None:
    """Decide that one actor is behind both tips."""
    _judge(tip, other, Verdict.SAME, why, user)


@judge_app.command("not-same")
def not_same(tip: _Tip, other: _Other, *, why: _Why, user: As = None) -> None:
    """Decide that they are not the same actor's: never suggested again."""
    _judge(tip, other, Verdict.NOT_SAME, why, user)


@judge_app.command()
def unsure(tip: _Tip, other: _Other, *, why: _Why, user: As = None) -> None:
    """Note that it was looked at and left open."""
    _judge(tip, other, Verdict.UNSURE, why, user)


def _judge(tip: str, other: str, verdict: Verdict, why: str, user: str | None) -> None:
    with desk(user, Deed.JUDGEMENT_MAKE) as at:
        made = judge(
            at.store,
            tip_key(tip),
            tip_key(other),
            verdict=verdict,
            why=why,
            basis=at.basis,
            actor=at.name,
        )
        at.shows(tip_key(tip), tip_key(other), outcome=made.verdict.value)
    say(f"Judged {made.verdict.value} {when(made.at_us)}; take it back with")
    say(f"`crosstip judge undo {made.key} --why TEXT`.")


@judge_app.command("undo")
def undo_judgement(
    key: Annotated[str, typer.Argument(help="Key of the judgement, see `list`.")],
    *,
    why: _Why,
    user: As = None,
) -> None:
    """Take a judgement back; it stays on record."""
    with desk(user, Deed.JUDGEMENT_MAKE) as at:
        made = undo(at.store, key, why=why, actor=at.name)
    say(f"Undone {when(made.at_us)}; both stay on record.")


@judge_app.command("list")
def list_all(
    *,
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 100,
    user: As = None,
    json: Json = False,
) -> None:
    """List judgements, newest first, undone ones included."""
    with desk(user, Deed.JUDGEMENT_READ) as at:
        rows = list_judgements(at.store, limit=limit)
        synthetic = at.synthetic
    if json:
        print_json(rows)
        return
    banner(synthetic=synthetic)
    print_table(
        "Judgements",
        ("when", "by", "verdict", "tips", "score then", "why", "key", "undoes"),
        [
            (
                when(row.at_us),
                row.judged_by,
                row.verdict,
                row.tips,
                f"{bits(row.score)} ({row.grade})" if row.score is not None else "",
                row.why,
                row.key,
                row.undoes,
            )
            for row in rows
        ],
    )
