"""The page API keys: what programs of the agency may do, made, shown once, ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, get_args

import streamlit as st

from client.client import CrosstipClient
from client.errors import ApiError
from client.resources.accounts import ApiKeyLine, ApiKeyQuestion, Deed
from client.resources.users import UserRole
from dashboard import state
from dashboard.components import doing, notices
from dashboard.components.tables import chosen_row
from dashboard.desk.api_key_lists import MANAGES, key_columns, lacking, networks_of
from dashboard.desk.desk_steps import is_one_of
from dashboard.wording import visible

SCOPES: Final[tuple[Deed, ...]] = get_args(Deed)
ROLES: Final[tuple[UserRole, ...]] = get_args(UserRole)
_LONGEST_DAYS: Final = 90


@dataclass(slots=True)
class MadeKey:
    """A key that was made and not yet noted down."""

    ref: str = ""
    key: str | None = None


def render() -> None:
    """Show the page."""
    client = state.connected()
    notices.page_head("API keys", synthetic=state.session().synthetic)
    doing.say_what_was_done()
    st.text(
        "A program of your agency asks with a key. It may do what is chosen here and its account "
        "may do, from the networks that are named, until it ends. What it does is in the log under "
        "that account."
    )
    _show_made()
    try:
        people, keys = client.users(limit=1), client.api_keys().keys
    except ApiError as error:
        notices.failure(error)
        return
    is_manager = is_one_of(state.session().who, MANAGES)
    chosen = chosen_row(
        key_columns(keys),
        name="api-keys",
        answer=people,
        empty="Your agency has no key.",
        by="Key",
        label="Choose a key",
    )
    notices.footing(people)
    if not is_manager:
        st.text("Administrators of your agency make and end keys.")
        return
    if chosen is not None:
        _end(client, keys[chosen])
    _make(client)


def _show_made() -> None:
    made = state.record(MadeKey)
    if made.key is None:
        return
    st.warning("This key is shown now and never again. Crosstip keeps no copy of it.")
    st.code(made.key, language=None)
    if st.button("It is noted", key="key-noted"):
        made.key = None
        st.rerun()


def _end(client: CrosstipClient, line: ApiKeyLine) -> None:
    if line.ended_at is not None:
        st.text("This key has ended.")
        return
    st.text(f"Key {visible(line.ref)} of {visible(line.user)} opens nothing more once it is ended.")
    if st.button("End this key", key="key-end"):
        doing.attempt(
            f"end key {line.ref}",
            lambda _: client.withdraw_api_key(line.ref),
            done="The key is ended: it opens nothing any more.",
        )


def _make(client: CrosstipClient) -> None:
    st.header("A new key")
    with st.form("key-form"):
        user = st.text_input(
            "Name of the program's account (records.alder); made when it is not there",
            max_chars=200,
            key="key-user",
        )
        roles = st.multiselect("Roles of a new account", ROLES, key="key-roles")
        scopes = st.multiselect("What it may do", SCOPES, key="key-scopes")
        networks = st.text_area(
            "From which networks, one a line (192.0.2.0/24); empty: from anywhere",
            max_chars=4000,
            key="key-networks",
        )
        days = st.number_input(
            "Days until it ends", 1, _LONGEST_DAYS, _LONGEST_DAYS, key="key-days"
        )
        asked = st.form_submit_button("Make the key", key="key-make")
    if not asked:
        return
    program = (user or "").strip()
    missing = lacking(program, scopes)
    if missing is not None:
        st.error(missing)
        return
    wanted = ApiKeyQuestion(
        user=program,
        scopes=tuple(scopes),
        roles=tuple(roles) if len(roles) > 0 else None,
        networks=networks_of(networks or ""),
        days=int(days),
    )

    def work(key: str) -> None:
        made = client.make_api_key(wanted, key=key)
        kept = state.record(MadeKey)
        kept.ref, kept.key = made.ref, made.key

    doing.attempt(f"make key {wanted.model_dump_json()}", work, done="The key is made.")
