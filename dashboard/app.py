"""The entry that Streamlit runs: page configuration and navigation, nothing else."""

from __future__ import annotations

import streamlit as st

from dashboard import state
from dashboard.failures import guarded
from dashboard.icon import icon

st.set_page_config(page_title="Crosstip", page_icon=icon(), layout="wide")

if state.session().client is None:
    login = st.navigation([st.Page("app_pages/login.py", title="Log in")], position="hidden")
    guarded(login)
else:
    pages = [
        st.Page("app_pages/tip.py", title="Tip", default=True),
        st.Page("app_pages/overlaps.py", title="Overlaps"),
    ]
    chosen = st.navigation(pages, position="top")
    with st.sidebar:
        if st.button("Log out", key="log-out"):
            state.log_out()
            st.rerun()
    guarded(chosen)
