"""Plays the story in the demo's store, prints it, and says how to go on."""

from __future__ import annotations

from pathlib import Path

from crosstip.output import complain, say
from crosstip.story.auditing import Auditing
from crosstip.story.desk import desks, fill_desks
from crosstip.story.people import AGENCIES, HARROW, OPERATOR, ROLES, user_of
from crosstip.story.playing import AUDITOR, Story
from crosstip.story.proposing import proposals_of
from crosstip.story.routing import route
from crosstip.story.saying import sentences_of, wrong
from crosstip.story.subject import subject_of
from crosstip.story.supervising import mondays, work_the_queues
from graph.clock import now_us
from graph.routing.site_files import RoutingFiles
from graph.services.callers import caller_of
from graph.store import Store
from world.truth import Truth

KEPT = "kept-by-the-auditor.json"
"""What the auditor keeps on the sixth day before the last, in the demo's folder."""


def tell_story(
    store: Store, truth: Truth, *, data_dir: Path, store_dir: Path, files: RoutingFiles
) -> bool:
    """Play and print the story; tell whether everybody saw what they should and nothing else.

    Raises:
        CrosstipError: a step of it was refused, or the store could not do it.
    """
    subject = subject_of(truth, data_dir / "county")
    story = Story(store, subject, end_us=now_us())
    story.until_asked()
    name = user_of(AUDITOR, HARROW)
    auditing = Auditing(store, store_dir, auditor=caller_of(store, name))
    auditing.keep(data_dir / KEPT)
    played = story.until_now()
    for sentence in sentences_of(played, subject):
        say(sentence)
    is_unchanged = auditing.is_unchanged_since(data_dir / KEPT)
    problems = [*wrong(played)]
    if is_unchanged:
        say(f"{name} kept a checkpoint before the last days: nothing was rewritten since.")
    else:
        problems.append(f"The log of {HARROW} does not fit the checkpoint that was kept.")
    for sentence in proposals_of(store, truth, files):
        say(sentence)
    held = route(store, truth, end_us=played.end_us)
    work_the_queues(store, held, end_us=played.end_us)
    fill_desks(store, held, end_us=played.end_us)
    say(
        f"The county's tips have holders now, who alone see them: the ring around "
        f"{truth.showcase.start} is {HARROW}'s, the others are {AGENCIES[1]}'s and {AGENCIES[2]}'s."
    )
    roles = ", ".join(("admin", *ROLES))
    say(
        f"From here on commands need a name (--as USER, or CROSSTIP_USER): {OPERATOR}, and "
        f"{roles} of {', '.join(AGENCIES)}, such as {user_of('investigator', HARROW)}."
    )
    for sentence in mondays(store, end_us=played.end_us):
        say(sentence)
    say(desks(store, end_us=played.end_us))
    for problem in problems:
        complain(f"Wrong: {problem}")
    return len(problems) == 0
