"""The rules of who may do what, written out in plain Python to be compared with the policies.

Written from the rules (`design.md`, "Who may see what" and "Access"; CJIS AC-5; the decision pages
16 and 19), not from the policies: whoever changes a policy changes this by hand, or a test fails.
"""

from __future__ import annotations

from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.resource import Resource
from graph.casework.vocabulary import UserRole as R
from tests.graph.casework.deeds import OF_TIPS, TEAMWORK
from tests.graph.casework.needs import EVERYBODY, LEADS, NEEDS

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
            NEEDS[deed] == EVERYBODY
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
        and _has_workspace(caller, deed, resource)
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


def _has_workspace(caller: Caller, deed: Deed, resource: Resource) -> bool:
    """Say whether a saved chart is the caller's own, or, to be opened, shared with them."""
    if deed is Deed.WORKSPACE_READ:
        return resource.team is None or caller.user in resource.team
    is_keeping = deed in {Deed.WORKSPACE_KEEP, Deed.WORKSPACE_SHARE}
    return not is_keeping or resource.entered_by in (None, caller.user)


def _is_handed(caller: Caller, deed: Deed, resource: Resource) -> bool:
    """Say whether a prosecutor answers what is handed for prosecution, and nothing else."""
    if deed is not Deed.HANDOFF_ANSWER or not caller.roles.isdisjoint(LEADS):
        return True
    return resource.handing in (None, "prosecution")


def _holds(caller: Caller, deed: Deed, resource: Resource) -> bool:
    """Say whether a tip is the caller's agency's, for what is done to the tip itself."""
    if resource.holders is None or caller.unnamed or deed not in OF_TIPS:
        return True
    if deed is Deed.ROUTE_READ and R.OPERATOR in caller.roles:
        return True
    return caller.agency is not None and caller.agency in resource.holders
