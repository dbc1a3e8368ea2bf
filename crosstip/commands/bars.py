"""Progress bars of long work, one for each thing that is done."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from bench.progress import Progress as Tell
from crosstip.output import errors


@contextmanager
def bars() -> Iterator[Tell]:
    """Show what is told as bars; what was done before it counts as done."""
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=errors, redirect_stdout=False) as bar:
        tasks: dict[str, TaskID] = {}

        def show(doing: str, done: int, total: int) -> None:
            if doing not in tasks:
                if len(tasks) > 0:
                    bar.stop_task(list(tasks.values())[-1])
                tasks[doing] = bar.add_task(doing)
            bar.update(tasks[doing], completed=done, total=total if total > 0 else None)

        yield show
