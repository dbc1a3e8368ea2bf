"""A tip as NCMEC's case tool prints it: a PDF with a text layer, made up after public readers.

No original was seen; labels and sections are those that public parsers of such PDFs read. Labels
stand left in bold, values right of them, wrapped where they do not fit: long names break within a
word.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

from reportlab.lib.pagesizes import letter
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from world.calendar_text import utc
from world.drafts import Capture, Contact, Person, TipDraft, UploadedFile

MARKER = "SYNTHETIC DOCUMENT OF CROSSTIP"
_LEFT, _VALUE, _RIGHT = 54.0, 190.0, 558.0
_TOP, _BOTTOM, _LEADING = 738.0, 60.0, 12.0
_NOT_PROVIDED = "(Information Not Provided by Company)"


def pdf_document(draft: TipDraft) -> bytes:
    """Give the PDF's bytes; the same draft gives the same bytes.

    Raises:
        ValueError: the draft holds characters that the PDF's built-in type does not have.
    """
    paper = _Paper(draft.number)
    _first_page(paper, draft)
    _section_a(paper, draft)
    paper.section("Section B: Automated Information Added by NCMEC Systems")
    paper.text("Geo-Lookup of the addresses above; SYNTHETIC, none was made.")
    paper.section("Section C: Additional Information Provided by NCMEC")
    paper.text("None.")
    paper.section("Section D: Law Enforcement Contact Information")
    paper.text("Example County Task Force, tips@taskforce.example, +1 555 010 0199")
    return paper.finished()


def can_be_printed(draft: TipDraft) -> bool:
    """Tell whether the PDF's built-in type has all of the draft's characters."""
    try:
        repr(draft).encode("latin-1")
    except UnicodeEncodeError:
        return False
    return "\\u" not in repr(draft) and "\\x" not in repr(draft)


def us_time(text: str) -> str:
    """Give `2026-01-02T03:04:05Z` as `01-02-2026 03:04:05 UTC`; other times as they stand."""
    day, _, clock = text.partition("T")
    if len(day) != 10 or day[4] != "-":
        return text
    turned = f"{day[5:7]}-{day[8:10]}-{day[:4]}"
    if clock == "":
        return turned
    if clock.endswith("Z"):
        return f"{turned} {clock[:-1]} UTC"
    return f"{turned} {clock}"


class _Paper:
    """Pages that fill from the top."""

    def __init__(self, number: int) -> None:
        self._stream = io.BytesIO()
        self._canvas = Canvas(self._stream, pagesize=letter, invariant=True)
        self._number = number
        self._page = 1
        self._y = _TOP

    def _down(self, by: float = _LEADING) -> None:
        self._y -= by
        if self._y < _BOTTOM:
            self._footer()
            self._canvas.showPage()
            self._page += 1
            self._y = _TOP

    def _footer(self) -> None:
        self._canvas.setFont("Helvetica", 8)
        self._canvas.drawString(_LEFT, 36, f"CyberTipline Report {self._number} | {self._page}")

    def _line(self, text: str, x: float, *, bold: bool = False, size: float = 9) -> None:
        self._canvas.setFont("Helvetica-Bold" if bold else "Helvetica", size)
        self._canvas.drawString(x, self._y, text)

    def section(self, title: str) -> None:
        """Print the heading of a section."""
        self._down(2 * _LEADING)
        self._line(title, _LEFT, bold=True, size=14)
        self._down(1.5 * _LEADING)

    def heading(self, title: str) -> None:
        """Print the heading of a block."""
        self._down(0.5 * _LEADING)
        self._line(title, _LEFT, bold=True, size=11)
        self._down()

    def text(self, text: str) -> None:
        """Print text over the whole width."""
        for part in text.split("\n"):
            for line in simpleSplit(part, "Helvetica", 9, _RIGHT - _LEFT):
                self._line(line, _LEFT)
                self._down()

    def field(self, label: str, *values: str | None) -> None:
        """Print a label and its lines; nothing when there is no value."""
        lines = [line for value in values if value is not None for line in _wrapped(value)]
        if not lines:
            return
        self._line(label, _LEFT, bold=True)
        for line in lines:
            self._line(line, _VALUE)
            self._down()

    def finished(self) -> bytes:
        """Give the PDF."""
        self._footer()
        self._canvas.showPage()
        self._canvas.save()
        return self._stream.getvalue()


def _wrapped(value: str) -> list[str]:
    """Break text at blanks, and words that are too long for a line anywhere."""
    width = _RIGHT - _VALUE
    lines: list[str] = []
    for part in value.split("\n"):
        words: list[str] = []
        for word in part.split(" "):
            rest = word
            while stringWidth(rest, "Helvetica", 9) > width:
                fits = next(n for n in range(len(rest), 0, -1) if _fits(rest[:n], width))
                lines += [" ".join(words)] if words else []
                lines.append(rest[:fits])
                words, rest = [], rest[fits:]
            if words and not _fits(" ".join([*words, rest]), width):
                lines.append(" ".join(words))
                words = []
            words.append(rest)
        lines.append(" ".join(words))
    return lines


def _fits(text: str, width: float) -> bool:
    return float(stringWidth(text, "Helvetica", 9)) <= width


def _first_page(paper: _Paper, draft: TipDraft) -> None:
    paper.text(f"CyberTipline Report {draft.number}")
    paper.text(MARKER)
    if draft.priority is not None:
        paper.text(f"Priority Level: {draft.priority}")
    if draft.status is not None:
        paper.text(f"Status: {draft.status}")
    paper.text(f"Received by NCMEC on {us_time(utc(draft.received))}")
    paper.text("All dates are displayed as MM-DD-YYYY")
    paper.heading("Executive Summary")
    paper.text(f"Total Uploaded Files: {len(draft.files)}")
    paper.heading("Contents")
    for title in ("A: Reported Information", "B: Automated Information Added by NCMEC Systems"):
        paper.text(f"Section {title}")
    paper.text("Section C: Additional Information Provided by NCMEC")
    paper.text("Section D: Law Enforcement Contact Information")


def _section_a(paper: _Paper, draft: TipDraft) -> None:
    paper.section("Section A: Reported Information")
    paper.text("The following information was submitted by the Reporting Person or Reporting ESP.")
    paper.heading("Reporting Electronic Service Provider (ESP)")
    paper.field("Submitter:", draft.provider_name)
    paper.field("Last Name:", "Safety Team")
    paper.heading("Incident Information")
    paper.field("Incident Type:", draft.incident_type)
    time = draft.incident_time
    paper.field("Incident Time:", None if time is None else us_time(time))
    paper.field("Description of Incident Time:", draft.time_description)
    if draft.web_page is not None:
        paper.heading("Webpage/URL")
        paper.field("Webpage/URL:", draft.web_page)
    if draft.conversation is not None:
        paper.heading("Email Incident")
        paper.field("Content:", draft.conversation)
    for title, people in (
        ("Suspect", draft.reported),
        ("Intended Recipient", draft.recipients),
        ("Child Victim", draft.victims),
    ):
        for person in people:
            paper.heading(title)
            _person(paper, person)
    if draft.notes:
        for note in draft.notes:
            paper.heading("Additional Information Submitted by the Reporting ESP")
            paper.text(note)
    if draft.files:
        paper.heading("Uploaded File Information")
        paper.field("Number of uploaded files:", str(len(draft.files)))
        for file in draft.files:
            _file(paper, file)


def _person(paper: _Paper, person: Person) -> None:
    account = person.account
    names = [name for name in (person.first_name, person.last_name) if name is not None]
    paper.field("Name:", " ".join(names) if names else None)
    birth = person.date_of_birth
    paper.field("Date of Birth:", None if birth is None else us_time(birth))
    paper.field("Approximate Age:", None if person.age is None else str(person.age))
    paper.field("Gender:", _NOT_PROVIDED)
    for contact in person.emails:
        paper.field("Email Address:", _contact(contact))
    for contact in person.phones:
        paper.field("Phone:", _contact(contact))
    if account is not None:
        paper.field("ESP Service:", account.provider.service)
    paper.field("Screen/User Name:", person.screen_name)
    paper.field("ESP User ID:", None if account is None else account.user_id)
    paper.field("Profile URL:", person.profile_url)
    if len(person.captures) == 1:
        paper.field("IP Address:", person.captures[0].written)
    place = [part for part in (person.city, person.state, person.country) if part is not None]
    paper.field("Address:", ", ".join(place) if person.city is not None else None)
    _captures(paper, person.captures)
    paper.field("Additional Contact Information:", person.note)


def _contact(contact: Contact) -> str:
    if contact.verified is None:
        return contact.written
    return f"{contact.written} ({'Verified' if contact.verified else 'Unverified'})"


def _captures(paper: _Paper, captures: Sequence[Capture]) -> None:
    if captures:
        rows = ["Type Value Event Port Date/Time", *(_row(capture) for capture in captures)]
        paper.field("Source Information:", *rows)


def _row(capture: Capture) -> str:
    parts = ["IP Address", capture.written]
    if capture.event is not None:
        parts.append(capture.event)
    if capture.port is not None:
        parts.append(f"port {capture.port}")
    if capture.when is not None:
        parts.append(us_time(capture.when))
    return " ".join(parts)


def _file(paper: _Paper, file: UploadedFile) -> None:
    yes_or_no = {True: "Yes", False: "No", None: _NOT_PROVIDED}
    paper.field("Filename:", file.name)
    paper.field("Original Filename:", file.original_name)
    paper.field("MD5:", file.md5)
    paper.field("Submittal ID:", file.file_id)
    paper.text("Did Reporting ESP view entire contents of uploaded file? " + yes_or_no[file.viewed])
    paper.field("Image Categorization by ESP:", file.classification)
    paper.field("NCMEC Tags:", ", ".join(file.annotations) or None)
    if file.supplemental:
        note = "Supplemental Reported: default profile picture"
        paper.field("Additional Information:", note)
    metadata = [] if file.uploaded is None else [f"uploadTime: {file.uploaded}"]
    if file.sha1 is not None:
        metadata.append(f"SHA1: {file.sha1}")
    paper.field("ESP Metadata:", *metadata)
    _captures(paper, () if file.capture is None else (file.capture,))
