"""A closed investigation goes, with its claims, checks and notices; its conflicts keep it back."""

from __future__ import annotations

from graph.queries.casework import LockParams
from graph.queries.erasing import DROP_CHECKS
from graph.queries.purging_cases import (
    CHECKS_OF,
    CLAIMS_OF,
    DROP_CASE,
    DROP_REQUESTS,
    NOTICES_OF,
    CaseOfParams,
)
from graph.queries.purging_holdings import KeysParams
from graph.queries.retention import PolicyRow
from graph.services.desk_purging import drop_desk
from graph.services.removing import remove
from graph.services.tip_purging import drop_notices
from graph.store import WriteUnit


def drop_case(unit: WriteUnit, case: str, policy: PolicyRow, *, actor: str, at_us: int) -> None:
    """Delete a locked investigation that is party to no conflict.

    Raises:
        RowError: something breaks the schema; nothing of this unit is kept.
    """
    one, of = LockParams(key=case), CaseOfParams(key=case, agency=policy.agency)
    why = f"policy version {policy.number}"
    remove(unit, unit.read(CLAIMS_OF, one), why=why, actor=actor, at_us=at_us)
    checks = [row.key for row in unit.read(CHECKS_OF, of)]
    unit.run(DROP_CHECKS, KeysParams(keys=checks))
    drop_notices(unit, [row.key for row in unit.read(NOTICES_OF, of)])
    unit.run(DROP_REQUESTS, of)
    drop_desk(unit, case, [policy.agency])
    unit.run(DROP_CASE, one)
