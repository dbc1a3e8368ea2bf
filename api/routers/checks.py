"""Checks: does anybody else already work this, as far as the asker may be told?"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body, Query, Response

from api import checking
from api.conduct.checks import ForCheck
from api.conduct.desk import At, AtOnce
from api.conduct.keys import OnceRoute
from api.deps import Ref
from api.ports import CaseFiles
from api.schemas.checks import (
    AskCheck,
    BudgetsAnswer,
    CheckAlertsAnswer,
    CheckAnswer,
    CheckRequestAnswer,
    CheckRequestsAnswer,
    CheckThese,
    CheckTip,
)
from api.schemas.common import one, some
from api.schemas.wire import wire
from graph.queries.budgets import ALERTS, BUDGETS, REQUEST, REQUESTS
from graph.services import check_requests
from graph.services.check_alerts import list_alerts
from graph.services.check_budgets import budgets as budgets_of
from graph.services.checks import check as check_lines
from graph.services.checks import check_claims, check_tip

router = APIRouter(tags=["checks"], route_class=OnceRoute)
_Reference = Annotated[
    str,
    Query(min_length=1, max_length=200, description="Reference of an own open investigation."),
]
_Purpose = Annotated[str, Query(max_length=100, description="Of the closed list.")]


@router.post("/checks")
def check(at: ForCheck, wanted: CheckThese) -> CheckAnswer:
    """Check identifiers. `nothing to show` is no statement that nobody works them."""
    question = checking.question_of(at, wanted, checking.typed(at, wanted))
    return checking.answered(at, check_lines(at.caller, at.store, question=question))


@router.post("/checks/tip")
def check_of_tip(at: ForCheck, wanted: CheckTip) -> CheckAnswer:
    """Check the identifiers that a tip states now; they are not charged."""
    question = checking.question_of(at, wanted, ())
    return checking.answered(at, check_tip(at.caller, at.store, tip=wanted.tip, question=question))


@router.post("/checks/investigation")
def check_of_investigation(at: ForCheck, wanted: AskCheck) -> CheckAnswer:
    """Check every claim of an investigation that you may see; nothing is charged."""
    question = checking.question_of(at, wanted, ())
    return checking.answered(at, check_claims(at.caller, at.store, question=question))


@router.post(
    "/checks/file",
    response_class=Response,
    responses={200: {"content": {"text/csv": {}}, "description": "The file with its results."}},
)
def check_file(
    at: ForCheck,
    files: CaseFiles,
    investigation: _Reference,
    purpose: _Purpose,
    text: Annotated[bytes, Body(media_type="text/csv", description="A value a line, or CSV.")],
) -> Response:
    """Check a file; it comes back with a result beside each line."""
    return checking.file_answered(
        at, AskCheck(investigation=investigation, purpose=purpose), text, files
    )


@router.get("/checks/requests")
def check_requests_that_wait(at: At) -> CheckRequestsAnswer:
    """Lists that wait: to a supervisor the agency's, to others their own."""
    rows = check_requests.pending(at.caller, at.store, reads=at.reads)
    return some(CheckRequestsAnswer, at, query=REQUESTS.name, items=wire(rows))


@router.post("/checks/requests/{request}/approve")
def approve_check_request(at: AtOnce, request: Ref) -> CheckRequestAnswer:
    """Let a long list of somebody else be checked; a supervisor does."""
    row = check_requests.approve(at.caller, at.store, ref=request)
    return one(CheckRequestAnswer, row, at, query=REQUEST.name)


@router.get("/checks/budgets")
def check_budgets(at: At) -> BudgetsAnswer:
    """Look-ups that you and your agency have left; to a supervisor everybody's."""
    rows = budgets_of(at.caller, at.store, settings=at.check_settings, reads=at.reads)
    return some(BudgetsAnswer, at, query=BUDGETS.name, items=wire(rows))


@router.get("/checks/alerts")
def check_alerts(at: At) -> CheckAlertsAnswer:
    """Alerts of the last 30 days: look-ups in a pattern, planted identifiers asked about."""
    rows = list_alerts(at.caller, at.store, reads=at.reads)
    return some(CheckAlertsAnswer, at, query=ALERTS.name, items=wire(rows))
