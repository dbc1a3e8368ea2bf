"""Under whose name what runs by itself is done."""

from __future__ import annotations

from collections.abc import Callable

from crosstip.session import actor
from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.rights import require
from graph.errors import SettingsError
from graph.services.callers import caller_of, whoever_is_there
from graph.store import Store

NOBODY = (
    "What runs by itself runs under the name of an operator: give --as USER, or set CROSSTIP_USER."
)


def resolver(user: str | None) -> Callable[[Store], Caller]:
    """Give what finds the caller, anew each time: an account that ends does nothing more.

    While no user is entered, whoever has the machine works without a name. What it gives raises
    SettingsError where nobody is named, RightsError where the account has not the right, and
    StoreError where the store could not answer.
    """
    named = (user or "").strip().casefold()

    def resolve(store: Store) -> Caller:
        found = caller_of(store, named) if named != "" else whoever_is_there(store, actor())
        if found is None:
            raise SettingsError(NOBODY)
        require(found, Deed.UPKEEP_RUN)
        return found

    return resolve
