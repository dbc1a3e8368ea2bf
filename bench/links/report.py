"""The scoreboard for people: rows for the terminal, and `docs/scoreboard.md` as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bench.links.board import CorpusFigures, PairFigures, Scoreboard, SystemFigures
from bench.links.corpus import HUB_HOLDERS
from bench.links.groupings import BAD_VALUES, HOLDERS
from bench.links.metrics import interval

COLUMNS = (
    "system",
    "pair precision",
    "recall",
    "F1",
    "best F1",
    "all ahead",
    "without hubs",
    "MAP",
    "first true",
    "B-cubed F1",
    "overlaps missed / false",
    "s",
    "MiB",
)


def rows_of(corpus: CorpusFigures) -> list[tuple[str, ...]]:
    """Give a table's rows for one corpus, in the order of `COLUMNS`."""
    return [row for system in corpus.systems for row in _rows(system)]


def groupings_of(corpus: CorpusFigures) -> list[str]:
    """Give a sentence for each way of making groups of Crosstip's links."""
    return [
        f"{way}: B-cubed precision {_share(found.precision)}, recall {_share(found.recall)}, "
        f"F1 {_share(found.f1)}."
        for way, found in (corpus.groupings or {}).items()
    ]


def causes_of(corpus: CorpusFigures) -> list[str]:
    """Give a sentence for each system about what its false links have in common."""
    return [
        f"{system.name}: false links by cause: "
        + (", ".join(f"{cause} {count:,}" for cause, count in causes.items()) or "none")
        + "."
        for system in corpus.systems
        if (causes := system.false_by_cause) is not None
    ]


def agreement_of(corpus: CorpusFigures) -> list[str]:
    """Give a sentence for each set of systems whose links are equal to the last unit."""
    same: dict[str, list[str]] = {}
    for system in corpus.systems:
        if system.digest is not None:
            same.setdefault(system.digest, []).append(system.name)
    if sum(map(len, same.values())) < 2:
        return []
    return [
        f"Links of grade moderate and above with SHA-256 {digest[:16]}: {'; '.join(names)}."
        for digest, names in same.items()
    ]


def title_of(corpus: CorpusFigures) -> str:
    """Give what a table is about."""
    asked = "all asked" if corpus.queries == corpus.tips else f"{corpus.queries:,} asked at random"
    return (
        f"{corpus.tips:,} tips, seed {corpus.seed}, shares {corpus.variant}: "
        f"{corpus.true_pairs:,} true pairs "
        f"({corpus.hub_only_pairs:,} share nothing but hubs), {asked}"
    )


def page_of(board: Scoreboard) -> str:
    """Give the Markdown page."""
    lines = [
        "# Scoreboard of links",
        "",
        "<!-- Made by `crosstip bench links --page`. Do not edit by hand. -->",
        "",
        (
            f"Measured {board.made} on {board.machine}, Python {board.python}, world version "
            f"{board.world_version}. Every system answered on the same synthetic tips in one run. "
            f"Thresholds were chosen on seeds {_listed(board.fit_seeds)}, not measured here."
        ),
        "",
        *_reading(),
        "",
        "## Systems",
        "",
        *(f"- **{name}.** {note}" for name, note in board.notes.items()),
        "",
        "## Means over seeds, with 95 % bootstrap intervals",
        "",
        *_means(board),
        "",
        *_groupings(board),
        "## Every run",
        "",
    ]
    for corpus in board.corpora:
        lines += [f"### {title_of(corpus)}", "", *_table(COLUMNS, rows_of(corpus)), ""]
        lines += [f"- {line}" for line in (*causes_of(corpus), *agreement_of(corpus))]
        lines.append("")
    return "\n".join(lines)


def _reading() -> Iterator[str]:
    yield (
        "A true pair is two tips about one person that share at least one observation: an equal "
        "value in a linking role, or IPv6 addresses in one /64. Pairs about one person that share "
        "nothing are neither right nor wrong. `best F1` is at the threshold that suits these very "
        "tips best, which nobody can know beforehand. `all ahead` is the share of tips whose true "
        "tips all stand before every false one (a tie or a miss fails), "
        f"`without hubs` the same over true tips that share more than values with over "
        f"{HUB_HOLDERS} holders, `MAP` the mean average "
        "precision, `first true` the chance that the first answer is true, both expected over the "
        "orders of ties. B-cubed compares components of links with components of true pairs. "
        "Overlaps are pairs of investigations that meet over two linked tips and over nothing "
        "shorter. B-cubed and overlaps need every tip's links, so they are missing where a sample "
        "was asked. Memory includes the corpus."
    )


