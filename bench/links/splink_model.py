"""Splink's configuration: what a careful user of Splink 5 would set up for tips.

One comparison for each kind of value, with levels by how rare the shared values are; the time
between the incidents as a comparison of its own; blocks on every value that is no hub. Chosen
2026-11-22 on seed 7 with 10,000 tips: the provider as a further comparison made F1 worse
(0.969 against 0.979), and m probabilities are trained with u fixed by random sampling, as Splink's
guide advises (training u by EM as well ended in probabilities of 0, which Splink refuses).
"""

from __future__ import annotations

import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import SettingsCreator, block_on
from splink.internals.blocking_rule_creator import BlockingRuleCreator
from splink.internals.comparison_creator import ComparisonCreator

from bench.links.splink_rows import COLUMNS, Bands

U_PAIRS = 5_000_000
"""Random pairs from which u probabilities are estimated."""
SEED = 1
GUESSED_RECALL = 0.6
"""Share of matches that equal accounts or e-mails find, as Splink asks for the prior."""
PRIOR_COLUMNS = ("account", "email")
TRAINED_ON = ("address", "file", "account", "email")
"""Columns whose blocks train the others, one after the other."""
_DAY_S = 86_400
_GAPS_DAYS = (2, 10, 40, 150)


def settings(columns_with_hubs: frozenset[str]) -> SettingsCreator:
    """Give the model; columns without any hub have no level for hubs, which could not be trained.

    A column that no two tips share a value of should not be there at all.
    """
    comparisons: list[ComparisonCreator] = [
        _values(Bands(column=column), has_hubs=column in columns_with_hubs) for column in COLUMNS
    ]
    return SettingsCreator(
        link_type="dedupe_only",
        comparisons=[*comparisons, _gap()],
        blocking_rules_to_generate_predictions=[_exploded(column) for column in COLUMNS],
        retain_matching_columns=False,
    )


def prior_rules() -> list[str | BlockingRuleCreator]:
    """Give the rules that find most matches and little else."""
    return [_exploded(column) for column in PRIOR_COLUMNS]


def training_rule(column: str) -> str:
    """Give the rule whose pairs train the other columns; EM takes no exploded arrays."""
    some = Bands(column=column).some
    return f'l."{some}"[1] = r."{some}"[1]'


def _exploded(column: str) -> BlockingRuleCreator:
    some = Bands(column=column).some
    return block_on(some, arrays_to_explode=[some])


def _values(bands: Bands, *, has_hubs: bool) -> ComparisonCreator:
    unstated = f'NOT ("{bands.stated}_l" AND "{bands.stated}_r")'
    hub = [cll.ArrayIntersectLevel(bands.hub, 1)] if has_hubs else []
    return cl.CustomComparison(
        [
            cll.CustomLevel(unstated, "not stated by both").configure(is_null_level=True),
            cll.ArrayIntersectLevel(bands.few, 1),
            cll.ArrayIntersectLevel(bands.some, 1),
            *hub,
            cll.ElseLevel(),
        ],
        output_column_name=bands.column,
    )


def _gap() -> ComparisonCreator:
    return cl.CustomComparison(
        [
            cll.NullLevel("seen_s"),
            *(
                cll.CustomLevel(f"abs(seen_s_l - seen_s_r) < {days * _DAY_S}", f"{days} days")
                for days in _GAPS_DAYS
            ),
            cll.ElseLevel(),
        ],
        output_column_name="seen_s",
    )
