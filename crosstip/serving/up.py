"""`crosstip up`: API and dashboard together on this machine, until Ctrl+C or SIGTERM."""

from __future__ import annotations

import os
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from pydantic import SecretStr

from api.app import create_app
from api.settings import ApiSettings
from api.stores import StoreAccess
from crosstip.identity import IdentitySettings
from crosstip.serving.api_server import ApiThread
from crosstip.serving.case_files import IntakeFiles
from crosstip.serving.dashboard_process import DashboardProcess
from crosstip.serving.errors import ServingError
from crosstip.serving.log_ins import how_to_log_in
from crosstip.serving.logs import logging_to
from crosstip.serving.ports import address, free_port, listen, port_of
from crosstip.serving.scraped import scraped
from crosstip.serving.stopping import told_to_end
from crosstip.serving.tokens import (
    Served,
    forget_served,
    make_token,
    read_served,
    run_directory,
    write_served,
)
from crosstip.serving.uploads import IntakeUploads
from crosstip.serving.worker_process import WorkerProcess
from crosstip.upkeep.who import resolver
from graph.engines.locks import HeldLock, try_lock
from graph.errors import RightsError, SettingsError
from graph.opening import open_store
from graph.settings import StoreSettings

HOST = "127.0.0.1"
_POLL_S = 0.5
_RETRY_S = 5.0
"""A read is retried this long while somebody waits for a page; intake waits longer."""


def up(
    settings: StoreSettings,
    *,
    api_port: int = 0,
    dashboard_port: int = 0,
    new_log_ins: bool = False,
    user: str | None = None,
    announce: Callable[[Served], None] | None = None,
) -> None:
    """Serve API and dashboard on loopback until told to end; port 0 takes any free one.

    What runs by itself runs as well, under the name of `user`; where that is nobody who may, the
    rest is served and it is said.

    `announce` gets addresses and token once both answer; without it they are printed, with log-ins
    where the store is synthetic and people are entered (`new_log_ins`: other ones). Must run on
    the main thread: it takes SIGINT, SIGTERM and SIGHUP while it runs.

    Raises:
        ServingError: a port is taken, it already runs, or a part of it ended by itself.
        SettingsError: a setting is missing.
        StoreError: the store cannot be opened.
    """
    with ExitStack() as stack:
        over = stack.enter_context(told_to_end())
        bound = stack.enter_context(listen(HOST, api_port))
        wanted = free_port(HOST, dashboard_port)
        stores = StoreAccess(lambda: open_store(for_reading(settings)))
        stack.callback(stores.close)
        # Before the directory below: the engine makes the data directory, and only a closed one.
        stores.open()
        directory = run_directory(settings.data_dir)
        stack.enter_context(_only_one(directory))
        stack.enter_context(logging_to(directory / "api.log"))
        token = make_token()
        api = _api(stack, stores, bound, token)
        api_url = address(HOST, port_of(bound))
        dashboard = _dashboard(stack, wanted, api_url, directory / "dashboard.log")
        pages, secret = address(HOST, wanted), token.get_secret_value()
        served = Served(pid=os.getpid(), api=api_url, dashboard=pages, token=secret)
        worker = _worker(stores, settings, user, directory)
        if worker is not None:
            stack.callback(worker.stop)
        stack.enter_context(_written(directory, served))
        if announce is None:
            _print(served, how_to_log_in(stores.open(), served, anew=new_log_ins))
        else:
            announce(served)
        _wait(over, api, dashboard, worker)


def _dashboard(stack: ExitStack, port: int, api_url: str, log: Path) -> DashboardProcess:
    dashboard = DashboardProcess(host=HOST, port=port, api_url=api_url, log=log)
    stack.callback(dashboard.stop)
    dashboard.wait_until_ready()
    return dashboard


@contextmanager
def _written(directory: Path, served: Served) -> Iterator[None]:
    write_served(directory, served)
    try:
        yield
    finally:
        forget_served(directory)


def _api(
    stack: ExitStack, stores: StoreAccess, bound: socket.socket, token: SecretStr
) -> ApiThread:
    chosen = ApiSettings(host=HOST, port=port_of(bound), token=token, docs=True)
    app = create_app(chosen, stores, files=IntakeFiles(), uploads=IntakeUploads())
    stack.enter_context(scraped(app))
    api = ApiThread(app, bound)
    stack.callback(api.stop)
    api.start()
    return api


def for_reading(settings: StoreSettings) -> StoreSettings:
    """Give the settings for a store behind the API, where nobody waits half a minute."""
    return settings.model_copy(update={"retry_for_s": min(settings.retry_for_s, _RETRY_S)})


def _worker(
    stores: StoreAccess, settings: StoreSettings, user: str | None, directory: Path
) -> WorkerProcess | None:
    named = user if user is not None else IdentitySettings().user
    try:
        with stores.use() as opened:
            resolver(named)(opened.store)
    except (SettingsError, RightsError) as error:
        sys.stdout.write(f"Nothing runs by itself. {error}\n")
        return None
    return WorkerProcess(settings, user=named, log=directory / "worker.log")


def _wait(
    over: threading.Event,
    api: ApiThread,
    dashboard: DashboardProcess,
    worker: WorkerProcess | None,
) -> None:
    while not over.wait(_POLL_S):
        if not api.is_alive:
            raise ServingError("The API ended by itself; run/api.log says why.")
        if not dashboard.is_alive:
            raise ServingError("The dashboard ended by itself; run/dashboard.log says why.")
        if worker is not None and not worker.is_alive:
            raise ServingError("The worker ended by itself; run/worker.err says why.")


@contextmanager
def _only_one(directory: Path) -> Iterator[HeldLock]:
    lock = try_lock(directory / "up.lock")
    if lock is None:
        running = read_served(directory)
        where = "" if running is None else f" on {running.dashboard}"
        raise ServingError(
            f"Crosstip already runs for {directory.parent}{where}. Use that one, or end it first."
        )
    with lock:
        yield lock


def _print(served: Served, lines: tuple[str, ...]) -> None:
    said = (f"Dashboard  {served.dashboard}", f"API        {served.api}", *lines)
    sys.stdout.write("".join(f"{line}\n" for line in said))
    sys.stdout.flush()