def _rows(system: SystemFigures) -> Iterator[tuple[str, ...]]:
    groups, overlaps = system.groups, system.overlaps
    yield (
        system.name,
        *_pairs(system.pairs),
        _share(system.best_f1),
        _share(system.ranks.all_ahead),
        _share(system.ranks.all_ahead_no_hubs),
        _share(system.ranks.mean_average_precision),
        _share(system.ranks.first_true),
        "-" if groups is None else _share(groups.f1),
        "-"
        if overlaps is None
        else f"{overlaps.missed} of {overlaps.wanted} / {overlaps.false} of {overlaps.named}",
        f"{system.seconds:,.1f}",
        "-" if system.peak_mib is None else f"{system.peak_mib:,.0f}",
    )
    for grade, figures in system.grades.items():
        name = f"{system.name}, {grade}" + ("" if grade == "strong" else " and above")
        yield (name, *_pairs(figures), *("",) * (len(COLUMNS) - 4))


def _means(board: Scoreboard) -> list[str]:
    settings = dict.fromkeys((corpus.tips, corpus.variant) for corpus in board.corpora)
    rows: list[tuple[str, ...]] = []
    for tips, variant in settings:
        corpora = [c for c in board.corpora if (c.tips, c.variant) == (tips, variant)]
        for position, first in enumerate(corpora[0].systems):
            systems = [corpus.systems[position] for corpus in corpora]
            rows.append(
                (
                    f"{tips:,}",
                    variant,
                    first.name,
                    str(len(systems)),
                    _interval(s.pairs.precision for s in systems),
                    _interval(s.pairs.recall for s in systems),
                    _interval(s.pairs.f1 for s in systems),
                    _interval(s.ranks.all_ahead for s in systems),
                    _interval(s.ranks.all_ahead_no_hubs for s in systems),
                )
            )
    titles = (
        "tips",
        "shares",
        "system",
        "seeds",
        "precision",
        "recall",
        "F1",
        "all ahead",
        "without hubs",
    )
    return _table(titles, rows)


def _groupings(board: Scoreboard) -> Iterator[str]:
    settings = dict.fromkeys((corpus.tips, corpus.variant) for corpus in board.corpora)
    rows: list[tuple[str, ...]] = []
    for tips, variant in settings:
        corpora = [c for c in board.corpora if (c.tips, c.variant) == (tips, variant)]
        found = [corpus.groupings for corpus in corpora if corpus.groupings is not None]
        rows += [
            (
                f"{tips:,}",
                variant,
                way,
                _interval(each[way].precision for each in found),
                _interval(each[way].recall for each in found),
                _interval(each[way].f1 for each in found),
            )
            for way in (found[0] if len(found) > 0 else ())
        ]
    if len(rows) == 0:
        return
    yield "## Groups of Crosstip's links, B-cubed, means over seeds"
    yield ""
    yield (
        "Components join whatever a chain of links joins. Groups are what `crosstip groups` shows: "
        "strong links, where no single link and no single value holds two parts of two tips or "
        f"more together. With bad values: {BAD_VALUES} e-mail addresses that mean nothing stand in "
        f"{HOLDERS} tips of strangers each."
    )
    yield ""
    yield from _table(("tips", "shares", "way", "precision", "recall", "F1"), rows)
    yield ""


def _interval(values: Iterable[float]) -> str:
    found = interval(list(values))
    if found.low == found.high:
        return _share(found.mean)
    return f"{_share(found.mean)} ({_share(found.low)} to {_share(found.high)})"


def _pairs(figures: PairFigures) -> tuple[str, str, str]:
    return _share(figures.precision), _share(figures.recall), _share(figures.f1)


def _share(value: float) -> str:
    return f"{value:.3f}"


def _listed(seeds: Sequence[int]) -> str:
    return ", ".join(map(str, seeds))


def _table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    return [
        "| " + " | ".join(titles) + " |",
        "|" + "---|" * len(titles),
        *("| " + " | ".join(row) + " |" for row in rows),
    ]
