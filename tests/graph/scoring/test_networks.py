"""Network classes: longest and most cautious entry, as of the time of the event."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import SettingsError
from graph.scoring.networks import NetworkClass, Networks, read_networks
from graph.times import parse_time


def us(text: str) -> int:
    found = parse_time(text).us
    assert found is not None
    return found


def write(folder: Path, name: str, *lines: str) -> None:
    (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.fixture
def networks(tmp_path: Path) -> Networks:
    write(
        tmp_path,
        "connection.csv",
        "network,class,from,until",
        "198.18.0.0/16,fixed,,",
        "198.18.7.0/24,carrier_nat,2026-01-01,2026-07-01",
        "2001:db8::/32,mobile,,",
    )
    write(tmp_path, "tor.csv", "address,from,until", "198.18.1.1,2026-03-01,2026-03-02")
    write(tmp_path, "hosting.csv", "network,from,until", "198.18.9.0/24,,")
    return read_networks(tmp_path)


@pytest.mark.parametrize(
    ("address", "at", "expected"),
    [
        ("198.18.1.2", "2026-03-01T12:00:00Z", "fixed"),
        ("198.18.7.2", "2025-12-31T23:59:59Z", "fixed"),
        ("198.18.7.2", "2026-01-01T00:00:00Z", "carrier_nat"),
        ("198.18.7.2", "2026-07-01T00:00:00Z", "fixed"),
        ("198.18.1.1", "2026-03-01T12:00:00Z", "anonymous"),
        ("198.18.1.1", "2026-03-02T00:00:00Z", "fixed"),
        ("198.18.9.9", "2026-03-02T00:00:00Z", "anonymous"),
        ("2001:db8::5", "2026-03-02T00:00:00Z", "mobile"),
        ("240.0.0.1", "2026-03-02T00:00:00Z", "unknown"),
    ],
)
def test_a_class_is_as_of_the_event(
    networks: Networks, address: str, at: str, expected: str
) -> None:
    assert networks.class_of(address, us(at)).value == expected


def test_without_a_time_the_most_cautious_class_counts(networks: Networks) -> None:
    assert networks.class_of("198.18.7.2", None) is NetworkClass.CARRIER_NAT


def test_without_files_every_network_is_unknown_never_fixed(tmp_path: Path) -> None:
    for folder in (None, tmp_path / "missing", tmp_path):
        assert read_networks(folder).class_of("198.18.1.2", None) is NetworkClass.UNKNOWN


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (("net,kind",), "connection.csv must begin with the columns network, class, from, until"),
        (("network,class,from,until", "198.18.0.0/16,cable,,"), "line 2: 'cable' is no network"),
        (("network,class,from,until", "198.18/99,fixed,,"), "line 2: '198.18/99' is no network"),
        (("network,class,from,until", "198.18.0.0/16"), "line 2: columns are missing"),
        (("network,class,from,until", "198.18.0.0/16,fixed,soon,"), "line 2: 'soon' is no date"),
        (
            ("network,class,from,until", "198.18.0.0/16,vpn,2026-03-01,2026-03-01"),
            "line 2: it ends before it begins",
        ),
    ],
)
def test_a_wrong_file_is_refused_with_its_line(
    tmp_path: Path, lines: tuple[str, ...], message: str
) -> None:
    write(tmp_path, "connection.csv", *lines)
    with pytest.raises(SettingsError, match=message):
        read_networks(tmp_path)
