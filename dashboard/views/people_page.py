"""The page People: who works here, entered, invited, changed, released and logged out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, get_args

import streamlit as st

from client.client import CrosstipClient
from client.errors import ApiError
from client.resources.accounts import LockedUser
from client.resources.users import AddUser, UserPage, UserRole
from dashboard import state
from dashboard.components import doing, notices
from dashboard.components.tables import chosen_row
from dashboard.desk.people_lists import lacking, people_columns
from dashboard.views import people_one

ROLES: Final[tuple[UserRole, ...]] = get_args(UserRole)
MANAGES: Final = frozenset({"agency administrator", "operator"})


@dataclass(slots=True)
class PeopleDesk:
    """Which page of the list is shown."""

    pages: tuple[str, ...] = ("",)


def render() -> None:
    """Show the page."""
    client = state.connected()
    notices.page_head("People", synthetic=state.session().synthetic)
    doing.say_what_was_done()
    st.text(
        "Who works here. Administrators enter and change the people of their agency, operators "
        "administrators and operators; supervisors and auditors read. Nobody changes the own "
        "account."
    )
    people_one.show_code()
    who = state.session().who
    is_manager = who is None or not MANAGES.isdisjoint(who.roles)
    desk = state.record(PeopleDesk)
    try:
        page = client.users(after=desk.pages[-1])
        locked = {one.key: one for one in client.locked_users().users} if is_manager else {}
    except ApiError as error:
        desk.pages = ("",)
        notices.failure(error)
        return
    _list(client, desk, page, locked, is_manager=is_manager)
    if is_manager:
        _add(client)


def _list(
    client: CrosstipClient,
    desk: PeopleDesk,
    page: UserPage,
    locked: dict[str, LockedUser],
    *,
    is_manager: bool,
) -> None:
    chosen = chosen_row(
        people_columns(page.items, locked),
        name="people",
        answer=page,
        empty="Nobody that you may see.",
        by="User",
        label="Choose somebody",
    )
    _turn(desk, page)
    notices.footing(page)
    if chosen is not None and is_manager:
        user = page.items[chosen].key
        people_one.render(client, user, locked.get(user))


def _turn(desk: PeopleDesk, page: UserPage) -> None:
    if len(desk.pages) == 1 and page.next_after is None:
        return
    back, onward = st.columns(2)
    if back.button("Page before", key="people-before", disabled=len(desk.pages) == 1):
        desk.pages = desk.pages[:-1]
        st.rerun()
    if onward.button("Next page", key="people-next", disabled=page.next_after is None):
        desk.pages = (*desk.pages, page.next_after or "")
        st.rerun()


def _add(client: CrosstipClient) -> None:
    st.subheader("Enter somebody")
    who = state.session().who
    with st.form("people-add"):
        user = (st.text_input("User name", max_chars=64, key="add-user") or "").strip()
        name = (st.text_input("Name", max_chars=200, key="add-name") or "").strip()
        agency = ""
        if who is None or who.agency is None:
            agency = (
                st.text_input("Agency", max_chars=200, key="add-agency", help="None: an operator.")
                or ""
            ).strip()
        roles = st.multiselect(
            "Roles",
            ROLES,
            key="add-roles",
            help="Nobody is two of auditor, administrator and operator.",
        )
        asked = st.form_submit_button("Enter", type="primary", key="add-button")
    if not asked:
        return
    if (missing := lacking(user=user, name=name, roles=roles)) is not None:
        st.error(missing)
        return
    own = None if who is None else who.agency
    wanted = AddUser(key=user, name=name, agency=agency or own, roles=tuple(roles))
    doing.attempt(
        f"enter {wanted}",
        lambda key: client.add_one_user(wanted, key=key),
        done=f"{user} is entered. Choose them in the list and invite them.",
    )
