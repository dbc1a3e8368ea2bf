"""The page Check: does anybody else work this, as far as the asker may be told?"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import streamlit as st

from client.client import CrosstipClient
from client.errors import ApiError
from client.resources.checks import AskCheck, CheckAnswer, CheckThese, CheckTip
from dashboard import state
from dashboard.components import doing, notices
from dashboard.desk.asking import KINDS, LONGEST, PURPOSES, Asking, lacking, typed_lines
from dashboard.desk.cases import MOST, open_ones, read_cases
from dashboard.desk.check_results import FileResult, Result
from dashboard.desk.times import now
from dashboard.views.check_result import show_file_result, show_result
from dashboard.views.check_standing import show_budgets, show_requests

WAYS = ("Identifiers", "A file", "A tip", "All claims of the investigation")


@dataclass(slots=True)
class CheckBench:
    """What was answered last."""

    result: Result | None = None
    file: FileResult | None = None


def render() -> None:
    """Show the page."""
    client = state.connected()
    notices.page_head("Check", synthetic=state.session().synthetic)
    doing.say_what_was_done()
    st.text(
        "Asks whether another agency works an identifier. Owners are told who asked, and every "
        "question is logged, also one without a match. It is subject deconfliction, not event "
        "safety."
    )
    _ask(client)
    bench = state.record(CheckBench)
    if bench.result is not None:
        show_result(bench.result)
    if bench.file is not None:
        show_file_result(bench.file)
    show_budgets(client)
    show_requests(client)


def _ask(client: CrosstipClient) -> None:
    try:
        cases = read_cases(client)
    except ApiError as error:
        notices.failure(error)
        return
    way = st.radio("What is checked", WAYS, horizontal=True, key="check-way")
    with st.form("check-form"):
        investigation = st.selectbox(
            "Investigation (required)",
            options=open_ones(cases.items),
            index=None,
            key="check-investigation",
            accept_new_options=cases.is_cut,
            placeholder=f"More than {MOST}: type its reference" if cases.is_cut else "Choose one",
        )
        purpose = st.selectbox(
            "Purpose (required)",
            options=list(PURPOSES),
            format_func=lambda name: f"{name}: {PURPOSES[name]}",
            index=None,
            key="check-purpose",
        )
        asking, sent = _what(way, investigation, purpose)
        asked = st.form_submit_button("Check", type="primary", key="check-button")
    if not asked:
        return
    bench = state.record(CheckBench)
    bench.result = bench.file = None
    lines = asking.lines if way in (WAYS[0], WAYS[2]) else None
    if (missing := lacking(investigation=investigation, purpose=purpose, lines=lines)) is not None:
        st.error(missing)
    elif way == WAYS[1] and sent is None:
        st.error("Choose a file.")
    else:
        _send(client, asking, sent)


def _what(
    way: str, investigation: str | None, purpose: str | None
) -> tuple[Asking, tuple[str, bytes] | None]:
    """Show the fields of a way of asking; give the question, and a file's name and bytes."""
    case, why = investigation or "", purpose or ""
    if way == WAYS[0]:
        text = st.text_area(
            "Identifiers, one a line",
            key="check-lines",
            help=f"In any usual spelling, {LONGEST} characters a line. Telephone numbers with + "
            "and the country; account names as platform:name.",
        )
        kind = st.selectbox("Kind", KINDS, index=None, key="check-kind", placeholder="Any kind")
        lines = typed_lines(text or "")
        return Asking(investigation=case, purpose=why, way="lines", lines=lines, kind=kind), None
    if way == WAYS[1]:
        file = st.file_uploader(
            "A file: one identifier a line, or CSV with a column value",
            type=["csv", "txt"],
            max_upload_size=1,
            key="check-file",
            help="At most 1 MB. It stays in the memory of this session.",
        )
        data = None if file is None else file.getvalue()
        digest = () if data is None else (hashlib.sha256(data).hexdigest(),)
        asking = Asking(investigation=case, purpose=why, way="file", lines=digest)
        return asking, None if file is None or data is None else (file.name, data)
    if way == WAYS[2]:
        tip = (st.text_input("Tip number", max_chars=100, key="check-tip") or "").strip()
        key = f"ncmec:{tip}" if tip.isdigit() else tip
        lines = () if key == "" else (key,)
        return Asking(investigation=case, purpose=why, way="tip", lines=lines), None
    st.text("Every claim of the investigation that you may see is checked. Nothing is charged.")
    return Asking(investigation=case, purpose=why, way="claims"), None


def _send(client: CrosstipClient, asking: Asking, sent: tuple[str, bytes] | None) -> None:
    bench, deed = state.record(CheckBench), f"check {asking.digest}"
    key = doing.key_for(deed)
    try:
        if sent is not None:
            name, data = sent
            text = client.check_file(
                data, investigation=asking.investigation, purpose=asking.purpose, key=key
            )
            bench.file = FileResult(
                asking=asking,
                name=name,
                text=text,
                at=now().isoformat(timespec="seconds"),
                synthetic=state.session().synthetic,
            )
        else:
            bench.result = Result(asking=asking, answer=_answered(client, asking, key))
    except ApiError as error:
        if doing.is_settled_by(error):
            doing.settle(deed)
        notices.failure(error)
        st.warning("Nothing was checked. That is no miss.")
        return
    doing.settle(deed)


def _answered(client: CrosstipClient, asking: Asking, key: str) -> CheckAnswer:
    said = {"investigation": asking.investigation, "purpose": asking.purpose}
    if asking.way == "tip":
        return client.check_of_tip(CheckTip(**said, tip=asking.lines[0]), key=key)
    if asking.way == "claims":
        return client.check_of_investigation(AskCheck(**said), key=key)
    kind = {} if asking.kind is None else {"kind": asking.kind}
    values = [{"value": line, **kind} for line in asking.lines]
    return client.check(CheckThese.model_validate({**said, "values": values}), key=key)
