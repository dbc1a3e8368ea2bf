"""Broken reports as PDF: each one defect, what is stated all the same, and what is told."""

from __future__ import annotations

from dataclasses import dataclass

from tests.ingest.formats.printed import HEAD, document, lines_of, report

_A = "# Section A: Reported Information"
MD5, OTHER = "0123456789abcdef0123456789abcdef", "fedcba9876543210fedcba9876543210"
_SUSPECT = ("# Suspect", "ESP User ID: 17")
SEVENTEEN = ("reported Account 17",)


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenPdf:
    """One defect."""

    name: str
    data: bytes
    told: str
    """Words that stand in a reason, an unknown item, a detail or a text."""
    said: tuple[str, ...] | None = ()
    """Identifiers that are stated; None when the document is refused."""


def _pages(*pages: tuple[str, ...], empty: tuple[int, ...] = ()) -> bytes:
    found = [lines_of(*texts, page=n) for n, texts in enumerate(pages, start=1)]
    return document(*found, empty=empty)


_KEPT: dict[str, tuple[tuple[str, ...], str, tuple[str, ...]]] = {
    "a preface": (("A preface of somebody.", *_SUSPECT), "A preface", SEVENTEEN),
    "a chat without labels": (
        ("# Chat/IM", "kim said hello at 3", *_SUSPECT),
        "kim said",
        SEVENTEEN,
    ),
    "a web page without labels": (
        ("# Webpage/URL", "somewhere on a page", *_SUSPECT),
        "somewhere",
        SEVENTEEN,
    ),
    "an incident without labels": (
        ("# Incident Information", "it took place", *_SUSPECT),
        "it took",
        SEVENTEEN,
    ),
    "a person without labels": (("# Suspect", "kim_01 is the name"), "kim_01 is", ()),
    "files without labels": (
        ("# Uploaded Files", "three files were sent", *_SUSPECT),
        "three files",
        SEVENTEEN,
    ),
    "an unknown label": (("# Suspect", "Shoe Size: 44", "ESP User ID: 17"), "44", SEVENTEEN),
    "a file's label in a person": (
        ("# Suspect", f"MD5: {MD5}", "ESP User ID: 17"),
        MD5,
        SEVENTEEN,
    ),
    "a person's label in a file": (
        ("# Uploaded Files", "Filename: a.jpg", "Screen Name: kim"),
        "kim",
        (),
    ),
    "a label spelt wrong": (
        ("# Suspect", "Screne Name: kim", "ESP User ID: 17"),
        "kim",
        SEVENTEEN,
    ),
    "a label of another language": (
        ("# Suspect", "Nom: kim", "ESP User ID: 17"),
        "kim",
        SEVENTEEN,
    ),
    "a number of an account twice": (
        ("# Suspect", "ESP User ID: 17", "ESP User ID: 17"),
        "",
        SEVENTEEN * 2,
    ),
    "two births": (
        (
            "# Suspect",
            "Date of Birth: 03-04-1990",
            "Date of Birth: 03-05-1991",
            "ESP User ID: 17",
        ),
        "1991",
        SEVENTEEN,
    ),
    "an unknown heading": (
        (*_SUSPECT, "# Bystander", "Email Address: kim@example.org"),
        "kim@example.org",
        SEVENTEEN,
    ),
    "an unknown heading behind a provider": (
        (
            "# Reporting ESP",
            "Submitter: Example Social",
            "# Lawyers",
            "Email Address: law@example.com",
            *_SUSPECT,
        ),
        "",
        SEVENTEEN,
    ),
    "a row of captures of no kind": (
        ("# Suspect", "b Source Information: Type Value", "> Pigeon 17 Login"),
        "Pigeon 17",
        (),
    ),
    "a row of no kind behind a good one": (
        (
            "# Suspect",
            "b Source Information: Type Value",
            "> IP Address 198.18.0.4 Login 01-02-2026 03:04:05 UTC",
            "> Pigeon 17 Login",
        ),
        "Pigeon 17",
        ("reported IpAddress 198.18.0.4",),
    ),
    "metadata without a colon": (
        ("# Uploaded Files", "b Filename: a.jpg", "b ESP Metadata: loose words", "> Other: x"),
        "loose words",
        (),
    ),
    "a remark below a name": (
        ("# Suspect", "ESP User ID: 17", "(See Section B of it)"),
        "(See Section B",
        SEVENTEEN,
    ),
}
"""Lines of which nothing is understood; all are kept."""


