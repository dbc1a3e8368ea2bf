"""The command `crosstip`."""

from __future__ import annotations

import typer

from crosstip.commands import (
    answers,
    backup,
    check_upkeep,
    claim_entry,
    extracts,
    full_exports,
    groups,
    hash_lists,
    intake,
    judge,
    links,
    log_ons,
    queries,
    schema,
    security_keys,
    showcase,
    tips,
    upkeep,
    watching,
)
from crosstip.commands.agencies import agency_app
from crosstip.commands.api_keys import api_key_app
from crosstip.commands.assign import assign_app
from crosstip.commands.assistance import assistance_app
from crosstip.commands.audit import audit_app
from crosstip.commands.benchmarks import bench_app
from crosstip.commands.caseload import caseload_app
from crosstip.commands.cases import case_app
from crosstip.commands.checks import check_app
from crosstip.commands.claims import claim_app
from crosstip.commands.conflicts import conflicts_app
from crosstip.commands.custody import custody_app
from crosstip.commands.evidence import evidence_app
from crosstip.commands.feedback import feedback_app
from crosstip.commands.handoff import handoff_app
from crosstip.commands.holding import tip_app
from crosstip.commands.notices import notices_app
from crosstip.commands.priority import priority_app
from crosstip.commands.providers import provider_app
from crosstip.commands.quarantine import quarantine_app
from crosstip.commands.queue import queue_app
from crosstip.commands.remotely import remote_app
from crosstip.commands.retention import hold_app, retention_app
from crosstip.commands.routing import route_app
from crosstip.commands.serving import serve_app, up
from crosstip.commands.states import states_app
from crosstip.commands.tasks import note_app, task_app
from crosstip.commands.users import user_app
from crosstip.commands.webhooks import webhook_app

app = typer.Typer(
    name="crosstip",
    help="Link analysis and deconfliction for CyberTips on a property graph.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command()(intake.ingest)
app.command()(watching.watch)
app.command("withdraw")(intake.withdraw_tip)
app.add_typer(quarantine_app, name="quarantine")
app.add_typer(links.links_app, name="links")
app.command()(links.explain)
app.command()(groups.groups)
app.command()(groups.paths)
app.add_typer(judge.judge_app, name="judge")
app.add_typer(states_app, name="states")
app.command()(links.history)
app.command()(hash_lists.near)
app.add_typer(hash_lists.hash_list_app, name="hashlist")
app.command()(answers.overlaps)
app.command()(tips.show)
app.command()(extracts.extract)
app.command()(tips.tips)
app.command()(answers.search)
app.command()(queries.query)
app.command("schema")(schema.schema)
app.command()(schema.figures)
app.command()(schema.reference)
app.command()(showcase.world)
app.command()(showcase.demo)
app.add_typer(serve_app, name="serve")
app.command()(up)
serve_app.command("worker")(upkeep.worker)
app.command("upkeep")(upkeep.upkeep)
app.command()(backup.backup)
app.command("backup-key")(backup.backup_key)
app.command()(backup.restore)
app.command()(full_exports.export)
app.command("import")(full_exports.import_)
app.add_typer(bench_app, name="bench")
app.add_typer(audit_app, name="audit")
app.add_typer(agency_app, name="agency")
for command in (log_ons.enrol, log_ons.release, log_ons.locked, log_ons.link):
    user_app.command()(command)
user_app.command("end-sessions")(log_ons.end_sessions)
user_app.command("break-glass")(log_ons.break_glass)
user_app.command("keys")(security_keys.keys)
user_app.command("end-key")(security_keys.end_key)
app.add_typer(user_app, name="user")
app.add_typer(api_key_app, name="api-key")
app.add_typer(case_app, name="investigation")
claim_app.command("add")(claim_entry.add)
claim_app.command("file")(claim_entry.add_file)
app.add_typer(claim_app, name="claim")
check_app.command()(check_upkeep.pending)
check_app.command()(check_upkeep.approve)
check_app.command()(check_upkeep.alerts)
check_app.command()(check_upkeep.plant)
check_app.command()(check_upkeep.patterns)
app.add_typer(check_app, name="check")
app.command()(check_upkeep.budgets)
app.add_typer(conflicts_app, name="conflicts")
app.add_typer(retention_app, name="retention")
app.add_typer(hold_app, name="hold")
app.add_typer(notices_app, name="notices")
app.add_typer(tip_app, name="tip")
app.add_typer(remote_app, name="remote")
app.add_typer(webhook_app, name="webhook")
app.add_typer(queue_app, name="queue")
app.add_typer(priority_app, name="priority")
app.add_typer(evidence_app, name="evidence")
app.add_typer(custody_app, name="custody")
app.add_typer(feedback_app, name="feedback")
app.add_typer(handoff_app, name="handoff")
app.add_typer(assign_app, name="assign")
app.add_typer(task_app, name="task")
app.add_typer(note_app, name="note")
app.add_typer(provider_app, name="provider")
app.add_typer(assistance_app, name="assistance")
app.add_typer(route_app, name="route")
app.add_typer(caseload_app, name="caseload")

if __name__ == "__main__":
    app()
