"""What is taken out of free text, and what is left in it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.roles import Role
from ingest.limits import Limits
from ingest.readers.collect import Collector
from ingest.readers.drafts import Bearer
from ingest.readers.mining import mine

_SUSPECT = "Suspect email: x@example.com"


def _found(text: str) -> list[str]:
    return [f"{one.kind.value} {one.value}" for one in mine(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mail a.b+c@mail.example.com.", ["Email a.b+c@mail.example.com"]),
        (
            "<x_y@example.co.uk>, or z@xn--exmple-cua.example",
            [
                "Email x_y@example.co.uk",
                "Email z@xn--exmple-cua.example",
            ],
        ),
        ("müller@exämple.org", ["Email müller@exämple.org"]),
        ("not@localhost, @handle, a@b", []),
        ("call +1 (212) 555-0142 now", ["Phone +1 (212) 555-0142"]),
        ("+44 20 7946 0123, +12125550143.", ["Phone +44 20 7946 0123", "Phone +12125550143"]),
        ("2+2, +5 points, C++11, a+1234567890", []),
        ("212-555-0144 without a label or country", []),
        ("Phone: 212-555-0144", ["Phone 212-555-0144"]),
        ("from 198.18.1.2:51000 and 240.0.0.1.", ["IpAddress 198.18.1.2", "IpAddress 240.0.0.1"]),
        ("version 1.2.3.4.5, v1.2.3.4, 300.1.1.1, 1.2.3", []),
        (
            "at [2001:db8::1]:443 or 2001:DB8:0:0:0:0:0:2",
            [
                "IpAddress 2001:db8::1",
                "IpAddress 2001:DB8:0:0:0:0:0:2",
            ],
        ),
        ("::ffff:198.18.0.1", ["IpAddress ::ffff:198.18.0.1"]),
        ("at 12:34:56, MAC 00:11:22:33:44:55, std::vector", []),
        ("see https://www.example.com/a?b=c#d), ok", ["Url https://www.example.com/a?b=c#d"]),
        (
            "HTTP://EXAMPLE.NET/x and ftp://files.example.org/y",
            [
                "Url HTTP://EXAMPLE.NET/x",
                "Url ftp://files.example.org/y",
            ],
        ),
        ("www.example.com/z", ["Url www.example.com/z"]),
        (
            "https://a.example.com/u@b.example.com",
            ["Email u@b.example.com", "Url https://a.example.com/u@b.example.com"],
        ),
        ("md5 " + "a1" * 16, ["FileHash " + "a1" * 16]),
        ("A1" * 20 + " " + "0f" * 32, ["FileHash " + "A1" * 20, "FileHash " + "0f" * 32]),
        ("a1" * 17 + " " + "aB1b" * 8, []),
        ("Username: night_owl", ["ScreenName night_owl"]),
        ("User-ID = 77881", ["Account 77881"]),
        ("Kik account: some.one", ["ScreenName some.one"]),
        ("username: unknown; handle: n/a", []),
        ("The user name is not known: he left", []),
        ("Message ID: 55 File ID: 66 Thread account id: 77", []),
        ("line: 5, signal: strong", []),
        ("", []),
    ],
)
def test_what_is_found(text: str, expected: list[str]) -> None:
    assert _found(text) == expected


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Suspect email: x@example.com", Role.REPORTED),
        ("Reported user's IP: 198.18.0.1", Role.REPORTED),
        ("Victim's Snapchat username: kid_2010", Role.VICTIM),
        ("Child victim phone: +12125550145", Role.VICTIM),
        ("Parent email: mum@example.org", Role.PARENT_GUARDIAN),
        ("Mother of victim, reporter email: r@example.org", Role.REPORTER),
        ("Intended recipient handle: someone", Role.INTENDED_RECIPIENT),
        ("Subject: write@example.com", None),
        ("The suspect wrote to y@example.com", None),
        ("Suspect left. Email: z@example.com", None),
    ],
)
def test_a_label_says_whose_it_is(text: str, role: Role | None) -> None:
    assert [one.role for one in mine(text)] == [role]


def test_a_label_names_the_platform() -> None:
    found = {
        one.value: one.platform for one in mine("Snapchat username: aa1\nkik: bb2\nhandle: cc3")
    }

    assert found == {"aa1": "snapchat", "bb2": "kik", "cc3": None}


def test_the_place_is_where_the_value_stands() -> None:
    text = "IP 198.18.0.9, Username: owl_1, o@example.com +1 212 555 0146 https://www.example.com/q"

    found = list(mine(text))

    assert len(found) == 5
    for one in found:
        assert text[one.place : one.place + len(one.value)] == one.value


def test_protected_blocks_keep_their_role_whatever_a_label_says() -> None:
    collector = Collector(Limits())

    collector.note(
        "victim[0]/additionalInfo", "Suspect email: x@example.com", Bearer(role=Role.VICTIM)
    )
    collector.note("notes", "Suspect email: x@example.com")

    assert [one.role for one in collector.assertions] == [Role.VICTIM, Role.REPORTED]


def test_more_identifiers_than_the_limit_are_counted_not_taken() -> None:
    collector = Collector(Limits(max_mined=10))

    collector.note("notes", " ".join(f"u{n}@example.com" for n in range(50)))

    assert len(collector.assertions) == 10
    record = collector.finished(part="p", number=None, number_source=None, synthetic=False)
    assert [(one.why, one.path) for one in record.unknown] == [("text", "notes")]


@pytest.mark.parametrize(
    "unit",
    [
        "a", "@", "a@", "a.b@c.", "+1 ", "1.", "1:", "::", "https://", "username: ", "f", "www.",
        "a@b.c.d.e.f.g.h.i.j.k ", "0123456789abcdef", "user ", ":", "=", "phone: 1", "/", "é",
        "suspect's ", "+1-", "1.1.1.1:", "://",
    ],
)  # fmt: skip
def test_hostile_text_takes_time_in_proportion_to_its_length(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    began = time.process_time()

    for _ in zip(mine(text), range(1001), strict=False):
        pass

    assert time.process_time() - began < 2


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="a1.@:/+- \n_=é[]()f\ud800\x00w", max_size=200))
def test_mining_never_fails_and_never_leaves_the_text(text: str) -> None:
    for one in mine(text):
        assert text[one.place : one.place + len(one.value)] == one.value
