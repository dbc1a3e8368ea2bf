"""The port for Prometheus beside an API, where CROSSTIP_METRICS_PORT names one."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from fastapi import FastAPI

from api.scraping import Figures, MetricsSettings
from crosstip.serving.api_server import ApiThread
from crosstip.serving.ports import address, listen, port_of


@contextmanager
def scraped(app: FastAPI, settings: MetricsSettings | None = None) -> Iterator[str | None]:
    """Serve the figures of an application on a port of their own; give its address, None for none.

    Raises:
        SettingsError: a token is needed and missing, or too short.
        ServingError: the port is taken.
    """
    chosen = settings if settings is not None else MetricsSettings()
    if chosen.port is None:
        yield None
        return
    figures = app.state.figures
    if not isinstance(figures, Figures):
        raise TypeError("the application was made without figures")
    inner = figures.app(chosen)
    with listen(chosen.host, chosen.port) as bound:
        thread = ApiThread(inner, bound)
        thread.start()
        where = address(chosen.host, port_of(bound))
        sys.stdout.write(f"Metrics    {where}/metrics\n")
        sys.stdout.flush()
        try:
            yield where
        finally:
            thread.stop()
