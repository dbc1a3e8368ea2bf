"""Commands that serve: everything on this machine, or one part of an installation.

They load the web frameworks when they run: a second that no other command has to wait.
"""

from __future__ import annotations

from typing import Annotated

import typer

from crosstip.identity import As
from crosstip.session import sentences
from graph.settings import StoreSettings

serve_app = typer.Typer(help="Serve one part of an installation.", no_args_is_help=True)
Host = Annotated[str, typer.Option(help="Address to listen on.")]
Port = Annotated[int, typer.Option(min=0, max=65535, help="Port; 0 takes a free one.")]


def up(
    *,
    api_port: Port = 0,
    dashboard_port: Port = 0,
    new_log_ins: Annotated[
        bool, typer.Option("--new-log-ins", help="New passwords, in a synthetic store only.")
    ] = False,
    user: As = None,
) -> None:
    """Serve API, dashboard and worker on this machine; prints addresses and how to log in."""
    from crosstip.serving.up import up as serve_until_stopped

    with sentences():
        serve_until_stopped(
            StoreSettings(),
            api_port=api_port,
            dashboard_port=dashboard_port,
            new_log_ins=new_log_ins,
            user=user,
        )


@serve_app.command("api")
def api(*, host: Host = "127.0.0.1", port: Port = 8000) -> None:
    """Serve the API alone. Off loopback it needs CROSSTIP_API_TOKEN."""
    from crosstip.serving.single import serve_api

    with sentences():
        serve_api(host, port)


@serve_app.command("dashboard")
def dashboard(*, host: Host = "127.0.0.1", port: Port = 8501) -> None:
    """Serve the dashboard alone; it talks to the API that CROSSTIP_API_URL names."""
    from crosstip.serving.single import serve_dashboard

    with sentences():
        serve_dashboard(host, port)
