"""What can be done, who may do it, and which roles exclude each other.

The rules are the Cedar policies in `graph/data/policies`: everything that decides goes through
`require`. A new deed is a member here and its name in one of the policies.
"""

from __future__ import annotations

import logging
from collections.abc import Collection
from enum import StrEnum
from functools import cache, lru_cache

from graph.casework.caller import Caller
from graph.casework.policies import Verdict, shipped_policies
from graph.casework.requests import record_entity, request, user_entity
from graph.casework.resource import Resource
from graph.casework.vocabulary import UserRole as R
from graph.casework.vocabulary import listed
from graph.errors import RightsError, RowError

_log = logging.getLogger(__name__)


class Deed(StrEnum):
    """What is done, as the log names it."""

    AGENCY_ADD = "agency.add"
    AGENCY_CHANGE = "agency.change"
    AGENCY_READ = "agency.read"
    UNIT_ADD = "unit.add"
    AGREEMENT_ADD = "agreement.add"
    AGREEMENT_END = "agreement.end"
    USER_ADD = "user.add"
    USER_CHANGE = "user.change"
    USER_PROVE = "user.prove"
    USER_READ = "user.read"
    USER_ENROL = "user.enrol"
    USER_RELEASE = "user.release"
    USER_END_SESSIONS = "user.end_sessions"
    USER_LINK = "user.link"
    USER_END_KEY = "user.end_key"
    API_KEY_MINT = "api_key.mint"
    API_KEY_READ = "api_key.read"
    API_KEY_END = "api_key.end"
    TIP_READ = "tip.read"
    TIP_TAKE_IN = "tip.take_in"
    TIP_HOLD = "tip.hold"
    TIP_WITHDRAW = "tip.withdraw"
    ROUTE_READ = "route.read"
    ROUTE_DECIDE = "route.decide"
    ROUTE_AREAS = "route.areas"
    TRIAGE_READ = "triage.read"
    TRIAGE_WORK = "triage.work"
    TRIAGE_ASSIGN = "triage.assign"
    TRIAGE_LEAD = "triage.lead"
    PRIORITY_READ = "priority.read"
    PRIORITY_TRY = "priority.try"
    PRIORITY_CHANGE = "priority.change"
    URGENT_READ = "urgent.read"
    URGENT_ACKNOWLEDGE = "urgent.acknowledge"
    URGENT_CLOCKS = "urgent.clocks"
    URGENT_ESCALATE = "urgent.escalate"
    GATE_ASK = "gate.ask"
    GATE_LAY = "gate.lay"
    FILE_VERIFY = "file.verify"
    CUSTODY_READ = "custody.read"
    CUSTODY_GIVE = "custody.give"
    FEEDBACK_READ = "feedback.read"
    FEEDBACK_MAKE = "feedback.make"
    HANDOFF_READ = "handoff.read"
    HANDOFF_OFFER = "handoff.offer"
    HANDOFF_ANSWER = "handoff.answer"
    HANDOFF_LAPSE = "handoff.lapse"
    TASK_READ = "task.read"
    TASK_GIVE = "task.give"
    TASK_SETTLE = "task.settle"
    TASK_ESCALATE = "task.escalate"
    NOTE_READ = "note.read"
    NOTE_WRITE = "note.write"
    PROVIDER_READ = "provider.read"
    PROVIDER_SEND = "provider.send"
    PROVIDER_CLOCK = "provider.clock"
    ASSISTANCE_READ = "assistance.read"
    ASSISTANCE_ASK = "assistance.ask"
    ASSISTANCE_ANSWER = "assistance.answer"
    STAFF_READ = "staff.read"
    STAFF_KEEP = "staff.keep"
    STAFF_DECLARE = "staff.declare"
    LINK_READ = "link.read"
    OVERLAP_READ = "overlap.read"
    QUARANTINE_READ = "quarantine.read"
    QUARANTINE_SETTLE = "quarantine.settle"
    JUDGEMENT_MAKE = "judgement.make"
    JUDGEMENT_READ = "judgement.read"
    STATE_READ = "state.read"
    STATE_COUNT = "state.count"
    STATE_DECIDE = "state.decide"
    HASH_LIST_READ = "hash_list.read"
    HASH_LIST_CHANGE = "hash_list.change"
    WEIGHTS_READ = "weights.read"
    QUERY_RUN = "query.run"
    FIGURES_READ = "figures.read"
    FIGURES_ALL = "figures.all"
    CASELOAD_READ = "caseload.read"
    CASELOAD_OWN = "caseload.own"
    AUDIT_READ = "audit.read"
    AUDIT_VERIFY = "audit.verify"
    AUDIT_PUBLISH = "audit.publish"
    INVESTIGATION_OPEN = "investigation.open"
    INVESTIGATION_UPDATE = "investigation.update"
    INVESTIGATION_HAND_OVER = "investigation.hand_over"
    INVESTIGATION_CLOSE = "investigation.close"
    INVESTIGATION_REOPEN = "investigation.reopen"
    INVESTIGATION_READ = "investigation.read"
    CLAIM_ADD = "claim.add"
    CLAIM_EDIT = "claim.edit"
    CLAIM_VISIBILITY = "claim.visibility"
    CLAIM_APPROVE_SILENT = "claim.approve_silent"
    CLAIM_VALIDATE = "claim.validate"
    CLAIM_READ = "claim.read"
    CLAIM_PURGE = "claim.purge"
    CLAIM_PURGE_LAPSED = "claim.purge_lapsed"
    CHECK_RUN = "check.run"
    CHECK_READ = "check.read"
    CHECK_APPROVE = "check.approve"
    CHECK_BUDGETS = "check.budgets"
    CHECK_ALERTS = "check.alerts"
    CANARY_PLANT = "canary.plant"
    CONFLICT_READ = "conflict.read"
    CONFLICT_STEP = "conflict.step"
    CONFLICT_MATRIX = "conflict.matrix"
    CONFLICT_SWEEP = "conflict.sweep"
    CONFLICT_ESCALATE = "conflict.escalate"
    NOTICE_READ = "notice.read"
    NOTICE_ACKNOWLEDGE = "notice.acknowledge"
    NOTICE_DELIVER = "notice.deliver"
    NOTICE_DEAD = "notice.dead"
    WEBHOOK_MANAGE = "webhook.manage"
    WEBHOOK_READ = "webhook.read"
    UPKEEP_RUN = "upkeep.run"
    UPKEEP_READ = "upkeep.read"
    BACKUP_MAKE = "backup.make"
    JOB_READ = "job.read"
    JOB_CANCEL = "job.cancel"
    EXPORT_MAKE = "export.make"
    EXPORT_FETCH = "export.fetch"
    RETENTION_READ = "retention.read"
    RETENTION_PROPOSE = "retention.propose"
    RETENTION_CONFIRM = "retention.confirm"
    RETENTION_PURGE = "retention.purge"
    HOLD_PLACE = "hold.place"


