"""One person on the page People: invited, changed, released, logged out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, get_args

import streamlit as st

from client.client import CrosstipClient
from client.errors import ApiError
from client.resources.accounts import LockedUser, ReleaseQuestion
from client.resources.users import ChangeUser, UserAnswer, UserRole
from dashboard import state
from dashboard.components import doing, notices
from dashboard.wording import visible

_ROLES: Final[tuple[UserRole, ...]] = get_args(UserRole)
_LONGEST = 2000


@dataclass(slots=True)
class Invited:
    """A code that was made, until it is put away."""

    user: str = ""
    code: str | None = None


def show_code() -> None:
    """Show an enrolment code once, until somebody says that it is noted."""
    invited = state.record(Invited)
    if invited.code is None:
        return
    st.warning("This code is shown now and never again. Give it to them in person.")
    st.text(f"{visible(invited.user)}: {invited.code}")
    if st.button("It is noted", key="code-noted"):
        invited.code = None
        st.rerun()


def render(client: CrosstipClient, user: str, locked: LockedUser | None) -> None:
    """Show what may be done with somebody's account."""
    try:
        found = client.user(user)
    except ApiError as error:
        notices.failure(error)
        return
    st.subheader(visible(found.name))
    doing.show_version(found.key, found.version or 0)
    _account(client, found)
    if locked is not None:
        _release(client, locked)
    _change(client, found)


def _account(client: CrosstipClient, found: UserAnswer) -> None:
    invite, prove, end = st.columns(3)
    if invite.button(
        "Invite", key="invite", help="A one-time code to set password and second factor."
    ):
        _invite(client, found.key)
    if prove.button("Still in service", key="prove", help="To be stated once a year."):
        doing.attempt(
            f"prove {found.key} {found.proved_at}",
            lambda key: client.prove_one_user(found.key, key=key),
            done=f"{found.key} is stated to be in service.",
        )
    if end.button("End all sessions", key="end-sessions", help="They may log in again."):
        doing.attempt(
            f"end sessions of {found.key}",
            lambda _: client.end_sessions_of_user(found.key),
            done=f"All sessions of {found.key} are ended.",
        )


def _invite(client: CrosstipClient, user: str) -> None:
    invited = state.record(Invited)

    def work(key: str) -> None:
        invited.code = client.invite_user(user, key=key).enrolment_code
        invited.user = user

    doing.attempt(f"invite {user}", work, done=f"{user} is invited. An earlier code is void.")


def _release(client: CrosstipClient, locked: LockedUser) -> None:
    st.text(f"Locked since {locked.locked_at}: {visible(locked.locked_why)}")
    with st.form("release-form"):
        why = (st.text_input("Why it is released", max_chars=_LONGEST, key="why") or "").strip()
        asked = st.form_submit_button("Release", key="release-button")
    if not asked:
        return
    if why == "":
        st.error("Say why, for example whom you called.")
        return
    doing.attempt(
        f"release {locked.key} {locked.locked_at} {why}",
        lambda key: client.release(locked.key, ReleaseQuestion(why=why), key=key),
        done=f"{locked.key} is released.",
    )


def _change(client: CrosstipClient, found: UserAnswer) -> None:
    with st.form(f"change-{found.key}"):
        name = st.text_input("Name", value=found.name, max_chars=200, key=f"name-{found.key}")
        roles = st.multiselect(
            "Roles",
            _ROLES,
            default=[role for role in _ROLES if role in found.roles],
            key=f"roles-{found.key}",
        )
        asked = st.form_submit_button("Change", key="change-button")
    if not asked:
        return
    if not roles or (name or "").strip() == "":
        st.error("A name and a role at least. Who leaves gets an end of service by command.")
        return
    wanted = ChangeUser(name=(name or "").strip(), roles=tuple(roles))
    doing.attempt(
        f"change {found.key} {found.version} {wanted}",
        lambda _: client.update_user(found.key, wanted, version=found.version or 0),
        done=f"{found.key} is changed.",
    )
