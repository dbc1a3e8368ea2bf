"""Tables of tips: which column says what, and what a proposal would do before anything is kept."""

from __future__ import annotations

from pathlib import Path

import typer

from crosstip.output import print_json, print_table, say
from graph.errors import IntakeError, UnreadableDocumentError
from ingest.limits import DEFAULT_LIMITS
from ingest.opening.table_trial import Trial, try_table
from ingest.opening.tables import TableError
from ingest.readers.table_mapping import Mapping, read_mapping
from ingest.sources import read_file


def mapping_from(path: Path | None) -> Mapping | None:
    """Give the mapping in a file, None when none is named.

    Raises:
        UnreadableDocumentError: it is none.
        IntakeError: it cannot be read.
    """
    if path is None:
        return None
    data = read_file(path, max_bytes=DEFAULT_LIMITS.max_bytes).data
    if data is None:
        raise UnreadableDocumentError(f"{path.name} is too long to be a mapping")
    try:
        return read_mapping(data)
    except UnreadableDocumentError as error:
        raise UnreadableDocumentError(f"{path.name}: {error}") from None


def propose(paths: list[Path], mapping: Mapping | None, *, json: bool) -> None:
    """Print a mapping for a table, or take the one given, and what it would do. Keeps nothing.

    Raises:
        IntakeError: not exactly one file, or it cannot be read.
        UnreadableDocumentError: it is no table.
    """
    if len(paths) != 1 or not paths[0].is_file():
        raise IntakeError("--guess looks at one table at a time. Name one file.")
    data = read_file(paths[0], max_bytes=DEFAULT_LIMITS.max_container_bytes).data
    if data is None:
        raise IntakeError(f"{paths[0].name} is too large to be looked at. Split it.")
    try:
        trial = try_table(data, DEFAULT_LIMITS, mapping=mapping)
    except TableError as error:
        raise UnreadableDocumentError(f"{paths[0].name} cannot be read: {error}") from None
    if json:
        print_json({"mapping": trial.mapping, "would": trial.would, "rows": trial.rows})
        return
    if mapping is None:
        typer.echo(trial.mapping, nl=False)
    _print(trial, mapping)


def _print(trial: Trial, mapping: Mapping | None) -> None:
    whose = "This proposal" if mapping is None else "The mapping"
    rows = [(what, count) for what, count in sorted(trial.would.items()) if count > 0]
    print_table(f"{whose} would give, of {trial.rows} rows", ("what", "count"), rows)
    say("Nothing was taken in.")
    if mapping is None:
        say("Keep the lines above in a file, check each, say who reports, and ingest with")
        say("`crosstip ingest --mapping FILE TABLE`.")
