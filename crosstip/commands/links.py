"""Commands about links: of a tip, between two tips, and what their weights rest on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from crosstip.commands.link_weights import chance, compare, fit, snapshot, weights
from crosstip.commands.states import print_decisions
from crosstip.commands.wording import URGENCY, Json, banner, bits, print_basis, when
from crosstip.identity import As, desk
from crosstip.output import print_json, print_table, say
from crosstip.session import tip_key
from graph.casework.deeds import Deed
from graph.clock import iso
from graph.identifiers.core import IdentifierKind
from graph.roles import Role
from graph.scoring.weights import Grade
from graph.services.explaining import explain as explain_pair
from graph.services.history import History, history_of
from graph.services.links import Links
from graph.services.links import links_of as find_links
from graph.services.reasons import Reason
from graph.services.search import search

_OF = "of"


class _TipOrCommand(TyperGroup):
    """`crosstip links 123` means `crosstip links of 123`: no tip is called like a command."""

    # Typer carries its own click, whose types are private.
    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Give the command that is meant, `of` when the first word is none."""
        if len(args) > 0 and args[0] not in self.commands and not args[0].startswith("-"):
            args = [_OF, *args]
        return super().resolve_command(ctx, args)


links_app = typer.Typer(
    cls=_TipOrCommand,
    no_args_is_help=True,
    help="Show the tips that share identifiers with a tip: `crosstip links TIP`.",
)


@links_app.command(_OF)
def links_of(
    tip: Annotated[str, typer.Argument(help="Tip number.")],
    *,
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 50,
    user: As = None,
    json: Json = False,
) -> None:
    """Show the tips that share identifiers with a tip, with reasons; urgent ones first."""
    with desk(user, Deed.LINK_READ) as at:
        answer = find_links(at.store, tip_key(tip), basis=at.basis, limit=limit)
        at.shows(answer.tip, *(link.tip.key for link in answer.links))
        synthetic = at.synthetic
    if json:
        print_json(answer)
        return
    banner(synthetic=synthetic)
    _print_links(answer)


def _print_links(answer: Links) -> None:
    rows: list[tuple[object, ...]] = []
    for link in answer.links:
        first = (URGENCY[link.tip.urgency], link.tip.key, link.grade.value, bits(link.score))
        if link.judged is not None:
            rows.append((*first, "judgement", "", "", f"A person judged: {link.judged}."))
            first = ("", "", "", "")
        if link.grade is not Grade.NONE:
            rows.append((*first, "chance", "", "", link.chance))
            first = ("", "", "", "")
        for refers in link.refers:
            rows.append((*first, "reference", "", "", f"{refers} this tip: no second source"))
            first = ("", "", "", "")
        for reason in link.reasons:
            rows.append((*first, *_cells(reason)))
            first = ("", "", "", "")
    print_table(
        f"Tips linked to {answer.tip} as of {iso(answer.as_of_us)} ({answer.caveat})",
        ("urgent", "tip", "grade", "sum", "relation", "identifier", "bits", "why"),
        rows,
    )
    if len(answer.links) == 0:
        say("No other tip shares an identifier that may link.")
    if len(answer.apart) > 0:
        say(f"Judged not the same, not suggested: {', '.join(answer.apart)}.")
    for hub in answer.hubs:
        why = hub.state_reason if hub.state_reason is not None else "shared by many"
        child = "; a child's here, no subject's" if hub.is_child else ""
        say(f"Not walked: {hub.kind} {hub.identifier}, {hub.mention_count} tips ({why}{child}).")
    print_basis(answer.weights, answer.snapshot_us, answer.cut_off)


def _cells(reason: Reason) -> tuple[str, ...]:
    value = reason.identifier if reason.kind == "trait" else f"{reason.kind} {reason.identifier}"
    return (reason.relation.value, value, bits(reason.weight), reason.sentence)


