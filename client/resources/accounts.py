"""The API's accounts: typed calls. Written by `python -m tests.client.code`."""

from __future__ import annotations

from typing import Literal, TypeAlias

from client.answers import Asked, Part
from client.calls import Calls, once, part, read
from client.resources.log_on import EndedAnswer
from client.resources.users import UserRole


class InvitedAnswer(Part):
    """A code with which a user enrols."""

    enrolment_code: str


class ReleaseQuestion(Asked):
    """Why an account is released."""

    why: str


class DoneAnswer(Part):
    """It was done."""

    done: bool = True


class SubjectQuestion(Asked):
    """Whom the identity server means by a user."""

    issuer: str
    subject: str


class LockedUser(Part):
    """An account that is locked."""

    key: str
    locked_at: str
    locked_why: str | None


class LockedAnswer(Part):
    """Accounts that are locked."""

    users: tuple[LockedUser, ...]


class ApiKeyLine(Part):
    """An API key, without what opens anything."""

    ref: str
    user: str
    scopes: tuple[str, ...]
    networks: tuple[str, ...] | None
    made_at: str
    made_by: str
    ends_at: str
    used_at: str | None
    ended_at: str | None
    ended_by: str | None


class ApiKeysAnswer(Part):
    """An agency's API keys, the last one made first."""

    keys: tuple[ApiKeyLine, ...]


Deed: TypeAlias = Literal[
    "agency.add",
    "agency.change",
    "agency.read",
    "unit.add",
    "agreement.add",
    "agreement.end",
    "user.add",
    "user.change",
    "user.prove",
    "user.read",
    "user.enrol",
    "user.release",
    "user.end_sessions",
    "user.link",
    "user.end_key",
    "api_key.mint",
    "api_key.read",
    "api_key.end",
    "tip.read",
    "tip.take_in",
    "tip.hold",
    "tip.withdraw",
    "route.read",
    "route.decide",
    "route.areas",
    "triage.read",
    "triage.work",
    "triage.assign",
    "triage.lead",
    "priority.read",
    "priority.try",
    "priority.change",
    "urgent.read",
    "urgent.acknowledge",
    "urgent.clocks",
    "urgent.escalate",
    "gate.ask",
    "gate.lay",
    "file.verify",
    "custody.read",
    "custody.give",
    "feedback.read",
    "feedback.make",
    "handoff.read",
    "handoff.offer",
    "handoff.answer",
    "handoff.lapse",
    "task.read",
    "task.give",
    "task.settle",
    "task.escalate",
    "note.read",
    "note.write",
    "provider.read",
    "provider.send",
    "provider.clock",
    "assistance.read",
    "assistance.ask",
    "assistance.answer",
    "staff.read",
    "staff.keep",
    "staff.declare",
    "link.read",
    "overlap.read",
    "quarantine.read",
    "quarantine.settle",
    "judgement.make",
    "judgement.read",
    "state.read",
    "state.count",
    "state.decide",
    "hash_list.read",
    "hash_list.change",
    "weights.read",
    "query.run",
    "figures.read",
    "figures.all",
    "caseload.read",
    "caseload.own",
    "audit.read",
    "audit.verify",
    "audit.publish",
    "investigation.open",
    "investigation.update",
    "investigation.hand_over",
    "investigation.close",
    "investigation.reopen",
    "investigation.read",
    "claim.add",
    "claim.edit",
    "claim.visibility",
    "claim.approve_silent",
    "claim.validate",
    "claim.read",
    "claim.purge",
    "claim.purge_lapsed",
    "check.run",
    "check.read",
    "check.approve",
    "check.budgets",
    "check.alerts",
    "canary.plant",
    "conflict.read",
    "conflict.step",
    "conflict.matrix",
    "conflict.sweep",
    "conflict.escalate",
    "notice.read",
    "notice.acknowledge",
    "notice.deliver",
    "notice.dead",
    "webhook.manage",
    "webhook.read",
    "upkeep.run",
    "upkeep.read",
    "backup.make",
    "job.read",
    "job.cancel",
    "export.make",
    "export.fetch",
    "retention.read",
    "retention.propose",
    "retention.confirm",
    "retention.purge",
    "hold.place",
    "workspace.read",
    "workspace.keep",
    "workspace.share",
]


class ApiKeyQuestion(Asked):
    """An API key as it is wanted."""

    user: str
    scopes: tuple[Deed, ...]
    roles: tuple[UserRole, ...] | None = None
    networks: tuple[str, ...] = ()
    days: int = 90


class ApiKeyMade(Part):
    """A new API key."""

    key: str
    ref: str


class Accounts(Calls):
    """Calls about accounts."""

    def invite_user(self, user: str, *, key: str | None = None) -> InvitedAnswer:
        """Make a one-time code with which a user sets password and second factor."""
        return read(
            self._call("POST", f"users/{part(user)}/enrolments", key=once(key)), InvitedAnswer
        )

    def release(self, user: str, wanted: ReleaseQuestion, *, key: str | None = None) -> DoneAnswer:
        """Release an account that was locked after failures."""
        return read(
            self._call("POST", f"users/{part(user)}/release", body=wanted, key=once(key)),
            DoneAnswer,
        )

    def end_sessions_of_user(self, user: str) -> EndedAnswer:
        """End all sessions of a user at once."""
        return read(self._call("DELETE", f"users/{part(user)}/sessions"), EndedAnswer)

    def enter_subject(
        self, user: str, wanted: SubjectQuestion, *, key: str | None = None
    ) -> DoneAnswer:
        """Enter whom the identity server means by a user."""
        return read(
            self._call("POST", f"users/{part(user)}/subjects", body=wanted, key=once(key)),
            DoneAnswer,
        )

    def locked_users(self) -> LockedAnswer:
        """Accounts of one's agency that are locked."""
        return read(self._call("GET", "locked-users"), LockedAnswer)

    def api_keys(self) -> ApiKeysAnswer:
        """The agency's API keys, and when each was last used."""
        return read(self._call("GET", "api-keys"), ApiKeysAnswer)

    def make_api_key(self, wanted: ApiKeyQuestion, *, key: str | None = None) -> ApiKeyMade:
        """Make an API key for a program of one's agency."""
        return read(self._call("POST", "api-keys", body=wanted, key=once(key)), ApiKeyMade)

    def withdraw_api_key(self, ref: str) -> DoneAnswer:
        """Withdraw an API key at once."""
        return read(self._call("DELETE", f"api-keys/{part(ref)}"), DoneAnswer)