def _kept() -> list[BrokenPdf]:
    """Give lines of which nothing is understood; all are kept."""
    return [
        BrokenPdf(name=n, data=report(*lines), told=w, said=said)
        for n, (lines, w, said) in _KEPT.items()
    ]


_H = (*HEAD, _A)
_MIXED = "pages of two reports"
_FOOT = "CyberTipline Report 123456789 | {}"
_WRONG: list[tuple[str, bytes, str, tuple[str, ...] | None]] = [
    (
        "pages of two reports",
        _pages(
            (*_H, *_SUSPECT),
            ("CyberTipline Report 987654321", "# Suspect", "ESP User ID: 18"),
        ),
        _MIXED,
        None,
    ),
    (
        "the foot of another report",
        _pages(
            (*_H, *_SUSPECT, _FOOT.format(1)),
            ("ESP User ID: 18", "CyberTipline Report 987654321 | 2"),
        ),
        _MIXED,
        None,
    ),
    (
        "the page of another report between",
        _pages(
            (*_H, *_SUSPECT),
            ("CyberTip Report: 987654321 - Page 2", "x y"),
            ("Email Address: a@example.org",),
        ),
        _MIXED,
        None,
    ),
    (
        "a list of related reports at a page's end",
        _pages(
            (*_H, *_SUSPECT, _FOOT.format(1)),
            ("CyberTipline Report 987654321", "x y", _FOOT.format(2)),
        ),
        "",
        SEVENTEEN,
    ),
    (
        "the second of three pages lacks",
        _pages((*_H, *_SUSPECT, "Page 1 of 3"), ("Gender: Male", "Page 3 of 3")),
        "not found: page 2",
        SEVENTEEN,
    ),
    (
        "the last page lacks",
        _pages((*_H, *_SUSPECT, "Page 1 of 2")),
        "not found: page 2",
        SEVENTEEN,
    ),
    (
        "the first pages lack",
        _pages((*_H, *_SUSPECT, _FOOT.format(3)), ("Gender: Male", _FOOT.format(4))),
        "not found: page 1, 2",
        SEVENTEEN,
    ),
    (
        "pages in another order",
        _pages((*_H, *_SUSPECT, _FOOT.format(2)), ("Gender: Male", _FOOT.format(1))),
        "another order",
        SEVENTEEN,
    ),
    (
        "a page of pictures",
        _pages((*_H, *_SUSPECT), empty=(2,)),
        "no text on page 2",
        SEVENTEEN,
    ),
    ("nothing but pictures", _pages(empty=(1, 2)), "a PDF of pictures", None),
    ("no report", _pages(("A bill", "of 17 crowns")), "no CyberTip", None),
    (
        "a number in a sentence",
        _pages(("We refer to CyberTipline Report 123456700.",)),
        "no CyberTip",
        None,
    ),
    ("a number alone", _pages(HEAD), "", ()),
    (
        "a summary on the first page",
        _pages((*HEAD, "Three files, apparent", _A, *_SUSPECT)),
        "Three files",
        SEVENTEEN,
    ),
    (
        "section A lacks",
        _pages((*HEAD, "# Section B: Automated Information", "IP Address: 198.18.0.9")),
        "198.18.0.9",
        (),
    ),
    (
        "section D before section A",
        _pages(
            (
                *HEAD,
                "# Section D: Law Enforcement",
                "Email Address: o@police.example",
                _A,
                *_SUSPECT,
            )
        ),
        "o@police.example",
        SEVENTEEN,
    ),
    (
        "section A twice",
        _pages((*_H, *_SUSPECT, _A, "# Suspect", "ESP User ID: 18")),
        "",
        ("reported Account 17", "reported Account 18"),
    ),
    (
        "an officer in section D",
        _pages(
            (
                *_H,
                *_SUSPECT,
                "# Section D: Law Enforcement Contact Information",
                "Email Address: o@police.example",
            )
        ),
        "o@police.example",
        SEVENTEEN,
    ),
    (
        "no order of dates",
        _pages(("CyberTipline Report 123456789", _A, *_SUSPECT, "Date of Birth: 01-02-1990")),
        "",
        SEVENTEEN,
    ),
]


def _pages_wrong() -> list[BrokenPdf]:
    return [BrokenPdf(name=n, data=d, told=w, said=said) for n, d, w, said in _WRONG]


BROKEN = [*_kept(), *_pages_wrong()]
