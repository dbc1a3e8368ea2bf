"""Commands about what links rest on: counts, weights, chance, and versions side by side."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crosstip.commands.bars import bars
from crosstip.commands.states import print_states_found
from crosstip.commands.wording import Json, banner, bits
from crosstip.identity import As, desk
from crosstip.output import print_json, print_table, say
from crosstip.session import sentences
from graph.basis import basis_of
from graph.casework.deeds import Deed
from graph.clock import iso
from graph.errors import NotFoundError, SettingsError
from graph.queries.links import SNAPSHOT
from graph.queries.scope import Seeing
from graph.scoring.bands import LEAST_COUNT
from graph.scoring.chance import count_words
from graph.scoring.pairs import Basis
from graph.scoring.weights import Weights, read_weights, shipped_tables, shipped_weights, written
from graph.services.chance import NO_CHANCE, Chance, chance_in
from graph.services.estimating import estimate_chance, fit_on_judged
from graph.services.state_counting import count_everything
from graph.services.weight_versions import Comparison, compare_versions
from graph.settings import StoreSettings


def snapshot(*, user: As = None) -> None:
    """Count how common every value is; weights use these counts until the next time."""
    with desk(user, Deed.STATE_COUNT) as at:
        taken, states = count_everything(at.whole, basis=at.basis, actor=at.name)
        everything = at.counts_all
    much = f": {taken.tips} tips, {taken.changed} values have another band now"
    say(
        f"Counted {iso(taken.at_us)}{much if everything else ''}. Values of fewer than "
        f"{LEAST_COUNT} tips have none."
    )
    print_states_found(states, everything=everything)


def weights(*, json: Json = False) -> None:
    """Show the weights table that links are computed with, and where each number comes from."""
    with sentences():
        table = basis_of(StoreSettings()).weights
    if json:
        print_json(table)
        return
    cuts = table.cut_offs
    say(f"Version {table.version}, {table.made}. {table.how}")
    say(
        f"Strong from {bits(cuts.strong)} bits, moderate from {bits(cuts.moderate)}, weak from "
        f"{bits(cuts.weak)}."
    )
    print_table(
        "Weights (bits)",
        ("evidence", "weight", "per doubling of holders", "where it comes from"),
        [
            (name, bits(item.weight), bits(item.per_band) if item.per_band != 0 else "", item.why)
            for name, item in sorted(table.evidence.items())
        ],
    )


def chance(
    *,
    estimate: Annotated[bool, typer.Option(help="Estimate anew before showing.")] = False,
    user: As = None,
    json: Json = False,
) -> None:
    """Show how many pairs of tips here are how strong, and how many of them chance alone gives."""
    with desk(user, Deed.STATE_COUNT if estimate else Deed.WEIGHTS_READ) as at:
        if estimate:
            with bars() as show:
                estimate_chance(
                    at.whole,
                    basis=at.basis,
                    actor=at.name,
                    progress=lambda done, of: show("comparing tips", done, of),
                )
        # What was estimated from all tips is told as everybody is told it.
        rows = at.store.read(SNAPSHOT, Seeing())
        known = chance_in(rows[0], at.basis.weights)
        table, synthetic = at.basis.weights, at.synthetic
    if json:
        print_json(known)
        return
    banner(synthetic=synthetic)
    if known is None:
        say(NO_CHANCE)
    else:
        print_chance(known, table)


def print_chance(known: Chance, table: Weights) -> None:
    """Print the estimate for people."""
    print_table(
        f"Pairs of tips by score, estimated {iso(known.at_us)} from the links of {known.tips} tips",
        ("from (bits)", "grade", "pairs", "of strangers, expected"),
        [
            (
                bits(level.score),
                table.grade(level.score).value,
                count_words(level.pairs),
                count_words(level.strangers),
            )
            for level in known.levels
        ],
    )
    say(
        f"By weights version {known.weights}. It says how often a link so strong is of strangers, "
        "not whether this one is."
    )


def fit(
    out: Annotated[Path, typer.Argument(help="File of the new table (TOML).")],
    *,
    version: Annotated[str, typer.Option(help="Its version, one that no table has yet.")],
    user: As = None,
    json: Json = False,
) -> None:
    """Estimate new weights from the pairs that were judged here, and write them to a file."""
    with sentences():
        _require_new(out, version)
    with desk(user, Deed.WEIGHTS_READ) as at:
        fitted = fit_on_judged(at.store, basis=at.basis, version=version)
    out.write_text(written(fitted.weights), encoding="utf-8")
    if json:
        print_json(fitted)
        return
    say(
        f"Wrote {out}, version {version}: estimated from {fitted.same} pairs judged the same actor "
        f"and {fitted.not_same} judged not the same; {fitted.unsure} unsure, {fitted.gone} that "
        f"are gone and {fitted.unlinked} that share no identifier of subjects were left out."
    )
    say(
        f"Compare it first (`crosstip links compare {at.basis.weights.version} {out}`), then "
        "set CROSSTIP_WEIGHTS to it."
    )


def _require_new(out: Path, version: str) -> None:
    if out.exists() or not out.parent.is_dir():
        why = "is there already" if out.exists() else "lies in no folder that is there"
        raise SettingsError(f"{out} {why}: name a new file. Nothing was estimated.")
    if version in {*shipped_tables(), basis_of(StoreSettings()).weights.version}:
        raise SettingsError(f"There is a version {version} already: name another one.")


def compare(
    first: Annotated[str, typer.Argument(help="Version that Crosstip ships, or a file.")],
    second: Annotated[str, typer.Argument(help="Another version, or a file.")],
    *,
    user: As = None,
    json: Json = False,
) -> None:
    """Compare two versions of the weights on the tips of this store."""
    with desk(user, Deed.WEIGHTS_READ) as at:
        one, two = (
            Basis(weights=_table(name), networks=at.basis.networks) for name in (first, second)
        )
        answer = compare_versions(at.store, one, two)
    if json:
        print_json(answer)
    else:
        print_comparison(answer)


def _table(name: str) -> Weights:
    path = Path(name)
    if path.suffix == ".toml" or path.exists():
        if not path.is_file():
            raise NotFoundError(f"There is no file {path}. Name a version or a weights table.")
        return read_weights(path)
    return shipped_weights(name)


def print_comparison(answer: Comparison) -> None:
    """Print two versions side by side for people."""
    say("A version that was estimated from judged pairs of this store knows them already.")
    print_table(
        f"{answer.pairs} pairs of {answer.tips} of {answer.tip_total} tips, as of "
        f"{iso(answer.as_of_us)}",
        (f"under {answer.first}", f"under {answer.second}", "pairs"),
        [(cell.first.value, cell.second.value, cell.pairs) for cell in answer.grades],
    )
    print_table(
        "Pairs that change their grade, those that move most first",
        ("tip", "other tip", f"under {answer.first}", "bits", f"under {answer.second}", "bits"),
        [
            (
                c.own,
                c.other,
                c.first.value,
                bits(c.first_score),
                c.second.value,
                bits(c.second_score),
            )
            for c in answer.changes
        ],
    )
    for name, right in zip((answer.first, answer.second), answer.judged, strict=True):
        say(
            f"Version {name}: of {right.same_of} pairs judged the same actor {right.same} are "
            f"moderate or strong; of {right.apart_of} judged not the same {right.apart} are below."
        )
