"""Long lists wait for a supervisor: what is approved is one list, for one asker, for some days.

The list itself is not kept: a digest says whether it is the same one when it comes again.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.purposes import CHECK, is_purpose
from graph.casework.resource import Resource
from graph.casework.rights import agency_of, require
from graph.casework.terms import DAY_US
from graph.casework.vocabulary import UserRole
from graph.errors import NotFoundError
from graph.queries.budgets import (
    LOCK_REQUEST,
    REQUEST,
    REQUEST_OF_LIST,
    REQUESTS,
    ListParams,
    OneRequestParams,
    RequestRow,
    RequestsParams,
)
from graph.rows import PropertyRow
from graph.services.acting import About, Seen, act, leaf, look, named, note
from graph.services.audit_reads import ReadLog
from graph.services.check_question import Question, digest_of, open_case_of
from graph.store import ReadUnit, Store, WriteUnit

_COUNTS_US = 7 * DAY_US
"""A request, and its approval, count for so long."""


def request_for(
    caller: Caller, store: Store, *, question: Question, ref: str, lines: int
) -> RequestRow:
    """Give the request for a list, filing one where there is none.

    Raises:
        RightsError, NotFoundError, RowError: the caller may not ask for that investigation.
    """
    digest = digest_of(question, salt=caller.user)
    is_listed = is_purpose(question.purpose, used_for=CHECK)
    purpose = question.purpose if is_listed else None
    about = About(object=ref, investigation=question.investigation, purpose=purpose)

    def work(unit: WriteUnit) -> RequestRow:
        open_case_of(unit, caller, question)
        params = ListParams(now_us=caller.as_of_us, question=digest, asker=caller.user)
        there = unit.read(REQUEST_OF_LIST, params)
        if len(there) > 0 and there[0].approved_us is not None:
            # What is checked now leaves a leaf of its own.
            return there[0]
        row = there[0] if len(there) > 0 else _new(caller, question, ref, digest, lines)
        if len(there) == 0:
            unit.insert_nodes("CheckRequest", [row.model_dump()])
        named_so = replace(about, object=row.key)
        note(unit, caller, [leaf(caller, Deed.CHECK_RUN, named_so, outcome="waits for approval")])
        return row

    return act(caller, store, deed=Deed.CHECK_RUN, about=about, work=work)


def approve(caller: Caller, store: Store, *, ref: str) -> RequestRow:
    """Let a list be checked once more than its length allows.

    Raises:
        RightsError: the caller is no supervisor, or filed it.
        NotFoundError: no such request waits in the caller's agency.
    """
    about = About(object=named(ref))

    def work(unit: WriteUnit) -> RequestRow:
        unit.run(LOCK_REQUEST, OneRequestParams(key=ref))
        rows = unit.read(REQUEST, OneRequestParams(key=ref))
        if len(rows) == 0 or rows[0].agency != agency_of(caller) or _is_over(rows[0], caller):
            raise NotFoundError("No such request waits here. See `crosstip check pending`.")
        asked = Resource(owner=rows[0].agency, asked_by=rows[0].asker)
        require(caller, Deed.CHECK_APPROVE, resource=asked)
        if rows[0].approved_us is not None:
            return rows[0]
        row = rows[0].model_copy(
            update={
                "approved_by": caller.user,
                "approved_us": caller.as_of_us,
                "until_us": caller.as_of_us + _COUNTS_US,
            }
        )
        unit.update_nodes("CheckRequest", [row.model_dump()])
        done = About(object=ref, investigation=row.investigation, purpose=row.purpose)
        note(unit, caller, [leaf(caller, Deed.CHECK_APPROVE, done, outcome="approved")])
        return row

    return act(caller, store, deed=Deed.CHECK_APPROVE, about=about, work=work)


def pending(caller: Caller, store: Store, *, reads: ReadLog) -> tuple[RequestRow, ...]:
    """Give the lists that wait: a supervisor sees the agency's, others their own.

    Raises:
        RightsError: the caller does no casework.
    """
    sees_all = UserRole.SUPERVISOR in caller.roles
    params = RequestsParams(
        agency=agency_of(caller),
        asker="" if sees_all else caller.user,
        now_us=caller.as_of_us,
    )

    def work(unit: ReadUnit) -> Seen[tuple[RequestRow, ...]]:
        return Seen(answer=tuple(unit.read(REQUESTS, params)), outcome="listed")

    return look(caller, store, deed=Deed.CHECK_RUN, about=About(), reads=reads, work=work)


def _is_over(row: RequestRow, caller: Caller) -> bool:
    return row.until_us <= caller.as_of_us


def _new(caller: Caller, question: Question, ref: str, digest: str, lines: int) -> RequestRow:
    kinds = Counter(line.readings[0].kind.value for line in question.lines if line.is_readable)
    row: PropertyRow = {
        "key": ref,
        "agency": agency_of(caller),
        "asker": caller.user,
        "investigation": question.investigation,
        "purpose": question.purpose,
        "question": digest,
        "lines": lines,
        "kinds": [f"{kind}: {number}" for kind, number in sorted(kinds.items())],
        "filed_us": caller.as_of_us,
        "until_us": caller.as_of_us + _COUNTS_US,
        "approved_by": None,
        "approved_us": None,
    }
    return RequestRow.model_validate(row)
