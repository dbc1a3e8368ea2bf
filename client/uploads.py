"""Documents handed in and waited for: what a program does with the calls about jobs."""

from __future__ import annotations

import time
from base64 import b64encode
from pathlib import Path

from client.errors import ApiError
from client.resources.jobs import JobAnswer, Jobs, MappingProposal, TableOfTips, TableToLookAt

ENDED = ("done", "failed", "cancelled")
_LONGEST_NAME = 200
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.2, 5.0


class Documents:
    """Hands documents in, by one client."""

    def __init__(self, calls: Jobs) -> None:
        """Take the client; nothing is sent yet."""
        self._calls = calls

    def upload(
        self,
        path: Path | str,
        *,
        wait: bool = False,
        within_s: float = 600.0,
        holder: str | None = None,
        synthetic: bool = False,
        report_number: str | None = None,
        provider: str | None = None,
        key: str | None = None,
    ) -> JobAnswer:
        """Hand a file in and give its job; with `wait` once it has ended.

        Raises:
            ApiError: it was not taken, or the job has not ended in time; it goes on then.
            OSError: the file cannot be read.
        """
        file = Path(path)
        job = self._calls.upload_documents(
            file.read_bytes(),
            holder=holder,
            synthetic=synthetic,
            report_number=report_number,
            provider=provider,
            name=file.name,
            key=key,
        )
        return self.wait(job.key, within_s=within_s) if wait else job

    def upload_table(
        self,
        path: Path | str,
        mapping: str,
        *,
        holder: str | None = None,
        synthetic: bool = False,
        key: str | None = None,
    ) -> JobAnswer:
        """Hand a table of tips in with its mapping (TOML), and give its job.

        Raises:
            ApiError: it was not taken: the mapping is none, or you may not.
            OSError: the file cannot be read.
        """
        file = Path(path)
        wanted = TableOfTips(
            table=b64encode(file.read_bytes()).decode("ascii"),
            mapping=mapping,
            name=file.name[-_LONGEST_NAME:],
            holder=holder,
            synthetic=synthetic,
        )
        return self._calls.upload_table(wanted, key=key)

    def proposed(self, path: Path | str, *, mapping: str | None = None) -> MappingProposal:
        """Ask what a table's columns say, and what that, or a mapping given, would make of it.

        Raises:
            ApiError: it is no table, or is too large to be looked at: cut its first rows out.
            OSError: the file cannot be read.
        """
        table = b64encode(Path(path).read_bytes()).decode("ascii")
        return self._calls.propose_mapping(TableToLookAt(table=table, mapping=mapping))

    def wait(self, job: str, *, within_s: float = 600.0) -> JobAnswer:
        """Give a job once it has ended.

        Raises:
            ApiError: it has not ended in time; it goes on.
        """
        deadline, pause_s = time.monotonic() + within_s, _FIRST_PAUSE_S
        while (found := self._calls.job(job)).state not in ENDED:
            if time.monotonic() > deadline:
                note = "" if found.note is None else f" {found.note}"
                raise ApiError("job-slow", f"Job {job} is {found.state} still.{note} Look later.")
            time.sleep(pause_s)
            pause_s = min(pause_s * 1.5, _LONGEST_PAUSE_S)
        return found
