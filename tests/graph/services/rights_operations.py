"""Everything that may be done to a record by somebody who has a name, as a function each."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Mapping

import graph.services
from graph.casework.vocabulary import AgencyKind, UserRole, Visibility
from graph.services.agencies import (
    AgencyChange,
    NewAgency,
    add_agency,
    add_unit,
    change_agency,
    list_agencies,
    seed,
    show_agency,
)
from graph.services.agreements import add_agreement, end_agreement, list_agreements
from graph.services.case_access import list_cases, show_case
from graph.services.cases import (
    CaseChange,
    NewCase,
    close_case,
    hand_over,
    open_case,
    reopen_case,
    update_case,
)
from graph.services.claim_access import list_claims, list_due, show_claim
from graph.services.claim_entry import claim
from graph.services.claims import ClaimEdit, edit_claim, show_to_others, validate_claim
from graph.services.purging import purge_claim, purge_lapsed
from graph.services.tip_claims import claim_from_tip
from graph.services.user_rules import NewUser
from graph.services.users import (
    UserChange,
    add_user,
    change_user,
    list_users,
    prove_user,
    show_user,
)
from tests.graph.services.casework import LOOKED_AT, draft
from tests.graph.services.people import DAY_US
from tests.graph.services.rights_accounts import ACCOUNTS
from tests.graph.services.rights_assignments import ASSIGNMENTS
from tests.graph.services.rights_conflicts import DECONFLICTION
from tests.graph.services.rights_custody import CUSTODY
from tests.graph.services.rights_desk import DESK
from tests.graph.services.rights_evidence import EVIDENCE
from tests.graph.services.rights_feedback import FEEDBACK
from tests.graph.services.rights_handoffs import HANDOFFS
from tests.graph.services.rights_jobs import JOBS
from tests.graph.services.rights_priority import PRIORITY
from tests.graph.services.rights_queue import QUEUE
from tests.graph.services.rights_retention import RETENTION
from tests.graph.services.rights_routing import ROUTING
from tests.graph.services.rights_trying import Operation
from tests.graph.services.rights_urgent import URGENT
from tests.graph.services.rights_webhooks import WEBHOOKS
from tests.graph.services.rights_workspaces import WORKSPACES

R = UserRole
_WHY = "Because of the test."
_NEW = draft("new@example.com")


CASEWORK: Mapping[str, Operation] = {
    "agencies.seed": lambda at: seed(at.caller, at.store),
    "agencies.add_agency": lambda at: add_agency(
        at.caller, at.store, new=NewAgency(key="x", name="X", kind=AgencyKind.FEDERAL)
    ),
    "agencies.change_agency": lambda at: change_agency(
        at.caller, at.store, key=at.key, expected=1, change=AgencyChange(name="New")
    ),
    "agencies.list_agencies": lambda at: list_agencies(at.caller, at.store, reads=at.reads),
    "agencies.show_agency": lambda at: show_agency(at.caller, at.store, key=at.key, reads=at.reads),
    "agencies.add_unit": lambda at: add_unit(at.caller, at.store, name="Unit", contact=None),
    "agreements.add_agreement": lambda at: add_agreement(
        at.caller,
        at.store,
        other="west",
        reference="MOU 1",
        equal_rules=True,
        from_us=at.caller.as_of_us,
        until_us=at.caller.as_of_us + DAY_US,
    ),
    "agreements.end_agreement": lambda at: end_agreement(at.caller, at.store, key=at.key, why=_WHY),
    "agreements.list_agreements": lambda at: list_agreements(at.caller, at.store, reads=at.reads),
    "users.add_user": lambda at: add_user(
        at.caller,
        at.store,
        new=NewUser(key="new.user", name="New", agency=at.key, roles=(R.AGENCY_ADMINISTRATOR,)),
    ),
    "users.change_user": lambda at: change_user(
        at.caller, at.store, key=at.key, expected=1, change=UserChange(name="New")
    ),
    "users.prove_user": lambda at: prove_user(at.caller, at.store, key=at.key),
    "users.list_users": lambda at: list_users(at.caller, at.store, reads=at.reads),
    "users.show_user": lambda at: show_user(at.caller, at.store, key=at.key, reads=at.reads),
    "cases.open_case": lambda at: open_case(
        at.caller, at.store, new=NewCase(reference="new", purpose="cybertip", lead="boss.north")
    ),
    "cases.update_case": lambda at: update_case(
        at.caller, at.store, key=at.key, expected=1, change=CaseChange(title="New")
    ),
    "cases.hand_over": lambda at: hand_over(
        at.caller, at.store, key=at.key, expected=1, lead="boss.north", why=_WHY
    ),
    "cases.close_case": lambda at: close_case(
        at.caller, at.store, key=at.key, expected=1, why=_WHY
    ),
    "cases.reopen_case": lambda at: reopen_case(
        at.caller, at.store, key=f"{at.key} closed", expected=2, why=_WHY
    ),
    "case_access.list_cases": lambda at: list_cases(at.caller, at.store, reads=at.reads),
    "case_access.show_case": lambda at: show_case(at.caller, at.store, key=at.key, reads=at.reads),
    "claim_access.list_claims": lambda at: list_claims(
        at.caller, at.store, investigation=at.key, reads=at.reads
    ),
    "claim_access.list_due": lambda at: list_due(
        at.caller, at.store, before_us=at.caller.as_of_us + 9999 * DAY_US, reads=at.reads
    ),
    "claim_access.show_claim": lambda at: show_claim(
        at.caller, at.store, ref=at.key, reads=at.reads
    ),
    "claim_entry.claim": lambda at: claim(at.caller, at.store, investigation=at.key, drafts=[_NEW]),
    "tip_claims.claim_from_tip": lambda at: claim_from_tip(
        at.caller, at.store, investigation=at.key, tip="ncmec:1", drafts=[_NEW]
    ),
    "claims.edit_claim": lambda at: edit_claim(
        at.caller, at.store, ref=at.key, expected=1, edit=ClaimEdit(source="Warrant 26-12.")
    ),
    "claims.show_to_others": lambda at: show_to_others(
        at.caller, at.store, ref=at.key, expected=1, visibility=Visibility.OPEN
    ),
    "claims.validate_claim": lambda at: validate_claim(
        at.caller, at.store, ref=at.key, expected=1, looked_at=LOOKED_AT
    ),
    "purging.purge_claim": lambda at: purge_claim(at.caller, at.store, ref=at.key, why=_WHY),
    "purging.purge_lapsed": lambda at: purge_lapsed(at.caller, at.store),
}
OPERATIONS: Mapping[str, Operation] = {
    **CASEWORK,
    **DECONFLICTION,
    **ACCOUNTS,
    **WEBHOOKS,
    **JOBS,
    **QUEUE,
    **URGENT,
    **PRIORITY,
    **EVIDENCE,
    **CUSTODY,
    **FEEDBACK,
    **HANDOFFS,
    **DESK,
    **ASSIGNMENTS,
    **ROUTING,
    **RETENTION,
    **WORKSPACES,
}
"""By module and function. `key` is the record's."""
PARTS: Mapping[str, str] = {
    "workspace_sight.drawn_for": "inside an operation that asked, and asks of each record drawn",
    "workspaces.workspace_there": "inside an operation that asked, and asks of the record",
    "feedback.require_over": "asks nothing but of a time",
    "feedback.untold": "inside an operation that asked; reads the own agency's moves alone",
    "workspace_purging.purge_workspaces": "inside the purge, which asked",
    "assistance_purging.purge_assistance": "inside the purge, which asked",
    "conflict_purging.purge_conflicts": "inside the purge, which asked",
    "extracting_claims.extract_seen": "inside an order, which asked; asks of each claim",
    "extracting_claims.with_claims": "inside an order, which asked; asks of each claim",
    "acting.act": "what every operation goes through",
    "acting.look": "what every operation goes through",
    "case_access.case_there": "inside an operation that asked",
    "case_access.locked_case": "asks by itself, inside an operation",
    "claim_access.claim_there": "inside an operation that asked",
    "claim_visibility.placing_of": "inside an operation that asked",
    "user_rules.reaches": "asks the policies, inside an operation",
    "user_rules.require_reach": "asks the policies, inside an operation",
    "acting.leaf": "writes what was decided",
    "acting.refusal": "writes what was decided",
    "acting.note": "writes what was decided",
    "case_access.own_key": "makes a key",
    "case_access.own_params": "makes parameters",
    "check_alerts.raise_alerts": "inside a check",
    "check_budgets.charge": "inside a check",
    "check_budgets.locked_account": "inside a claim",
    "check_budgets.locked_purse": "inside a check",
    "check_budgets.note_alerts": "inside a claim",
    "check_said.said_by": "inside a check of a tip",
    "check_met.met_by_lines": "inside a check",
    "check_met.tell": "inside a check",
    "check_parts.answered": "a check's transaction, inside an operation that asked",
    "check_parts.check_key": "makes a key",
    "check_question.open_case_of": "asks by itself, inside an operation",
    "conflict_access.conflict_key": "inside an operation that asked",
    "conflict_access.locked_conflict": "asks by itself, inside an operation",
    "conflict_access.own_side": "reads a row",
    "sessions.end_all_sessions": "ends the own ones",
    "sessions.end_sessions_of": "inside an operation that asked",
    "once.once_key": "makes a key",
    "once.reserve": "before an operation that asks; the key is the caller's own",
    "notices.count_unseen": "a number; what is shown goes through list_notices",
    "urgent_tips.count_urgent": "a number; what is shown goes through list_urgent",
    "notices.places_since": "says where, not what; what is shown goes through list_notices",
    "job_orders.order_export": "export_files.order_list orders it",
    "job_limits.require_room": "job_orders ask it before they order",
    "job_limits.require_room_under_lock": "the same",
    "export_rights.seen_of": "export_files.fetch_export, and the job, ask it of each record",
    "export_rights.claims_seen": "the same",
    "export_rights.conflicts_seen": "the same",
    "export_rights.notices_seen": "the same",
    "jobs.own_job": "inside an operation that asked",
    "jobs.places_of": "makes places in a list",
    "routing_proposals.routes_of": "asks by itself, inside an operation",
    "holders.require_routing": "asks the policies, inside an operation",
    "showing.note_shown": "logs what both desks show, and asks confirm_tips of it",
    "webhook_access.change_webhook": "inside an operation that asked",
    "webhook_access.locked_webhook": "inside an operation that asked",
    "webhook_access.webhook_there": "inside an operation that asked",
    "triage_steps.locked_place": "asks by itself, inside an operation",
    "triage_steps.place_there": "asks by itself, inside an operation",
    "handoff_steps.handoff_there": "asks by itself, inside an operation",
    "handoff_steps.locked_handoff": "asks by itself, inside an operation",
    "handoff_steps.carry_out": "inside an operation that asked, or the clock's",
    "handoff_reading.view_of": "what a side sees of a row that was asked for",
    "tasks.task_there": "asks by itself, inside an operation",
    "task_reading.view_of": "how a row that was asked for is shown",
    "desk_subjects.subject_key": "makes a key",
    "desk_subjects.subject_there": "asks by itself, inside an operation",
    "desk_subjects.about_subject": "names a record for the log",
    "providers.request_there": "asks by itself, inside an operation",
    "provider_reading.view_of": "how a row that was asked for is shown",
    "assistance.help_there": "asks by itself, inside an operation",
    "assistance_reading.view_of": "what a side sees of a row that was asked for",
    "triage_steps.lock_fellows": "takes locks, inside an operation that asked",
    "triage_steps.new_fellows": "inside an operation that asked; each is moved by move_in",
    "triage_steps.move_in": "asks by itself, inside an operation",
    "assignment_checks.require_assignee": "inside an operation that asked",
    "assignment_checks.require_no_conflict": "asks by itself, inside an operation",
    "assignment_checks.cases_of": "inside an operation that asked",
    "assignment_checks.staff_of": "inside an operation that asked",
    "export_rights.checks_seen": "which rows an export's owner may see, inside the job",
    "export_rights.log_seen": "which rows an export's owner may see, inside the job",
    "caseload_rows.page_of": "asks by itself, inside an operation",
    "feedback.feedback_there": "asks by itself, inside an operation",
    "custody.custody_of": "asks by itself, inside an operation",
    "custody_ledger.tip_in_custody": "asks by itself, inside an operation",
    "queue_lines.lines_of": "asks by itself, inside an operation",
    "tip_access.confirm_tips": "asks the policies, inside an operation",
}
"""Functions that take a caller and are no operation by themselves, and why."""


def functions_with_a_caller() -> set[str]:
    """Give every public function of `graph.services` that takes a caller."""
    found: set[str] = set()
    for entry in pkgutil.iter_modules(graph.services.__path__):
        module = importlib.import_module(f"graph.services.{entry.name}")
        for name, function in vars(module).items():
            if (
                inspect.isfunction(function)
                and function.__module__ == module.__name__
                and not name.startswith("_")
                and any(
                    taken != "return" and "Caller" in str(kind)
                    for taken, kind in inspect.get_annotations(function).items()
                )
            ):
                found.add(f"{entry.name}.{name}")
    return found
