"""The command `check`: identifiers, a file, a tip, or an investigation's claims."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from crosstip.commands.bars import bars
from crosstip.commands.claim_options import Kind_
from crosstip.commands.wording import Json, banner, minute, when
from crosstip.identity import As, Desk, desk
from crosstip.output import complain, print_json, print_table, say
from crosstip.session import tip_key
from graph.errors import RowError
from graph.identifiers.core import IdentifierKind, Policy
from graph.services.case_access import own_key
from graph.services.check_answers import Answer, Answered, LineAnswer
from graph.services.check_question import Question
from graph.services.check_reading import Asked, asked_text
from graph.services.checks import TOGETHER, check, check_claims, check_tip
from ingest.check_files import MOST_BYTES, CheckFile, call_of, read_check_file, with_results

UNKNOWN = 3
"""Exit code when a line was not checked, or its answer is stale: nothing is known of it."""
HITS = 4
"""Exit code when there are hits and every line was answered."""
_MOST_PRINTED = 50


class _AskFirst(TyperGroup):
    """A group whose first argument, unless it names a command, is something to check."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put `ask` before what names no command."""
        if len(args) > 0 and args[0] not in self.commands and args[0] != "--help":
            args = ["ask", *args]
        return super().parse_args(ctx, args)


check_app = typer.Typer(
    cls=_AskFirst,
    help="Ask whether others work an identifier: `crosstip check VALUE… --investigation …`.",
    no_args_is_help=True,
)


@check_app.command()
def ask(
    values: Annotated[list[str] | None, typer.Argument(help="Identifiers.")] = None,
    *,
    investigation: Annotated[str, typer.Option(help="Own open investigation, by reference.")],
    purpose: Annotated[str, typer.Option(help="Of the closed list.")],
    kind: Kind_ = None,
    file: Annotated[Path | None, typer.Option(help="CSV or text, an identifier a line.")] = None,
    out: Annotated[Path | None, typer.Option(help="File to write it to, with results.")] = None,
    tip: Annotated[str | None, typer.Option(help="Check what a tip states.")] = None,
    investigation_claims: Annotated[
        bool, typer.Option("--investigation-claims", help="Check what it claims.")
    ] = False,
    key: Annotated[
        str | None, typer.Option(help="Your own; asking again under it tells and costs nothing.")
    ] = None,
    user: As = None,
    json: Json = False,
) -> None:
    """Check identifiers. Exit code 0: nothing to show; 4: hits; 3: some lines were not checked."""
    given = [bool(values), file is not None, tip is not None, investigation_claims]
    with desk(user) as at:
        if sum(given) != 1:
            raise RowError("Give one of: identifiers, --file, --tip, --investigation-claims.")
        read = _read(at, file, out, json=json)
        lines = _typed(at, values or (), kind) if read is None else _lines_of(read)
        question = Question(
            investigation=own_key(at.caller, investigation),
            purpose=purpose,
            lines=lines,
            key=key,
        )
        answer = _answered(at, question, tip, own_claims=investigation_claims)
        if read is not None and out is not None:
            _write(out, with_results(read, answer.lines, as_of=when(answer.as_of_us)))
        if json:
            print_json(answer)
        else:
            _print(at, answer, read)
    code = _code(answer)
    if code != 0:
        raise typer.Exit(code)


def _read(at: Desk, file: Path | None, out: Path | None, *, json: bool) -> CheckFile | None:
    if file is None:
        return None
    if not file.is_file() or file.stat().st_size > MOST_BYTES:
        raise RowError(f"{file.name} is no file of at most {MOST_BYTES:,} bytes.")
    if out is None and not json:
        raise RowError("Name the file for the results with --out, or ask for --json.")
    if out is not None and (not out.absolute().parent.is_dir() or out.is_dir()):
        raise RowError(f"{out.name} cannot be written there. Nothing was checked.")
    return read_check_file(file.read_bytes(), policy=Policy(synthetic=at.synthetic))


def _typed(at: Desk, values: Sequence[str], kind: IdentifierKind | None) -> tuple[Asked, ...]:
    policy = Policy(synthetic=at.synthetic)
    return tuple(asked_text(value, kind=kind, policy=policy) for value in values)


