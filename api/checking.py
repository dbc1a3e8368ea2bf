"""Checks as they come over the wire: the question put together, the answer as it leaves."""

from __future__ import annotations

from fastapi import Response

from api.conduct.desk import Desk
from api.ports import CaseFilePort
from api.schemas.checks import AskCheck, CheckAnswer, CheckThese
from api.schemas.common import some
from api.schemas.wire import fields
from graph.clock import iso
from graph.errors import RowError
from graph.identifiers.core import Policy
from graph.queries.checks import MET
from graph.services.case_access import own_key
from graph.services.check_answers import Answer
from graph.services.check_question import Question
from graph.services.check_reading import Asked, asked_text
from graph.services.checks import check


def question_of(at: Desk, wanted: AskCheck, lines: tuple[Asked, ...]) -> Question:
    """Give the question; the request's own key is the check's."""
    return Question(
        investigation=own_key(at.caller, wanted.investigation),
        purpose=wanted.purpose,
        lines=lines,
        key=at.key,
    )


def typed(at: Desk, wanted: CheckThese) -> tuple[Asked, ...]:
    """Give what was typed as questions, one for each value."""
    policy = Policy(synthetic=at.synthetic)
    return tuple(asked_text(item.value, kind=item.kind, policy=policy) for item in wanted.values)


def answered(at: Desk, answer: Answer) -> CheckAnswer:
    """Give the answer, as of the time that it names."""
    said = fields(answer)
    return some(CheckAnswer, at, query=MET.name, **{**said, "as_of": said.pop("as_of_at")})


def file_answered(at: Desk, wanted: AskCheck, text: bytes, files: CaseFilePort) -> Response:
    """Give a file with its results.

    Raises:
        RowError: it waits for a supervisor; the sentence names the request.
        CrosstipError: as `check`.
    """
    file = files.checks(text, policy=Policy(synthetic=at.synthetic))
    answer = check(at.caller, at.store, question=question_of(at, wanted, file.asked))
    if answer.request is not None:
        raise RowError(
            f"The list waits for approval: a supervisor other than you approves the request "
            f"{answer.request}; then send the same file again. Nothing was checked."
        )
    return Response(
        file.with_results(answer.lines, as_of=iso(answer.as_of_us)), media_type="text/csv"
    )
