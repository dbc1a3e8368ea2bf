"""Commands about the store itself: its schema, its figures, and the reference pages."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crosstip.backup.settings import BackupSettings
from crosstip.commands.wording import banner
from crosstip.identity import As, IdentitySettings, desk
from crosstip.mailing.settings import MailSettings
from crosstip.output import print_json, print_table, say
from crosstip.remote import RemoteSettings
from crosstip.session import opened, sentences
from crosstip.upkeep.settings import WorkerSettings
from graph.audit.settings import AuditSettings
from graph.casework.check_settings import CheckSettings
from graph.casework.deeds import Deed
from graph.casework.job_settings import JobSettings
from graph.clock import iso
from graph.logon.key_settings import KeySettings
from graph.logon.settings import LogOnSettings
from graph.reference import (
    desk_page,
    figures_page,
    handoff_page,
    queries_page,
    rights_page,
    schema_page,
    settings_page,
    triage_page,
)
from graph.services.figures import figures_of
from graph.settings import StoreSettings
from graph.webhooks.settings import WebhookSettings
from ingest.own.model import schema_text
from ingest.settings import IntakeSettings

Json = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]


def schema(*, json: Json = False) -> None:
    """Bring the store's schema up to date, check it, and say what the store is."""
    with opened() as found:
        info = found.info
    if json:
        print_json(info)
        return
    kind = "synthetic" if info.synthetic else "real"
    say(
        f"The store is {kind}, made {iso(info.created_us)}, schema {info.schema_version}; "
        "constraints, indexes and types are as declared."
    )


def figures(*, user: As = None, json: Json = False) -> None:
    """Count what the store holds; agencies' work, and identifiers, for operators only."""
    with desk(user, Deed.FIGURES_READ) as at:
        all_of_it = at.counts_all
        rows = figures_of(at.store, everything=all_of_it)
        synthetic = at.synthetic
    if json:
        print_json(rows)
        return
    banner(synthetic=synthetic)
    print_table("What the store holds", ("label", "nodes"), [(r.label, r.total) for r in rows])
    if not all_of_it:
        say("What agencies work on, and identifiers, are counted for operators alone.")


def reference_pages() -> dict[str, str]:
    """Give the generated reference pages by file name."""
    # Load the web frameworks: not before the pages are wanted.
    from api.oidc_settings import OidcSettings
    from api.scraping import MetricsSettings
    from api.settings import ApiSettings
    from dashboard.settings import DashboardSettings

    return {
        "schema.md": schema_page(),
        "queries.md": queries_page(),
        "rights.md": rights_page(),
        "triage.md": triage_page(),
        "handoff.md": handoff_page(),
        "desk.md": desk_page(),
        "figures.md": figures_page(),
        "tip.schema.json": schema_text(),
        "settings.md": settings_page(
            {
                "Store": StoreSettings,
                "Intake": IntakeSettings,
                "Log": AuditSettings,
                "Checks": CheckSettings,
                "Jobs": JobSettings,
                "Terminal": IdentitySettings,
                "Terminal without a store": RemoteSettings,
                "Mail": MailSettings,
                "Webhooks": WebhookSettings,
                "Worker": WorkerSettings,
                "Backup": BackupSettings,
                "API": ApiSettings,
                "Log-on": LogOnSettings,
                "Security keys": KeySettings,
                "Identity server": OidcSettings,
                "Metrics": MetricsSettings,
                "Dashboard": DashboardSettings,
            }
        ),
    }


def reference(
    directory: Annotated[Path, typer.Argument(help="Folder of the pages.")] = Path("docs"),
) -> None:
    """Write the reference pages that are made from the declarations."""
    with sentences():
        for name, text in reference_pages().items():
            (directory / name).write_text(text, encoding="utf-8")
            say(f"wrote {directory / name}")
