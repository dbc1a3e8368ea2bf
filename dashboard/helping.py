"""What each page is for, what to do first, and what its words mean: the text behind "Help"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

_LEAD = ("lead", "A connection worth looking at. It identifies nobody; a person must check it.")
_HELD = ("held", "Your agency has the tip now. A tip that it does not hold is shown nowhere.")
_CLOCK = ("clock", "Until when something is to be done. Times without a zone are UTC.")
_ASSERTED = (
    "asserted, verified",
    "What a provider said, and what a person looked at and put their name to. They stand apart.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Help:
    """Help for one page."""

    what_for: str
    first: tuple[str, ...]
    """What to do, in order."""
    words: tuple[tuple[str, str], ...] = ()


HELP: Final[Mapping[str, Help]] = MappingProxyType(
    {
        "Tip": Help(
            what_for="To find a tip or an identifier, and to read one tip with all that is known.",
            first=(
                (
                    "Type a tip number, an address, a telephone number, an IP address or a hash. "
                    "It says what it took it for."
                ),
                "Choose a tip. Its facts, links, files, routing and standing are below each other.",
                "Draw it as a chart, take it for review, or hand it on from there.",
            ),
            words=(_LEAD, _HELD, _ASSERTED),
        ),
        "Link chart": Help(
            what_for="To see how tips hang together, why, and to take that away as evidence.",
            first=(
                "Begin with a tip number or an identifier.",
                (
                    "Choose a thing for what is known of it; expand it for what is around it. "
                    "What is drawn never moves."
                ),
                (
                    "Choose two things for the paths between them, or a link for the reasons "
                    "for and against it."
                ),
                "Save the chart, or make a report: it is entered in the log before it leaves.",
            ),
            words=(
                _LEAD,
                ("hub", "Something that very many tips name. It is folded into a counted bundle."),
                ("grade", "How strong the reasons are together. The table has the same in words."),
            ),
        ),
        "Queue": Help(
            what_for="To see which tips wait, most urgent first, and to take and move them.",
            first=(
                "Read the reasons of the first row: each is a rule that holds.",
                "Take a tip for review, or choose another move. Each asks for what it needs.",
                "Records of one incident are one row; they can be taken and closed together.",
            ),
            words=(
                _HELD,
                _CLOCK,
                (
                    "class",
                    "How soon somebody must look. A person may decide otherwise.",
                ),
            ),
        ),
        "Tasks": Help(
            what_for="Work with a due date, notes, help between agencies, requests to providers.",
            first=(
                "Look at what is overdue first.",
                "Notes are no evidence and say so.",
                "Each clock of a request names its source. Confirm with the provider.",
            ),
            words=(_CLOCK,),
        ),
        "Assign": Help(
            what_for="To give tips to people or units, with load, skill and absence before you.",
            first=(
                "Choose tips, then look at the proposed people with the reasons.",
                "Whoever declared a conflict of interest cannot be given that tip.",
            ),
            words=(_HELD,),
        ),
        "Hand-offs": Help(
            what_for="To offer tips to another agency, and to answer what is offered to yours.",
            first=(
                "Look at the offer as the other side reads it before it is sent.",
                "Accept, decline or return. Each step leaves a receipt for both sides.",
            ),
            words=(
                ("level", "How much the other agency reads before it accepts."),
                ("receipt", "Proof of one step, with its place in your log."),
            ),
        ),
        "Custody": Help(
            what_for="To answer where a tip came from, who saw it and what was done with it.",
            first=(
                "Type the tip number and choose Show custody.",
                "Make the signed bundle for a court. It can be checked without Crosstip.",
            ),
            words=(_ASSERTED,),
        ),
        "Routing": Help(
            what_for="To decide which agency a tip belongs to.",
            first=(
                "Read the proposals with their reasons. None, or several, is a normal answer.",
                "Decide with a reason. Moving a tip ends the first agency's access at once.",
            ),
            words=(_HELD,),
        ),
        "Hand in": Help(
            what_for="To take in what you have: reports, tables, lists, in any channel's form.",
            first=(
                "Drop files. Each becomes a job that goes on when you leave the page.",
                "Look at what became of each. What could not be read is in the quarantine.",
            ),
            words=(("quarantine", "Kept, counted, with the reason, until a person settles it."),),
        ),
        "Check": Help(
            what_for="To ask whether somebody else works on what you are about to work on.",
            first=(
                "Choose investigation and purpose, then type or drop what is to be checked.",
                "Read hits, misses and what was not checked as three different answers.",
            ),
            words=(
                ("pointer", "Somebody works on it; you learn whom to call and nothing else."),
                ("not checked", "Nothing is known about it. It is no miss."),
            ),
        ),
        "Conflicts": Help(
            what_for="Where your investigations meet another agency's, and what was agreed.",
            first=(
                "Begin with what waits for you, by its clock.",
                "Acknowledge, talk, then resolve with how and why. Messages reach both sides.",
            ),
            words=(_CLOCK,),
        ),
        "Claims": Help(
            what_for="Which identifiers your investigations stand on, and who may learn of it.",
            first=(
                "Choose an investigation.",
                "Look at what is to be reviewed: what nobody validates lapses at its date.",
            ),
            words=(
                ("open, pointer, silent, sealed", "What another agency's check learns of a claim."),
            ),
        ),
        "Overlaps": Help(
            what_for="Which tips of your agency meet investigations, also as pointers.",
            first=("Choose a row for the tip and what it meets.",),
            words=(_LEAD,),
        ),
        "Caseload": Help(
            what_for="What is urgent, who has too much, what will expire, and each number's rows.",
            first=(
                "Read the numbers in large with the definition under each.",
                "Press Rows for the tips behind a number.",
                "For somebody outside: small counts are withheld.",
            ),
            words=(_CLOCK, _HELD),
        ),
        "Priority": Help(
            what_for="The rules that order the queue, and your agency's changes of them.",
            first=(
                "Set rules in the draft, and try it: nothing is written.",
                "Put it in force with a reason. Rules for safety go no lower.",
            ),
            words=(("class", "How soon somebody must look for the first time."),),
        ),
        "Quarantine": Help(
            what_for="Documents that could not be taken in, why, and what becomes of them.",
            first=(
                "Choose one for the reason and where in it.",
                "Try it again after an update, or dismiss it with a reason: its text goes then.",
            ),
        ),
        "Feedback to NCMEC": Help(
            what_for="What NCMEC is told of tips that your agency closed.",
            first=(
                "Choose a time and look at what would be told.",
                "Write it once, fetch the file, send it yourself. Corrections are new ones.",
            ),
        ),
        "Retention": Help(
            what_for="How long records are kept, what goes next, and what a hold keeps.",
            first=(
                "An administrator proposes, a supervisor looks at the dry run and confirms.",
                "Place a hold before anything else when a court's letter comes.",
            ),
        ),
        "Audit": Help(
            what_for="Who did what with which record, and whether the log is whole.",
            first=(
                "Type a record's key, narrow by who, what and day.",
                "Verify against a checkpoint that you took away earlier.",
            ),
            words=(("checkpoint", "A signed number of the log as it was; keep it elsewhere."),),
        ),
        "API keys": Help(
            what_for="Which programs of your agency may ask Crosstip, for what, from where.",
            first=(
                "Name an account of the program's own, with roles where it is new.",
                "Choose as little as it needs, name its network, note the key: it is shown once.",
                "End a key as soon as nobody needs it.",
            ),
        ),
        "Agencies": Help(
            what_for="Which agencies there are, whom to call, and their units.",
            first=(
                "Choose one for its units and contact.",
                "What is not verified was confirmed by nobody: call a number that you know.",
            ),
        ),
        "Webhooks": Help(
            what_for="Where notices of your agency are delivered to, and what came of each.",
            first=(
                "Register an address of your own system and note its secret: it is shown once.",
                "Send a test, then look at the deliveries.",
                "What was given up can be tried again once the other side answers.",
            ),
        ),
        "People": Help(
            what_for="Who has an account, with which role, until when.",
            first=(
                "Enter somebody, hand over their code once, in person.",
                "End an account on the day that its person leaves.",
            ),
        ),
    }
)
"""By the page's title."""
EVERYWHERE: Final = (
    "Every list can be taken away as CSV, and what is left out is said.",
    "An answer that could not be had says so: an error is never an empty list.",
    "What you look at is entered in your agency's log.",
    "The whole guide lies with the installation as docs/guide.md.",
)
"""What holds for all pages."""
