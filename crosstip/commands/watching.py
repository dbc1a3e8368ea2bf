"""The command that takes in whatever is put into a folder, until it is stopped."""

from __future__ import annotations

import signal
import threading
import types
from pathlib import Path
from typing import Annotated

import typer

from crosstip.commands.arrivals import connect
from crosstip.commands.intake import held, say_unheld
from crosstip.commands.tables import mapping_from
from crosstip.identity import As, desk
from crosstip.output import complain, say
from crosstip.session import opened_site, sentences
from graph.casework.deeds import Deed
from graph.services.tip_access import unheld_among
from ingest.pipeline import Intake
from ingest.preparing import agency_key
from ingest.receiving import Declared
from ingest.settings import IntakeSettings
from ingest.summary import Summary
from ingest.watching import WatchedFolder, take_rested, watched


def watch(
    folder: Annotated[Path, typer.Argument(help="Folder into which files are put.")],
    *,
    every: Annotated[float, typer.Option(min=0.2, help="Seconds between two looks.")] = 5.0,
    synthetic: Annotated[
        bool, typer.Option("--synthetic", help="Declare the documents synthetic.")
    ] = False,
    holder: Annotated[str | None, typer.Option(help="Whose they are [default: your own].")] = None,
    mapping: Annotated[
        Path | None, typer.Option(help="TOML file that says what a table's columns are.")
    ] = None,
    rounds: Annotated[
        int, typer.Option(min=0, help="End after so many looks; 0 goes on until it is stopped.")
    ] = 0,
    user: As = None,
) -> None:
    """Take in what is put into a folder; files go to done/ or, with the reason, to rejected/."""
    stop = _stop()
    with sentences(), watched(folder) as watching:
        declared = Declared(
            synthetic=synthetic,
            holder=None if holder is None else agency_key(holder),
            mapping=mapping_from(mapping),
        )
        say(f"Watching {folder}. Stop with Ctrl+C or SIGTERM; the file at hand is finished.")
        look = 0
        while not stop.is_set():
            look += 1
            rested = watching.rested()
            if len(rested) > 0 or look == 1:
                _take(watching, rested, declared, user, stop, synthetic=synthetic)
            if look == rounds:
                return
            stop.wait(every)


def _stop() -> threading.Event:
    """Give what SIGINT and SIGTERM set."""
    stop = threading.Event()

    def told(_: int, __: types.FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, told)
    return stop


def _take(
    watching: WatchedFolder,
    rested: list[Path],
    declared: Declared,
    user: str | None,
    stop: threading.Event,
    *,
    synthetic: bool,
) -> None:
    """Take one round in. The user's rights are read anew: they may have been withdrawn."""
    kind = True if synthetic else None
    with desk(user, Deed.TIP_TAKE_IN, synthetic=kind) as at, opened_site() as site:
        declared = held(at.caller, declared)
        size = IntakeSettings().batch_tips
        intake = Intake(at.whole, site, synthetic=at.synthetic, actor=at.name, batch_tips=size)
        summary = intake.recover()
        taken, settled = take_rested(
            watching, rested, intake, declared, site=site, stopped=stop.is_set
        )
        summary.add(taken)
        # Computes links, so that whoever is to be told of them is.
        connect(at, summary)
        unheld = unheld_among(at.whole, summary.tips)
    for one in settled:
        if not one.is_done:
            complain(f"{one.name} is in rejected/: {' '.join(one.reasons)}")
    _tell(summary, len(settled))
    say_unheld(unheld)


def _tell(summary: Summary, files: int) -> None:
    for sentence in summary.unreadable:
        complain(sentence)
    if files + summary.documents > 0:
        say(
            f"{files} files: {sum(summary.recorded.values())} documents recorded, "
            f"{summary.quarantined} in quarantine."
        )
