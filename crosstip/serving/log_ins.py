"""What `up` says about logging in: a token, a log-in of one's own, or made-up people's."""

from __future__ import annotations

from crosstip.serving.tokens import Served
from crosstip.session import actor
from graph.logon.passwords import Hashing
from graph.logon.settings import LogOnSettings
from graph.opening import OpenStore
from graph.services.callers import whoever_is_there
from graph.services.synthetic_log_ons import MOST, synthetic_log_ons


def how_to_log_in(opened: OpenStore, served: Served, *, anew: bool) -> tuple[str, ...]:
    """Give the lines to print. Passwords are in them and nowhere else.

    Raises:
        StoreError: the store could not do it.
    """
    if whoever_is_there(opened.store, actor()) is not None:
        return (
            f"Token      {served.token}",
            "Log in with the token. It ends with this command: Ctrl+C.",
        )
    if not opened.info.synthetic:
        return ("Log in with user name, password and code. It ends with this command: Ctrl+C.",)
    given = synthetic_log_ons(opened, Hashing(LogOnSettings()), actor=actor(), anew=anew)
    lines = [f"Log in     {one.user}   {one.password.get_secret_value()}" for one in given]
    if len(given) == MOST:
        lines.append(f"Only {MOST} log-ins are made at once; start again for the next ones.")
    if len(given) > 0:
        lines.append("Passwords are shown this once, without a code: the store is synthetic.")
    else:
        lines.append("Log in as before; `crosstip up --new-log-ins` makes new passwords.")
    return (*lines, "It ends with this command: Ctrl+C.")
