"""Saved charts: saving this one, opening another, sharing, and the link that opens it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial

import streamlit as st

from client.client import CrosstipClient
from client.resources.workspaces import ShareWorkspace, WorkspaceAnswer, WorkspaceLine
from dashboard import state
from dashboard.charting.desk import Desk
from dashboard.charting.filters import Filters
from dashboard.charting.keeping import filters_of, put_back, reopened, wanted_of
from dashboard.charting.model import Stepped
from dashboard.views.explore_bar import attempt
from dashboard.wording import one_line, visible

LINK = "workspace"
"""The name in an address that opens a saved chart."""
_NAME, _NOTE, _SHARED, _PEOPLE = (f"workspace-{each}" for each in ("name", "note", "with", "who"))
_SHARING = ("nobody", "agency", "people")


@dataclass(slots=True)
class Workspaces:
    """The saved chart that is open, and those that can be opened."""

    opened: WorkspaceAnswer | None = None
    lines: tuple[WorkspaceLine, ...] | None = None
    """None: not asked for yet."""
    more: bool = False
    linked: str | None = None
    """What the address named last."""


def follow_link() -> None:
    """Open the saved chart that the address names, once."""
    named = st.query_params.get(LINK)
    kept = state.record(Workspaces)
    if named is None or named == kept.linked:
        return
    kept.linked = named
    attempt(partial(_open, key=named))


def show(desk: Desk, filters: Filters) -> None:
    """Show what is open, and everything that can be done with saved charts."""
    kept = state.record(Workspaces)
    if kept.opened is not None:
        _opened(kept.opened)
    with st.expander("Saved charts"):
        _save(desk, filters, kept)
        if kept.opened is not None and kept.opened.is_own:
            _share(kept.opened)
        st.button("Show saved charts", key="workspace-list", on_click=attempt, args=(_list,))
        if kept.lines is not None:
            _choose(kept)


def _opened(opened: WorkspaceAnswer) -> None:
    shared = {"nobody": "for its keeper alone", "agency": "shared with the agency"}
    said = shared.get(opened.shared, f"shared with {len(opened.readers)} people")
    st.text(
        f"Saved chart: {one_line(opened.name, limit=120)}, kept by {visible(opened.keeper)}, "
        f"{said}, version {opened.version}, changed {opened.changed_at}"
    )
    if opened.note is not None:
        st.text(f"{opened.label}: {visible(opened.note)}")
    if opened.not_shown is not None:
        st.text(visible(opened.not_shown))


def _save(desk: Desk, filters: Filters, kept: Workspaces) -> None:
    st.caption(
        "What is saved are names of what is drawn, places, groups, filters and your note; never "
        "what the records say. Whoever opens it sees what they may see."
    )
    st.text_input("Name", max_chars=120, key=_NAME)
    st.text_area("Note, not evidence", max_chars=2000, key=_NOTE)
    is_empty = len(desk.chart.nodes) == 0
    with st.container(horizontal=True):
        st.button(
            "Save as a new one",
            key="workspace-save",
            on_click=attempt,
            args=(partial(_keep, filters=filters, is_new=True),),
            disabled=is_empty,
        )
        if kept.opened is not None and kept.opened.is_own:
            is_whole = kept.opened.not_shown is None
            agreed = is_whole or st.checkbox(
                "Save over it although some of it is not shown to me: that part is dropped",
                key="workspace-partial",
            )
            st.button(
                "Save over the open one",
                key="workspace-again",
                on_click=attempt,
                args=(partial(_keep, filters=filters, is_new=False),),
                disabled=is_empty or not agreed,
            )
            st.button("Delete it", key="workspace-drop", on_click=attempt, args=(_drop,))


def _share(opened: WorkspaceAnswer) -> None:
    st.text("The link that opens it, for those it is shared with:")
    st.code(f"/explore?{LINK}={opened.workspace}", language=None)
    st.radio("Shared with", _SHARING, horizontal=True, key=_SHARED)
    st.text_input("User names of colleagues, with commas", max_chars=2000, key=_PEOPLE)
    st.button("Share", key="workspace-share", on_click=attempt, args=(_give,))


def _choose(kept: Workspaces) -> None:
    lines = kept.lines or ()
    if len(lines) == 0:
        st.text("There is none that you saved or that is shared with you.")
        return
    chosen = st.selectbox(
        "Saved charts that you may open",
        range(len(lines)),
        format_func=lambda at: one_line(f"{lines[at].name} ({lines[at].keeper})", limit=120),
        key="workspace-chosen",
    )
    if kept.more:
        st.text("The first 200 are shown.")
    if chosen is not None:
        st.button(
            "Open",
            key="workspace-open",
            on_click=attempt,
            args=(partial(_open, key=lines[chosen].workspace),),
        )


def _list(_: Desk, client: CrosstipClient) -> None:
    kept = state.record(Workspaces)
    page = client.workspaces(limit=200)
    kept.lines, kept.more = page.items, page.next_after is not None


def _open(desk: Desk, client: CrosstipClient, *, key: str) -> None:
    kept = state.record(Workspaces)
    opened = client.workspace(key)
    found = reopened(client, opened)
    desk.reading = None
    desk.answers.update(found.answers)
    desk.cut_offs.update(found.cut_offs)
    desk.take(Stepped(chart=put_back(desk.chart, found), said=found.said))
    desk.select([])
    kept.opened, kept.linked = opened, key
    st.session_state[_NAME], st.session_state[_NOTE] = opened.name, opened.note or ""
    st.session_state[_SHARED] = opened.shared
    st.session_state[_PEOPLE] = ", ".join(opened.readers)
    _set_filters(filters_of(opened))
    st.query_params[LINK] = key


def _set_filters(filters: Filters) -> None:
    st.session_state["explore-kinds-off"] = sorted(filters.kinds_off)
    st.session_state["explore-grades-off"] = sorted(filters.grades_off)
    for key, day in (("explore-since", filters.since), ("explore-until", filters.until)):
        st.session_state[key] = None if day is None else date.fromisoformat(day)


def _keep(desk: Desk, client: CrosstipClient, *, filters: Filters, is_new: bool) -> None:
    kept = state.record(Workspaces)
    name = (st.session_state.get(_NAME) or "").strip()
    if name == "":
        desk.said = "Write a name for it first. Nothing was saved."
        return
    note = (st.session_state.get(_NOTE) or "").strip() or None
    wanted = wanted_of(desk.chart, filters, name=name, note=note)
    if is_new or kept.opened is None:
        made = client.save_workspace(wanted)
    else:
        made = client.save_workspace_again(
            kept.opened.workspace, wanted, version=kept.opened.version
        )
    _look_again(client, made.workspace)
    desk.said = f"Saved as {visible(name)}, version {made.version}."


def _give(desk: Desk, client: CrosstipClient) -> None:
    opened = state.record(Workspaces).opened
    shared = st.session_state.get(_SHARED)
    if opened is None or shared not in _SHARING:
        return
    named = (st.session_state.get(_PEOPLE) or "").split(",")
    people = tuple(each.strip() for each in named if each.strip() != "")
    wanted = ShareWorkspace(shared=shared, people=people if shared == "people" else ())
    client.share_one_workspace(opened.workspace, wanted, version=opened.version)
    _look_again(client, opened.workspace)
    desk.said = f"Shared with: {shared}."


def _drop(desk: Desk, client: CrosstipClient) -> None:
    kept = state.record(Workspaces)
    if kept.opened is None:
        return
    client.delete_workspace(kept.opened.workspace, version=kept.opened.version)
    desk.said = "The saved chart is deleted. What is drawn stays until you leave."
    kept.opened = kept.lines = None
    st.query_params.pop(LINK, None)


def _look_again(client: CrosstipClient, key: str) -> None:
    """Read what was saved, so that the next change starts from its version."""
    kept = state.record(Workspaces)
    kept.opened, kept.lines, kept.linked = client.workspace(key), None, key
    st.query_params[LINK] = key
