"""Commands that make a synthetic county, and show on it what Crosstip finds."""

from __future__ import annotations

import shutil
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer
from pydantic import SecretStr
from rich.progress import Progress

from crosstip.commands.answers import print_overlap
from crosstip.commands.intake import print_summary, run_with_bar
from crosstip.commands.wording import bits, print_lines
from crosstip.local_neo4j import Neo4jServer
from crosstip.output import complain, errors, say
from crosstip.session import actor, sentences
from crosstip.story.people import OPERATOR
from crosstip.story.telling import tell_story
from graph.basis import NETWORKS_FOLDER
from graph.opening import OpenStore, open_store
from graph.routing.site_files import GEOLOCATION_FOLDER
from graph.services.estimating import estimate_chance
from graph.services.links import links_of
from graph.services.overlaps import Overlaps, find_overlaps
from graph.services.state_counting import count_everything
from graph.services.tips import list_tips
from graph.settings import StoreSettings
from ingest.pipeline import Intake
from ingest.receiving import Declared
from ingest.settings import IntakeSettings
from ingest.site import open_site
from ingest.sources import find_files
from world.generate import write_world
from world.places import write_geolocation
from world.truth import Truth

SEED = 7
TIPS = 600
SHOWN = 8
FAILED = 1


def world(
    directory: Annotated[Path, typer.Argument(help="Empty or new folder.")],
    *,
    seed: Annotated[int, typer.Option(help="Same seed and size, same files.")] = SEED,
    tips: Annotated[int, typer.Option(min=1)] = 1000,
) -> None:
    """Write a synthetic county: tips in both real formats, agencies, claims, and the truth."""
    with sentences(), Progress(console=errors) as bar:
        task = bar.add_task("writing", total=tips)
        write_world(
            directory, seed=seed, tips=tips, progress=lambda done: bar.update(task, completed=done)
        )
    truth = directory.with_name(f"{directory.name}-truth.json")
    (directory / "truth.json").rename(truth)
    networks = directory.with_name(f"{directory.name}-networks")
    (directory / NETWORKS_FOLDER).rename(networks)
    say(
        f"{tips} synthetic tips lie in {directory}, what is true about them in {truth}, what a "
        f"site would know of networks in {networks}. "
        f"Take them in with `crosstip ingest --synthetic {directory}`; with "
        f"CROSSTIP_NETWORKS={networks} links know the networks."
    )


def demo(
    *,
    serve: Annotated[bool, typer.Option(help="Serve dashboard and API afterwards.")] = True,
    neo4j: Annotated[bool, typer.Option("--neo4j", help="On a Neo4j fetched for it.")] = False,
    tips: Annotated[int, typer.Option(min=200, help="Size of the county.")] = TIPS,
    data_dir: Annotated[Path, typer.Option(help="Made anew each time.")] = Path("data/demo"),
) -> None:
    """Build a synthetic county, print what is linked, who collides, and what each agency sees."""
    started = time.monotonic()
    with sentences(), ExitStack() as stack:
        _make_anew(data_dir)
        truth = write_world(data_dir / "county", seed=SEED, tips=tips)
        store_dir = data_dir / "store"
        store_dir.mkdir(mode=0o700)
        (data_dir / "county" / NETWORKS_FOLDER).rename(store_dir / NETWORKS_FOLDER)
        write_geolocation(store_dir / GEOLOCATION_FOLDER)
        settings = StoreSettings(data_dir=store_dir, store="embedded")
        if neo4j:
            server = stack.enter_context(Neo4jServer(data_dir / "neo4j"))
            settings = StoreSettings(
                data_dir=store_dir,
                store=server.uri,
                store_user=server.user,
                store_password=SecretStr(server.password),
            )
        found = stack.enter_context(open_store(settings, synthetic=True))
        _take_in(found, settings, data_dir / "county")
        is_right = _show(found, truth)
        is_right &= tell_story(
            found.store, truth, data_dir=data_dir, store_dir=store_dir, files=found.routing
        )
        complain(f"Done in {time.monotonic() - started:.0f} s, set-up not counted.")
        if not is_right:
            raise typer.Exit(FAILED)
        if serve:
            # Loads the web frameworks: not before they are wanted.
            from crosstip.serving.up import up as serve_until_stopped

            serve_until_stopped(settings, user=OPERATOR)


def _make_anew(data_dir: Path) -> None:
    marker = data_dir / "crosstip-demo"
    if data_dir.exists() and any(data_dir.iterdir()):
        if not marker.exists():
            complain(f"crosstip: {data_dir} is not empty and no demo made it. Give another one.")
            raise typer.Exit(FAILED)
        shutil.rmtree(data_dir)
    data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    marker.write_text("Made by `crosstip demo`, which deletes this folder on its next run.\n")


def _take_in(found: OpenStore, settings: StoreSettings, county: Path) -> None:
    paths = find_files([county / "agencies.csv", county / "claims.csv", county / "tips"])
    with open_site(settings.data_dir, IntakeSettings()) as site:
        intake = Intake(found.store, site, synthetic=True, actor=actor())
        summary = run_with_bar(intake, paths, Declared(synthetic=True))
    count_everything(found.store, basis=found.basis, actor=actor())
    estimate_chance(found.store, basis=found.basis, actor=actor())
    summary.seconds = 0.0
    print_summary(summary, None, json=False)


def _show(found: OpenStore, truth: Truth) -> bool:
    """Print the answers, and say whether they are those that the county was made with."""
    say("SYNTHETIC: nothing here is real.")
    page = list_tips(found.store, limit=5)
    print_lines("The most urgent tips", page.tips)
    ring = truth.showcase
    answer = links_of(found.store, f"ncmec:{ring.start}", basis=found.basis, limit=100)
    shown = min(SHOWN, len(answer.links))
    say(f"Tips linked to {answer.tip} ({answer.caveat}), {shown} of {len(answer.links)}:")
    for link in answer.links[:SHOWN]:
        say(f"- {link.tip.key}, {link.grade.value}, {bits(link.score)} bits")
        for reason in link.reasons[:3]:
            say(f"    {reason.identifier}: {reason.sentence}")
    overlaps = find_overlaps(found.store)
    say("Agencies that collide (subject deconfliction, not event safety):")
    for overlap in overlaps.overlaps:
        print_overlap(overlap, most=2)
    linked = {link.tip.key.removeprefix("ncmec:") for link in answer.links}
    missed_tips = set(ring.direct) - linked
    missed = missed_collisions(truth, overlaps)
    say(
        f"The ring around {ring.start}: {len(ring.direct) - len(missed_tips)} of "
        f"{len(ring.direct)} directly linked tips found. Showcase collisions: "
        f"{len(truth.showcase_collisions) - len(missed)} of {len(truth.showcase_collisions)} found."
    )
    for sentence in missed:
        complain(f"Missed: {sentence}")
    return len(missed_tips) + len(missed) == 0


def missed_collisions(truth: Truth, overlaps: Overlaps) -> list[str]:
    """Give the showcase collisions that are not among the overlaps, as sentences."""
    found = {
        frozenset((overlap.first.reference, overlap.second.reference))
        for overlap in overlaps.overlaps
    }
    return [
        f"{collision.first.reference} and {collision.second.reference} ({collision.how})"
        for collision in truth.showcase_collisions
        if frozenset((collision.first.reference, collision.second.reference)) not in found
    ]
