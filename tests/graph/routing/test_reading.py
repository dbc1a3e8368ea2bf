"""Places, areas, files and the table of permitted recipients, each by itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.casework.seed import seed_agencies
from graph.casework.vocabulary import AgencyKind
from graph.errors import RowError, SettingsError
from graph.routing.areas import SHIPPED, Area, read_areas, shipped_areas, version_of
from graph.routing.geolocation import read_geolocation
from graph.routing.phones import phone_place
from graph.routing.places import Place, read_place
from graph.routing.recipients import TO_CONFIRM, Answer, Purpose, shipped_recipients
from tests.deliveries import MONDAY_US
from tests.graph.routing.maps import MOVED, OLD_US, write_maps

_US = "US"


@pytest.mark.parametrize(
    ("text", "countries", "expected"),
    [
        ("Mockville, CO, US (verified true)", (), Place(country=_US, state="CO", city="Mockville")),
        ("1 Mock Ave, Mockville, CO 80202", (), Place(country=_US, state="CO", city="Mockville")),
        ("Mock County, Illinois, USA", (), Place(country=_US, state="IL", county="Mock")),
        ("Mockville, CA", ("CA",), Place(country="CA", city="Mockville")),
        ("Mockville, CA", ("CA", _US), Place(country=_US, state="CA", city="Mockville")),
        ("London, GB", (), Place(country="GB", city="London")),
        ("SW1A 1AA, GB", (), Place(country="GB")),
        ("US", (), Place(country=_US)),
        ("somewhere", (), None),
        ("", (), None),
        (" , ,", (), None),
    ],
)
def test_a_place_is_what_its_text_says(
    text: str, countries: tuple[str, ...], expected: Place | None
) -> None:
    assert read_place(text, countries=countries).place == expected


def test_two_letters_that_are_a_state_and_a_country_are_doubtful_without_one() -> None:
    assert len(read_place("Mockville, CO").doubts) == 1
    assert read_place("Mockville, CO, US").doubts == ()
    assert read_place("Mockville, CO", countries=(_US,)).doubts == ()


@given(st.text(max_size=60))
def test_any_text_is_read(text: str) -> None:
    place = read_place(text).place
    assert place is None or len(place.country) == 2


def test_phones_point_to_the_area_of_their_code_and_to_no_more() -> None:
    assert phone_place("+13035550142") == Place(country=_US, state="CO")
    assert phone_place("+442083660177") == Place(country="GB")
    assert [phone_place(each) for each in ("+18005550142", "3035550142", "x")] == [None] * 3


def test_an_address_is_looked_up_in_the_file_nearest_to_the_event(tmp_path: Path) -> None:
    found = read_geolocation(write_maps(tmp_path))
    address = MOVED.replace("0.0/16", "2.3")
    then, now = (found.locate(address, at_us=at) for at in (OLD_US + 1, MONDAY_US + 1))
    assert then is not None
    assert now is not None
    assert (then.place.state, now.place.state) == ("OH", "CO")
    assert then.version != now.version
    assert found.locate("255.255.255.254", at_us=MONDAY_US) is None
    assert read_geolocation(tmp_path / "none").locate(address, at_us=0) is None
    (tmp_path / "broken.mmdb").write_bytes(b"not a map")
    with pytest.raises(SettingsError, match=r"broken\.mmdb cannot be read"):
        read_geolocation(tmp_path)


def test_the_shipped_areas_are_unverified_and_name_every_seeded_task_force() -> None:
    areas = read_areas(shipped_areas(), name=SHIPPED)
    assert {area.agency for area in areas} == {agency.key for agency in seed_agencies()}
    assert not any(area.verified for area in areas)
    assert all("verify before use" in area.source for area in areas)
    assert {a.state for a in areas if a.depth == 2} >= {a.state for a in seed_agencies()}


def _area(text: str) -> Area:
    header = shipped_areas().splitlines()[0]
    (area,) = read_areas(f"{header}\n{text}\n", name="x")
    return area


def test_an_area_covers_what_lies_in_it_for_certain_and_only_while_it_holds() -> None:
    city = _area("north,us,co,,Mockville,2020-01-01,2021-01-01,yes,test,2026-11-23")
    state = _area("north,US,CO,,,2020-01-01,,yes,test,2026-11-23")
    there = Place(country=_US, state="CO", city="MOCKVILLE")
    assert city.covers(there)
    assert state.covers(there)
    assert not city.covers(Place(country=_US, state="CO"))
    assert not state.covers(Place(country=_US))
    assert (city.depth, state.depth) == (4, 2)
    end = city.until_us or 0
    assert (city.holds_at(end - 1), city.holds_at(end), state.holds_at(end)) == (True, False, True)
    assert version_of([city]) != version_of([state])


def test_an_agencys_area_stands_once_in_a_file() -> None:
    header = shipped_areas().splitlines()[0]
    line = "north,US,CO,,,2020-01-01,,yes,test,2026-11-23\n"
    with pytest.raises(RowError, match="twice"):
        read_areas(f"{header}\n{line}{line}", name="x")
    with pytest.raises(RowError, match="first line must be"):
        read_areas(line, name="x")


def test_the_table_of_recipients_answers_everything_and_is_all_for_counsel() -> None:
    table = shipped_recipients()
    lines = [table.permit(kind, purpose) for kind in AgencyKind for purpose in Purpose]
    assert {line.status for line in lines} == {TO_CONFIRM}
    assert all(line.paragraph.startswith("18 U.S.C. 2258A(g)(") for line in lines)
    assert [line.is_warning for line in lines] == [
        line.answer is not Answer.PERMITTED for line in lines
    ]
    assert table.permit(AgencyKind.FOREIGN).purpose is Purpose.FOREIGN_LAW
    assert table.permit(AgencyKind.FOREIGN).is_warning
