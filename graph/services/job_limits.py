"""How many jobs may wait: of one user, and of one agency, over all processes."""

from __future__ import annotations

from graph.casework.caller import Caller
from graph.casework.job_settings import JobSettings
from graph.casework.rights import agency_of
from graph.errors import TooManyJobsError
from graph.queries.investigations import LOCK_AGENCIES, BareKeysParams
from graph.queries.job_turns import OPEN_OF, OpenOfParams
from graph.store import ReadUnit, WriteUnit


def require_room(unit: ReadUnit, caller: Caller) -> None:
    """Come back where the caller may order one more job.

    Raises:
        TooManyJobsError: as many wait as may.
    """
    settings = JobSettings()
    found = unit.read(OPEN_OF, OpenOfParams(agency=agency_of(caller), user=caller.user))[0]
    if found.user >= settings.user_waiting:
        raise TooManyJobsError(
            f"{found.user} jobs of yours wait or run, as many as may. Nothing was ordered: wait "
            "until some have ended, or call some off."
        )
    if found.agency >= settings.agency_waiting:
        raise TooManyJobsError(
            f"{found.agency} jobs of your agency wait or run, as many as may. Nothing was ordered: "
            "wait until some have ended."
        )


def require_room_under_lock(unit: WriteUnit, caller: Caller) -> None:
    """Come back as `require_room`, and let nobody of the agency order until the unit is over."""
    unit.run(LOCK_AGENCIES, BareKeysParams(keys=[agency_of(caller)]))
    require_room(unit, caller)
