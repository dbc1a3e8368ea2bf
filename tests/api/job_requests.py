"""The operations about jobs, as requests that stand for rows of the matrix of rights."""

from __future__ import annotations

from collections.abc import Mapping

from tests.api.rights_requests import Ask, Request

JOB_REQUESTS: Mapping[str, tuple[str, Request]] = {
    "upload_documents": (
        "job_orders.order_documents",
        lambda _: Ask(method="POST", path="/documents", text=b"{}", params={"synthetic": "true"}),
    ),
    "jobs": ("jobs.list_jobs", lambda _: Ask(method="GET", path="/jobs")),
    "job": ("jobs.show_job", lambda on: Ask(method="GET", path=f"/jobs/{on.key}")),
    "cancel_one_job": (
        "jobs.cancel_job",
        lambda on: Ask(method="POST", path=f"/jobs/{on.key}/cancel"),
    ),
    "export_file": (
        "export_files.fetch_export",
        lambda on: Ask(method="GET", path=f"/exports/{on.key}/file"),
    ),
    "make_export": (
        "export_files.order_list",
        lambda _: Ask(method="POST", path="/exports", body={"list": "tips"}),
    ),
}
"""By operation id, as `REQUESTS`."""
JOB_ASKING: Mapping[str, Ask] = {
    "quarantine": Ask(method="GET", path="/quarantine"),
    "quarantined": Ask(method="GET", path=f"/quarantine/{'0' * 32}"),
    "retry_quarantined": Ask(method="POST", path=f"/quarantine/{'0' * 32}/retry"),
    "dismiss_quarantined": Ask(
        method="POST", path=f"/quarantine/{'0' * 32}/dismiss", body={"why": "Because of the test."}
    ),
}
"""By operation id, as `ASKING`."""