def explain(
    tip: Annotated[str, typer.Argument(help="Tip number.")],
    other: Annotated[str, typer.Argument(help="Number of the other tip.")],
    *,
    user: As = None,
    json: Json = False,
) -> None:
    """Show all that speaks for and against one person behind two tips, linked or not."""
    with desk(user, Deed.LINK_READ) as at:
        answer = explain_pair(at.store, tip_key(tip), tip_key(other), basis=at.basis)
        at.shows(answer.own.key, answer.other.key)
        synthetic = at.synthetic
    if json:
        print_json(answer)
        return
    banner(synthetic=synthetic)
    total = 0
    rows: list[tuple[object, ...]] = []
    shown = [reason for reason in answer.reasons if not _is_providers_own(reason)]
    for reason in shown:
        total += reason.weight
        made_of = "; ".join(f"{part.name} {bits(part.weight)}" for part in reason.parts)
        relation, value, weight, sentence = _cells(reason)
        rows.append((relation, value, bits(reason.alone), weight, bits(total), made_of, sentence))
    print_table(
        f"{answer.own.key} and {answer.other.key} as of {iso(answer.as_of_us)} ({answer.caveat})",
        ("relation", "what", "alone", "counts", "sum", "made of", "why"),
        rows,
    )
    if (folded := len(answer.reasons) - len(shown)) > 0:
        say(
            f"Not shown, {folded}: contact data of a provider itself, which is in all its tips and "
            "counts nothing (`--json` has it)."
        )
    cuts = answer.cut_offs
    say(
        f"Grade {answer.grade.value}, {bits(answer.score)} bits; strong from {bits(cuts.strong)}, "
        f"moderate from {bits(cuts.moderate)}, weak from {bits(cuts.weak)}."
    )
    say(answer.chance)
    say(_against(answer.reasons))
    for row in answer.judgements:
        say(f"{row.judged_by} judged {row.verdict} {when(row.at_us)}: {row.why}")
    for refers in answer.refers:
        say(f"The first {refers} the other: no independent second source.")
    print_basis(answer.weights, answer.snapshot_us, answer.cut_off)


def _against(reasons: Sequence[Reason]) -> str:
    """Give what speaks against a link, in one sentence."""
    against = [reason.weight for reason in reasons if reason.weight < 0]
    if len(reasons) == 0:
        return "They share no identifier and differ in nothing that is compared."
    if len(against) == 0:
        return "Nothing that is compared speaks against it."
    return f"Against it: {bits(sum(against))} bits, in {len(against)} of the lines above."


def _is_providers_own(reason: Reason) -> bool:
    """Tell whether both tips name something only as the contact of the provider that reports."""
    own = {Role.ESP_CONTACT.value}
    return set(reason.own_roles) == own == set(reason.other_roles)


def history(
    text: Annotated[str, typer.Argument(help="Any identifier.")],
    *,
    limit: Annotated[int, typer.Option(min=1, max=999)] = 200,
    user: As = None,
    json: Json = False,
) -> None:
    """Show every use of an identifier over tips and time, by provider and role."""
    with desk(user, Deed.TIP_READ) as at:
        known = [item.identifier for item in search(at.store, text).found]
        answers = [
            history_of(at.store, IdentifierKind(item.kind), item.key, limit=limit) for item in known
        ]
        at.shows(None, *(use.tip for answer in answers for use in answer.uses))
        synthetic = at.synthetic
    if json:
        print_json(answers)
        return
    banner(synthetic=synthetic)
    if len(answers) == 0:
        say("No tip and no claim in this store has it, however the text is read.")
    _print_histories(answers)


def _print_histories(answers: Iterable[History]) -> None:
    for answer in answers:
        name = f"{answer.identifier.kind} {answer.identifier.key}"
        print_table(
            f"{name}: who mentions it as what, as of {iso(answer.as_of_us)}",
            ("provider", "role", "tips", "first", "last"),
            [
                (s.provider, s.role, s.tips, when(s.first_us), when(s.last_us))
                for s in answer.spread
            ],
        )
        print_table(
            f"{name}: uses by time",
            ("time", "tip", "urgent", "provider", "role", "event", "place", "ended", "withdrawn"),
            [
                (
                    when(u.at_us) if u.at_us is not None else (u.time_raw or "no time"),
                    u.tip,
                    URGENCY[u.urgency],
                    u.provider,
                    u.role,
                    u.event,
                    u.path,
                    when(u.ended_us),
                    when(u.withdrawn_us),
                )
                for u in answer.uses
            ],
        )
        print_decisions(f"{name}: states that were found or decided", answer.states)
        for sentence in (*_listed(answer), *_first_sight(answer), *answer.cut_off):
            say(sentence)


def _listed(answer: History) -> Iterator[str]:
    """Say which hash lists hold a file's hash, and since when; nothing of other identifiers."""
    if answer.identifier.kind != IdentifierKind.FILE_HASH.value:
        return
    for row in answer.lists:
        yield (
            f"On the hash list {row.name} of {row.source}: in the issue of {row.dated}, imported "
            f"{when(row.imported_us)} by {row.imported_by}, and still on it."
        )
    if len(answer.lists) == 0:
        yield "On no hash list in force here."
    yield (
        "Only the newest issue of each list is kept: whether a hash was on an earlier one, and "
        "since when, is not known here."
    )


def _first_sight(answer: History) -> tuple[str, ...]:
    """Say in which tip a file's hash was first seen here; nothing of other identifiers."""
    if answer.first_seen is None:
        return ()
    seen = answer.first_seen
    where = f" in {seen.tip}" if seen.tip is not None else ""
    return (f"{seen.seen[0].upper()}{seen.seen[1:]}{where}: {seen.why}",)


for _command in (snapshot, weights, chance, fit, compare):
    links_app.command()(_command)