POLICIES = shipped_policies([deed.value for deed in Deed])
"""Asked for everything that is done. A deed that no policy permits to anybody fails here."""

_DISJOINT: tuple[frozenset[R], ...] = (
    frozenset({R.AUDITOR, R.AGENCY_ADMINISTRATOR}),
    frozenset({R.AUDITOR, R.OPERATOR}),
    frozenset({R.AGENCY_ADMINISTRATOR, R.OPERATOR}),
)
"""Separation of duties: CJIS Security Policy AC-5, NIST SP 800-53 AC-5."""


def require(caller: Caller, deed: Deed, *, resource: Resource | None = None) -> tuple[str, ...]:
    """Give the ids of the policies that permit a deed on a record.

    Without a record it is asked for the caller's own agency, and for an operator for none.

    Raises:
        RightsError: no policy permits it, or one forbids it.
        PolicyError: it could not be decided.
    """
    verdict = _decide(caller, deed, resource if resource is not None else own(caller))
    if verdict.permitted:
        return verdict.policies
    if len(verdict.policies) > 0:
        said = " ".join(POLICIES.policies[name].says for name in verdict.policies)
        named = ", ".join(verdict.policies)
        raise RightsError(
            f"{deed.value} is forbidden by {named}. {said} Nothing was done.",
            policies=verdict.policies,
        )
    raise RightsError(
        f"No policy permits {deed.value} to you; needed: {_needed(deed)}. Nothing was done."
    )


def permits(caller: Caller, deed: Deed, *, resource: Resource) -> bool:
    """Say whether the policies permit a deed on a record.

    Raises:
        PolicyError: it could not be decided.
    """
    return _decide(caller, deed, resource).permitted


def confirms(caller: Caller, deed: Deed, *, resource: Resource) -> bool:
    """Say whether the policies permit what the filter of a query let through.

    Where they do not the two rules differ: a defect, which is logged and shows nothing.

    Raises:
        PolicyError: it could not be decided.
    """
    verdict = _decide(caller, deed, resource)
    if not verdict.permitted:
        _log.error(
            "A query gave what the policies forbid (%s: %s); it was kept back. Report this.",
            deed.value,
            ", ".join(verdict.policies) or "no policy permits it",
        )
    return verdict.permitted


@cache
def roles_for(deed: Deed) -> frozenset[R]:
    """Give the roles each of which alone suffices for a deed in one's own agency."""
    callers = [
        Caller(
            user="anybody",
            agency=None if role is R.OPERATOR else "own",
            roles=frozenset({role}),
            as_of_us=0,
        )
        for role in R
    ]
    return frozenset(
        role
        for role, caller in zip(R, callers, strict=True)
        if _decide(caller, deed, own(caller)).permitted
    )


def own(caller: Caller) -> Resource:
    """Give what a deed is done to before a record is read: something of the caller's agency."""
    return Resource(owner=caller.agency)


# The policies do not change while the program runs, so the same question has the same answer.
@lru_cache(maxsize=4096)
def _decide(caller: Caller, deed: Deed, resource: Resource) -> Verdict:
    (verdict,) = POLICIES.judge(
        [request(caller, deed, "record")], [user_entity(caller), record_entity("record", resource)]
    )
    return verdict


def _needed(deed: Deed) -> str:
    roles = roles_for(deed)
    named = [role for role in R if role in roles]
    return "any role" if len(named) == len(R) else f"one of these roles: {listed(named)}"


def agency_of(caller: Caller) -> str:
    """Give the caller's agency; empty for an operator, which is no record's agency."""
    return caller.agency if caller.agency is not None else ""


def check_roles(roles: Collection[R], *, agency: str | None) -> None:
    """Come back when one user may hold these roles together.

    Raises:
        RowError: there is none, two exclude each other, or an operator has an agency.
    """
    held = frozenset(roles)
    if len(held) == 0:
        raise RowError(f"A user needs at least one role: {listed(R)}.")
    for pair in _DISJOINT:
        if pair <= held:
            names = listed([role for role in R if role in pair])
            raise RowError(
                f"One user cannot be both ({names}): whoever does a thing must not be the one who "
                "checks it or sets who may (CJIS AC-5). Use two accounts of two people."
            )
    if (R.OPERATOR in held) is not (agency is None):
        raise RowError(
            "An operator works for the installation and for no agency; every other role belongs "
            "to an agency (CJIS AC-5). Nothing was done."
        )
