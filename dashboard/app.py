"""The entry that Streamlit runs: page configuration and navigation, nothing else."""

from __future__ import annotations

import streamlit as st

from dashboard import navigation, state, uploads
from dashboard.failures import guarded
from dashboard.icon import icon
from dashboard.views import login

st.set_page_config(page_title="Crosstip", page_icon=icon(), layout="wide")

IS_LOGGED_IN = state.session().client is not None
uploads.note_log_in(is_logged_in=IS_LOGGED_IN)
CHOSEN = st.navigation(
    navigation.pages(state.session().who), position="top" if IS_LOGGED_IN else "hidden"
)
guarded(CHOSEN.run if IS_LOGGED_IN else login.render)
