"""The worker on its own: `crosstip serve worker`, and the child that `crosstip up` starts."""

from __future__ import annotations

import logging
import sys
import threading
from pathlib import Path

from api.stores import StoreAccess
from crosstip.identity import IdentitySettings
from crosstip.serving.logs import logging_to
from crosstip.serving.stopping import told_to_end
from crosstip.upkeep.duties import DUTIES
from crosstip.upkeep.who import resolver
from crosstip.upkeep.worker import Worker
from graph.errors import RightsError, StoreUnavailableError
from graph.opening import open_store
from graph.settings import StoreSettings

_LOG = logging.getLogger("crosstip.worker")


def serve_worker(user: str | None = None, *, log: Path | None = None) -> None:
    """Run the timetable until told to end. Must run on the main thread.

    A store that does not answer yet, or goes away, is waited for, and so is the account of an
    operator. The log goes to stderr, or to a file.

    Raises:
        SettingsError: nobody is named under whom it runs, while the store knows users.
        StoreError: the store answers, but is not one for this version.
    """
    with told_to_end() as over, logging_to(log):
        run_until(over, user)


def run_until(over: threading.Event, user: str | None) -> None:
    """Run the timetable until the event is set; raises as `serve_worker` does."""
    settings = StoreSettings()
    user = user if user is not None else IdentitySettings().user
    resolve = resolver(user)
    stores = StoreAccess(lambda: open_store(settings))
    try:
        try:
            with stores.use() as found:
                resolve(found.store)
        except StoreUnavailableError as error:
            _LOG.warning("the store does not answer yet: %s", error)
        except RightsError as error:
            # A new installation: the operator is entered after the worker was started.
            _LOG.warning("nothing is run until %s is an operator in service: %s", user, error)
        left_out = [(duty.name, why) for duty in DUTIES if (why := duty.missing()) is not None]
        for name, why in left_out:
            _LOG.info("duty %s is not run here: %s", name, why)
        sys.stdout.write(f"Worker     runs {len(DUTIES) - len(left_out)} duties\n")
        sys.stdout.flush()
        Worker(stores, settings, duties=DUTIES, resolve=resolve).run(over)
    finally:
        stores.close()
