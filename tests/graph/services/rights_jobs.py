"""What may be done about jobs, and a job of each kind for it."""

from __future__ import annotations

from collections.abc import Mapping

from graph.casework.caller import Caller
from graph.services.audit_listing import list_entries, open_own_log
from graph.services.check_history import list_checks
from graph.services.export_files import fetch_export, order_list
from graph.services.extract_orders import ExtractOrder, order_extract
from graph.services.job_orders import order_documents, order_retry
from graph.services.job_outcomes import ExportOutcome
from graph.services.job_work import JobBoard, Progress
from graph.services.jobs import JobState, cancel_job, list_jobs, show_job
from graph.store import Store
from tests.graph.services.rights_trying import Operation

JOBS: Mapping[str, Operation] = {
    "job_orders.order_documents": lambda at: order_documents(
        at.caller,
        at.store,
        holder=None,
        wanted={},
        receive=lambda _key, _holder: 1,
        reads=at.reads,
    ),
    "job_orders.order_retry": lambda at: order_retry(at.caller, at.store, entry="0" * 32),
    "export_files.order_list": lambda at: order_list(
        at.caller, at.store, name="tips", format_name="csv", tip=None
    ),
    "extract_orders.order_extract": lambda at: order_extract(
        at.caller,
        at.store,
        order=ExtractOrder(
            tips=[at.key], format="stix", purpose="cybertip", recipient="the county's forensic lab"
        ),
    ),
    "export_files.fetch_export": lambda at: fetch_export(
        at.caller, at.store, key=f"{at.key}", records=lambda _fence: (), reads=at.reads
    ),
    "check_history.list_checks": lambda at: list_checks(at.caller, at.store, reads=at.reads),
    "audit_listing.open_own_log": lambda at: open_own_log(
        at.caller, at.store, reads=at.reads, most=10
    ),
    "audit_listing.list_entries": lambda at: list_entries(at.caller, at.store, reads=at.reads),
    "jobs.list_jobs": lambda at: list_jobs(at.caller, at.store, reads=at.reads),
    "jobs.show_job": lambda at: show_job(at.caller, at.store, key=at.key, reads=at.reads),
    "jobs.cancel_job": lambda at: cancel_job(at.caller, at.store, key=at.key),
}
_OWNERS = {"own": "lead.north", "colleague's": "chief.north", "another agency's": "lead.south"}


def job_keys(store: Store, people: Mapping[str, Caller]) -> dict[str, str]:
    """Order jobs: own of whoever investigates and tries, and of others; exports are done."""
    found: dict[str, str] = {}
    for name, user in _OWNERS.items():
        caller = people[user]
        waits = order_retry(caller, store, entry="0" * 32)
        made = order_list(caller, store, name="tips", format_name="csv", tip=None)
        board = JobBoard(store=store, holder="test")
        job = board.take(made.key)
        assert job is not None
        manifest = ExportOutcome(
            list="tips",
            format="csv",
            columns=(),
            rows=0,
            bytes=0,
            sha256="0" * 64,
            as_of_us=0,
            roles=tuple(sorted(role.value for role in caller.roles)),
        )
        done = Progress(done=0, total=0, outcome=manifest.text())
        board.end(job, JobState.DONE, done)
        found |= {f"{name} job": waits.key, f"{name} export": made.key}
    return found
