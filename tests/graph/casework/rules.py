"""The rules of who may do what, written out in plain Python to be compared with the policies.

Written from the rules (`design.md`, "Who may see what" and "Access"; CJIS AC-5; the decision pages
16 and 19), not from the policies: whoever changes a policy changes this by hand, or a test fails.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from graph.casework.caller import Caller
from graph.casework.resource import Resource
from graph.casework.rights import Deed
from graph.casework.vocabulary import UserRole as R
from tests.graph.casework.deeds import OF_TIPS, TEAMWORK

_EVERYBODY = frozenset(R)
_CASEWORK = frozenset({R.ANALYST, R.INVESTIGATOR, R.PROSECUTOR, R.SUPERVISOR})
_WORKS = frozenset({R.ANALYST, R.INVESTIGATOR, R.SUPERVISOR})
_LEADS = frozenset({R.INVESTIGATOR, R.SUPERVISOR})
_ACCOUNTS = frozenset({R.AGENCY_ADMINISTRATOR, R.OPERATOR})
_SEES_ACCOUNTS = _ACCOUNTS | {R.SUPERVISOR, R.AUDITOR}

NEEDS: Mapping[Deed, frozenset[R]] = MappingProxyType(
    {
        Deed.AGENCY_ADD: frozenset({R.OPERATOR}),
        Deed.AGENCY_CHANGE: _ACCOUNTS,
        Deed.AGENCY_READ: _EVERYBODY,
        Deed.UNIT_ADD: frozenset({R.AGENCY_ADMINISTRATOR}),
        Deed.AGREEMENT_ADD: frozenset({R.AGENCY_ADMINISTRATOR}),
        Deed.AGREEMENT_END: frozenset({R.AGENCY_ADMINISTRATOR}),
        Deed.USER_ADD: _ACCOUNTS,
        Deed.USER_CHANGE: _ACCOUNTS,
        Deed.USER_PROVE: _ACCOUNTS,
        Deed.USER_READ: _SEES_ACCOUNTS,
        Deed.USER_ENROL: _ACCOUNTS,
        Deed.USER_RELEASE: _ACCOUNTS,
        Deed.USER_END_SESSIONS: _ACCOUNTS,
        Deed.USER_LINK: _ACCOUNTS,
        Deed.USER_END_KEY: _ACCOUNTS,
        Deed.API_KEY_MINT: frozenset({R.AGENCY_ADMINISTRATOR}),
        Deed.API_KEY_READ: frozenset({R.AGENCY_ADMINISTRATOR, R.SUPERVISOR, R.AUDITOR}),
        Deed.API_KEY_END: frozenset({R.AGENCY_ADMINISTRATOR}),
        Deed.TIP_READ: _CASEWORK,
        Deed.TIP_TAKE_IN: _WORKS | {R.OPERATOR},
        Deed.TIP_HOLD: _WORKS | {R.OPERATOR},
        Deed.TIP_WITHDRAW: _WORKS,
        Deed.ROUTE_READ: _WORKS | {R.OPERATOR},
        Deed.ROUTE_DECIDE: frozenset({R.OPERATOR}),
        Deed.ROUTE_AREAS: frozenset({R.OPERATOR}),
        Deed.TRIAGE_READ: _WORKS,
        Deed.TRIAGE_WORK: _WORKS,
        Deed.TRIAGE_ASSIGN: _LEADS,
        Deed.TRIAGE_LEAD: frozenset({R.SUPERVISOR}),
        Deed.URGENT_READ: _WORKS | {R.AGENCY_ADMINISTRATOR},
        Deed.URGENT_ACKNOWLEDGE: _WORKS,
        Deed.URGENT_CLOCKS: frozenset({R.SUPERVISOR}),
        Deed.URGENT_ESCALATE: frozenset({R.OPERATOR}),
        Deed.GATE_ASK: _CASEWORK,
        Deed.GATE_LAY: frozenset({R.SUPERVISOR}),
        Deed.FILE_VERIFY: _WORKS,
        Deed.HANDOFF_READ: _CASEWORK,
        Deed.HANDOFF_OFFER: _LEADS,
        Deed.HANDOFF_ANSWER: _LEADS | {R.PROSECUTOR},
        Deed.HANDOFF_LAPSE: frozenset({R.OPERATOR}),
        Deed.STAFF_READ: _WORKS,
        Deed.STAFF_DECLARE: _WORKS,
        Deed.STAFF_KEEP: frozenset({R.SUPERVISOR}),
        Deed.LINK_READ: _CASEWORK,
        Deed.OVERLAP_READ: _CASEWORK,
        Deed.QUARANTINE_READ: _WORKS,
        Deed.QUARANTINE_SETTLE: _WORKS,
        Deed.JUDGEMENT_MAKE: _WORKS,
        Deed.JUDGEMENT_READ: _CASEWORK,
        Deed.STATE_READ: _CASEWORK,
        Deed.STATE_COUNT: _WORKS | {R.OPERATOR},
        Deed.STATE_DECIDE: _WORKS,
        Deed.HASH_LIST_READ: _CASEWORK,
        Deed.HASH_LIST_CHANGE: _WORKS,
        Deed.WEIGHTS_READ: _CASEWORK,
        Deed.QUERY_RUN: _CASEWORK,
        Deed.FIGURES_READ: _EVERYBODY,
        Deed.FIGURES_ALL: frozenset({R.OPERATOR}),
        Deed.CASELOAD_READ: frozenset({R.SUPERVISOR}),
        Deed.CASELOAD_OWN: _WORKS,
        Deed.AUDIT_READ: frozenset({R.AUDITOR, R.OPERATOR}),
        Deed.AUDIT_VERIFY: frozenset({R.AUDITOR, R.OPERATOR}),
        Deed.AUDIT_PUBLISH: frozenset({R.OPERATOR}),
        Deed.INVESTIGATION_OPEN: _LEADS,
        Deed.INVESTIGATION_UPDATE: _WORKS,
        Deed.INVESTIGATION_HAND_OVER: _LEADS,
        Deed.INVESTIGATION_CLOSE: _LEADS,
        Deed.INVESTIGATION_REOPEN: _LEADS,
        Deed.INVESTIGATION_READ: _CASEWORK,
        Deed.CLAIM_ADD: _WORKS,
        Deed.CLAIM_EDIT: _WORKS,
        Deed.CLAIM_VISIBILITY: _WORKS,
        Deed.CLAIM_APPROVE_SILENT: frozenset({R.SUPERVISOR}),
        Deed.CLAIM_VALIDATE: _LEADS,
        Deed.CLAIM_READ: _CASEWORK,
        Deed.CLAIM_PURGE: frozenset({R.SUPERVISOR}),
        Deed.CLAIM_PURGE_LAPSED: frozenset({R.SUPERVISOR, R.OPERATOR}),
        Deed.CHECK_RUN: _CASEWORK,
        Deed.CHECK_READ: _CASEWORK,
        Deed.CHECK_APPROVE: frozenset({R.SUPERVISOR}),
        Deed.CHECK_BUDGETS: _CASEWORK,
        Deed.CHECK_ALERTS: frozenset({R.SUPERVISOR, R.OPERATOR}),
        Deed.CANARY_PLANT: frozenset({R.SUPERVISOR}),
        Deed.CONFLICT_READ: _CASEWORK,
        Deed.CONFLICT_STEP: _WORKS,
        Deed.CONFLICT_MATRIX: frozenset({R.SUPERVISOR, R.AUDITOR}),
        Deed.CONFLICT_SWEEP: frozenset({R.OPERATOR}),
        Deed.CONFLICT_ESCALATE: frozenset({R.OPERATOR}),
        Deed.NOTICE_READ: _CASEWORK,
        Deed.NOTICE_ACKNOWLEDGE: _WORKS,
        Deed.NOTICE_DELIVER: frozenset({R.OPERATOR}),
        Deed.NOTICE_DEAD: frozenset({R.SUPERVISOR, R.OPERATOR}),
        Deed.WEBHOOK_MANAGE: frozenset({R.AGENCY_ADMINISTRATOR}),
        Deed.WEBHOOK_READ: frozenset({R.AGENCY_ADMINISTRATOR, R.SUPERVISOR, R.AUDITOR}),
        Deed.UPKEEP_RUN: frozenset({R.OPERATOR}),
        Deed.UPKEEP_READ: frozenset({R.OPERATOR}),
        Deed.BACKUP_MAKE: frozenset({R.OPERATOR}),
        Deed.JOB_READ: _EVERYBODY,
        Deed.JOB_CANCEL: _EVERYBODY,
        Deed.EXPORT_MAKE: _EVERYBODY - {R.OPERATOR},
        Deed.EXPORT_FETCH: _EVERYBODY - {R.OPERATOR},
    }
)
"""One of these roles is needed."""

UNNAMED: frozenset[Deed] = frozenset(
    deed
    for deed in Deed
    if deed.value.partition(".")[0]
    in {
        *("tip", "link", "overlap", "quarantine", "judgement", "state", "hash_list", "weights"),
        *("query", "figures", "audit", "upkeep", "backup", "job", "export"),
    }
) | {Deed.GATE_ASK}
"""What whoever has the machine does in a store that knows no user."""

SEPARATE = (
    (R.AUDITOR, R.AGENCY_ADMINISTRATOR),
    (R.AUDITOR, R.OPERATOR),
    (R.AGENCY_ADMINISTRATOR, R.OPERATOR),
)
_BEYOND_AGENCIES = {
    Deed.AGENCY_CHANGE,
    Deed.USER_ADD,
    Deed.USER_CHANGE,
    Deed.USER_PROVE,
    Deed.USER_READ,
    Deed.USER_ENROL,
    Deed.USER_RELEASE,
    Deed.USER_END_SESSIONS,
    Deed.USER_LINK,
    Deed.USER_END_KEY,
    Deed.TIP_HOLD,
    Deed.CLAIM_PURGE_LAPSED,
}
"""What whoever runs the installation does in agencies that are not theirs."""
_BY_ANOTHER = {
    Deed.USER_CHANGE,
    Deed.USER_PROVE,
    Deed.USER_ENROL,
    Deed.USER_RELEASE,
    Deed.USER_LINK,
    Deed.USER_END_KEY,
}


def may(caller: Caller, deed: Deed, resource: Resource) -> bool:
    """Say whether the rules let a caller do something to a record."""
    if caller.scopes is not None and deed.value not in caller.scopes:
        return False
    if caller.unnamed:
        has_role = deed in UNNAMED and len(caller.roles) == 0
    else:
        has_role = not caller.roles.isdisjoint(NEEDS[deed]) or (
            # Everybody, also somebody whose account names no role any more.
            NEEDS[deed] == _EVERYBODY
        )
    return (
        has_role
        and _is_in_order(caller)
        and _reaches(caller, deed, resource)
        and _may_change(caller, deed, resource)
        and _may_open(caller, resource)
        and _is_not_judge_of_self(caller, deed, resource)
        and _is_told(caller, deed, resource)
        and _holds(caller, deed, resource)
        and _ordered_it(caller, deed, resource)
        and _is_handed(caller, deed, resource)
    )


def _is_in_order(caller: Caller) -> bool:
    """Say whether the account is in service and unites no duties that are kept apart."""
    if caller.until_us is not None and caller.as_of_us >= caller.until_us:
        return False
    if any(caller.roles.issuperset(pair) for pair in SEPARATE):
        return False
    if R.OPERATOR in caller.roles:
        return caller.agency is None
    return caller.agency is not None or caller.unnamed


def _reaches(caller: Caller, deed: Deed, resource: Resource) -> bool:
    """Say whether the record is the caller's agency's, or one that this deed reaches."""
    is_operator = R.OPERATOR in caller.roles
    roles = resource.account_roles or frozenset()
    if resource.account is not None and resource.owner is None and not is_operator:
        return False
    is_account = resource.owner is not None and resource.account_roles is not None
    manages_all = R.AGENCY_ADMINISTRATOR.value in roles or deed is Deed.USER_RELEASE
    if is_operator and is_account and not manages_all:
        return False
    if deed in {Deed.AUDIT_READ, Deed.AUDIT_VERIFY} and resource.owner is None:
        return is_operator or caller.unnamed
    if resource.owner is None or resource.owner == caller.agency or deed is Deed.AGENCY_READ:
        return True
    if caller.unnamed:
        return True
    return is_operator and deed in _BEYOND_AGENCIES


def _may_change(caller: Caller, deed: Deed, resource: Resource) -> bool:
    if deed in _BY_ANOTHER and resource.account == caller.user:
        return False
    above = {"supervisor", "agency administrator", "auditor", "operator"}
    if deed is Deed.API_KEY_MINT and not above.isdisjoint(resource.account_roles or ()):
        return False
    is_outside = resource.team is not None and caller.user not in resource.team
    return not (deed in TEAMWORK and is_outside and R.SUPERVISOR not in caller.roles)


def _may_open(caller: Caller, resource: Resource) -> bool:
    return resource.visibility != "sealed" or caller.user in (
        resource.sealed_to,
        resource.entered_by,
    )


def _is_not_judge_of_self(caller: Caller, deed: Deed, resource: Resource) -> bool:
    """Say whether somebody else's look-ups are approved, or alerted about."""
    return deed not in {Deed.CHECK_APPROVE, Deed.CHECK_ALERTS} or resource.asked_by != caller.user