def _lines_of(file: CheckFile) -> tuple[Asked, ...]:
    return tuple(line.asked for line in file.lines)


def _answered(at: Desk, question: Question, tip: str | None, *, own_claims: bool) -> Answer:
    if tip is not None:
        return check_tip(at.caller, at.store, tip=tip_key(tip), question=question)
    if own_claims:
        return check_claims(at.caller, at.store, question=question)
    with bars() as show:
        is_long = len(question.lines) > TOGETHER
        return check(
            at.caller,
            at.store,
            question=question,
            tell=(lambda done, total: show("checking", done, total)) if is_long else None,
        )


def _write(out: Path, text: str) -> None:
    try:
        out.write_text(text, encoding="utf-8")
    except OSError as error:
        raise RowError(
            f"The check was made, but {out.name} could not be written ({error.strerror}). With "
            "--key, asking again within a day costs nothing."
        ) from error


def _print(at: Desk, answer: Answer, read: CheckFile | None) -> None:
    banner(synthetic=at.synthetic)
    if answer.request is not None:
        complain(
            f"{len(answer.lines):,} lines: not checked. A supervisor other than you runs `crosstip "
            f"check approve {answer.request}`; then ask again with the same list."
        )
        return
    # Of a file only what somebody must look at; the rest is in the file.
    shown = [
        (number, line)
        for number, line in enumerate(answer.lines, start=1)
        if read is None or line.outcome is not Answered.NOTHING
    ]
    print_table(
        f"Check {answer.ref} as of {when(answer.as_of_us)}",
        ("line", "read as", "answer", "whom to call", "note"),
        [
            (
                number if read is None else read.lines[number - 1].line,
                "; ".join(f"{item.kind} {item.key}" for item in line.read_as),
                line.outcome.value.upper() if line.outcome is Answered.HIT else line.outcome.value,
                "; ".join(call_of(line)),
                " ".join(_notes(line)),
            )
            for number, line in shown[:_MOST_PRINTED]
        ],
    )
    if len(shown) > _MOST_PRINTED and read is not None:
        say(f"{len(shown) - _MOST_PRINTED:,} more lines are in the file with the results.")
    totals = [
        f"{sum(line.outcome is kind for line in answer.lines):,} {kind.value}" for kind in Answered
    ]
    lines = "1 line" if len(answer.lines) == 1 else f"{len(answer.lines):,} lines"
    say(f"{lines}: {', '.join(totals)}.")
    pointers = [pointer for line in answer.lines for pointer in line.pointers]
    if any(not each.is_historical and each.downgraded is None for each in pointers):
        say("Call whom a hit names. What your side is told of it: `crosstip conflicts list`.")
    if any(line.outcome is Answered.NOTHING for line in answer.lines):
        say(f"Nothing to show: {answer.nothing_means}")
    say(answer.searched)
    say(answer.about)


def _notes(line: LineAnswer) -> Iterator[str]:
    if line.reason is not None:
        yield line.reason
    for pointer in line.pointers:
        if pointer.urgency != "routine":
            yield pointer.urgency.upper()
        yield f"Entered {minute(pointer.entered_us)}."
        if pointer.downgraded is not None:
            yield pointer.downgraded
        if pointer.shared is not None:
            shared = pointer.shared
            yield f"Shared: {shared.title or 'no title'}; {shared.role}; {shared.reliability},"
            yield f"{shared.content}; handling: {shared.handling}."
    for own in line.own:
        yield f"Your agency's own: {own.reference} ({own.role})."
    # Why a match says little stands with the match already.
    if line.reason is None and all(pointer.downgraded is None for pointer in line.pointers):
        yield from dict.fromkeys(item.note for item in line.read_as if item.note is not None)


def _code(answer: Answer) -> int:
    found = {line.outcome for line in answer.lines}
    if not found.isdisjoint({Answered.NOT_CHECKED, Answered.STALE}):
        return UNKNOWN
    return HITS if Answered.HIT in found else 0
