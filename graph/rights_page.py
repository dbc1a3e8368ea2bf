"""The reference page of rights, made from the policies: `docs/rights.md`."""

from __future__ import annotations

from graph.casework.deeds import Deed
from graph.casework.policies import Policy
from graph.casework.rights import POLICIES, roles_for
from graph.casework.vocabulary import UserRole

_THEMES = {
    "accounts": "Agencies and people",
    "retention": "Retention and legal holds",
    "security_keys": "Security keys",
    "casework": "Investigations",
    "claims": "Claims",
    "deconfliction": "Checks, conflicts and notices",
    "checks_kept": "Checks that were made",
    "webhooks": "Webhooks",
    "tips": "Tips and links",
    "jobs": "Jobs and what they give",
    "triage": "The queue",
    "assignment": "Whom tips are given to",
    "caseload": "Caseload figures",
    "urgent": "Urgent tips",
    "priority": "The table of priority",
    "gate": "Files: what was verified, and the legal gate",
    "workspaces": "Saved charts",
    "desk": "Tasks, notes, assistance and requests to providers",
    "custody": "Chain of custody",
    "feedback": "Feedback to NCMEC",
    "handoff": "Hand-offs between agencies",
    "routing": "Routing",
    "installation": "The installation and its log",
    "duties": "What nobody may, whatever else permits it",
}
_INTRODUCTION = """\
Nobody may do anything that no policy permits, and a policy that forbids is stronger than any that \
permits. The policies are readable files in `graph/data/policies`, in \
[Cedar](https://www.cedarpolicy.com); the log keeps the ids of those that decided. A mark says \
that the role alone suffices for something of one's own agency (an operator's: of the \
installation); what holds of single records is in the last list.
"""


def rights_page(made: str) -> str:
    """Give the page that shows who may do what, and by which policy; `made` says how it is made."""
    roles = [role.value for role in UserRole]
    lines = ["# Rights", "", made, _INTRODUCTION, "## Who may do what", ""]
    lines += [f"| Deed | {' | '.join(roles)} |", "|---|" + "---|" * len(roles)]
    for deed in sorted(Deed):
        marks = ["x" if role in roles_for(deed) else "" for role in UserRole]
        lines.append(f"| `{deed.value}` | {' | '.join(marks)} |")
    for theme in sorted(
        {policy.theme for policy in POLICIES.policies.values()}, key=list(_THEMES).index
    ):
        lines += [
            "",
            f"## {_THEMES[theme]}",
            "",
            "| Policy | | Deeds | It says |",
            "|---|---|---|---|",
        ]
        lines += [_row(each) for each in POLICIES.policies.values() if each.theme == theme]
    return "\n".join([*lines, ""])


def _row(policy: Policy) -> str:
    deeds = ", ".join(f"`{deed}`" for deed in policy.deeds) or "all"
    return f"| `{policy.id}` | {policy.effect} | {deeds} | {policy.says} |"