def _is_told(caller: Caller, deed: Deed, resource: Resource) -> bool:
    """Say whether a conflict's side, or a notice's readers, include the caller."""
    supervises = R.SUPERVISOR in caller.roles
    if deed in {Deed.CONFLICT_READ, Deed.CONFLICT_STEP} and resource.told is not None:
        return resource.told == "officer" or (resource.told == "supervisor" and supervises)
    if deed in {Deed.NOTICE_READ, Deed.NOTICE_ACKNOWLEDGE} and resource.addressed is not None:
        named = resource.addressed
        return caller.user in named or ("*supervisors" in named and supervises)
    return True


def _ordered_it(caller: Caller, deed: Deed, resource: Resource) -> bool:
    """Say whether a job, or a check to be read, is the caller's own.

    A job is nobody else's, whatever their role; checks are their agency's supervisors' too.
    """
    if deed is Deed.CHECK_READ and R.SUPERVISOR in caller.roles:
        return True
    own = deed.value.partition(".")[0] in {"job", "export"} or deed is Deed.CHECK_READ
    return not own or resource.asked_by in (None, caller.user)


def _is_handed(caller: Caller, deed: Deed, resource: Resource) -> bool:
    """Say whether a prosecutor answers what is handed for prosecution, and nothing else."""
    if deed is not Deed.HANDOFF_ANSWER or not caller.roles.isdisjoint(_LEADS):
        return True
    return resource.handing in (None, "prosecution")


def _holds(caller: Caller, deed: Deed, resource: Resource) -> bool:
    """Say whether a tip is the caller's agency's, for what is done to the tip itself."""
    if resource.holders is None or caller.unnamed or deed not in OF_TIPS:
        return True
    if deed is Deed.ROUTE_READ and R.OPERATOR in caller.roles:
        return True
    return caller.agency is not None and caller.agency in resource.holders
