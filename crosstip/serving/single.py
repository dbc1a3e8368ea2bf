"""API and dashboard each on their own, for containers: `crosstip serve api`, `serve dashboard`."""

from __future__ import annotations

import logging
import sys

from api.app import create_app
from api.settings import ApiSettings
from api.stores import StoreAccess
from crosstip.serving.api_server import server_of
from crosstip.serving.case_files import IntakeFiles
from crosstip.serving.logs import logging_to
from crosstip.serving.ports import address, free_port, listen, port_of
from crosstip.serving.scraped import scraped
from crosstip.serving.tokens import make_token
from crosstip.serving.up import for_reading
from crosstip.serving.uploads import IntakeUploads
from dashboard.serving import run
from dashboard.settings import DashboardSettings
from graph.errors import StoreUnavailableError
from graph.opening import open_store
from graph.settings import StoreSettings

_LOG = logging.getLogger("crosstip.api")


def serve_api(host: str, port: int, *, settings: StoreSettings | None = None) -> None:
    """Serve the API until told to end. The token comes from `CROSSTIP_API_TOKEN`.

    On loopback a random one is made and printed when none is set; anywhere else that is refused.
    A store that does not answer yet is no reason to end: requests get 503 until it does.

    Raises:
        SettingsError: no token, a weak one, or another setting is missing.
        ServingError: the port is taken.
        StoreError: the store answers, but is not one for this version.
    """
    chosen = ApiSettings(host=host, port=port)
    if chosen.token is None and chosen.is_loopback:
        chosen = chosen.model_copy(update={"token": make_token()})
        sys.stdout.write(f"Token      {chosen.require_token().get_secret_value()}\n")
    chosen.require_token()
    store = for_reading(settings if settings is not None else StoreSettings())
    stores = StoreAccess(lambda: open_store(store))
    with listen(host, port) as bound, logging_to(None):
        try:
            stores.open()
        except StoreUnavailableError as error:
            _LOG.warning("the store does not answer yet: %s", error)
        try:
            sys.stdout.write(f"API        {address(host, port_of(bound))}\n")
            sys.stdout.flush()
            app = create_app(chosen, stores, files=IntakeFiles(), uploads=IntakeUploads())
            with scraped(app):
                server_of(app).run(sockets=[bound])
        finally:
            stores.close()


def serve_dashboard(host: str, port: int) -> None:
    """Serve the dashboard until told to end. `CROSSTIP_API_URL` names the API that it asks.

    It holds no token. Off loopback it belongs behind a proxy with TLS: tokens travel to it.

    Raises:
        ServingError: the port is taken.
    """
    chosen = DashboardSettings(host=host, port=free_port(host, port))
    sys.stdout.write(f"Dashboard  {address(host, chosen.port)}\n")
    sys.stdout.flush()
    run(chosen)
