"""Whose value is it: strangers' or one prolific person's?"""

from __future__ import annotations

from dataclasses import replace
from importlib.resources import files

import pytest

from graph.errors import SettingsError
from graph.identifiers.core import IdentifierKind
from graph.roles import Role
from graph.scoring.hub_rules import parse_hub_rules, shipped_hub_rules
from graph.scoring.hub_states import DAY_US, Finding, Holder, beside_viral, finding_of, to_compare
from graph.scoring.kinship import Kinship, holds, kinship_of, sample_of
from graph.scoring.observations import Observation, Profile
from tests.graph.scoring.profiles import NOON_US, account, basis, email, file_hash, seen, tip

RULES = shipped_hub_rules()
KIND = IdentifierKind.EMAIL
KEY = "club@example.org"
SHARED = email(KEY)


def birth(number: int) -> str:
    return f"birth:19{10 + number}-01-01"


def strangers(count: int, *shared: Observation) -> list[Profile]:
    return [
        tip(account(f"a{n}"), *shared, name=f"ncmec:{n:03}", traits=[birth(n)])
        for n in range(count)
    ]


def kinship(holders: list[Profile], kind: IdentifierKind = KIND, key: str = KEY) -> Kinship:
    return kinship_of(kind, key, holders, basis=basis(), sampling=RULES.sample)


def finding(
    holders: list[Profile], kind: IdentifierKind = KIND, key: str = KEY, *, band: int = 4
) -> Finding | None:
    return finding_of(RULES, kind, key, band=band, profiles=holders, basis=basis())


def test_strangers_with_one_address_share_it() -> None:
    found = finding(strangers(20, SHARED))
    assert found is not None
    assert found.state == "shared"
    assert "between 16 and 31 tips" in found.why
    assert KEY not in found.why


def test_one_person_with_ever_new_accounts_shares_nothing() -> None:
    """The same phone and date of birth in some tips relate all of them, over each other."""
    own = [
        tip(
            account(f"a{n}"),
            SHARED,
            *([seen(IdentifierKind.PHONE, "+12025550100")] if n % 2 == 0 else []),
            name=f"ncmec:{n:03}",
            traits=[birth(1)] if n % 3 == 0 else [],
        )
        for n in range(20)
    ]
    assert kinship(own).per_cent > 50
    assert finding(own) is None


def test_thin_tips_are_no_strangers() -> None:
    """Another account at the same provider does not make another person of an address's holder."""
    thin = [tip(account(f"a{n}"), SHARED, name=f"ncmec:{n:03}") for n in range(20)]
    assert kinship(thin).comparable == 0
    assert finding(thin) is None


@pytest.mark.parametrize("differs", ["phone", "country", "both contacts"])
@pytest.mark.parametrize("kind", ["Email", "Phone", "Device", "Account"])
def test_one_kind_of_difference_makes_nobody_strangers(kind: str, differs: str) -> None:
    """A prolific person has throwaway phones and e-mail addresses, and VPN exits anywhere."""
    of_kind = IdentifierKind(kind)
    key = "chat||ann" if of_kind is IdentifierKind.ACCOUNT else "kept"
    tips = [
        tip(
            account(f"a{n}", provider=f"p{n}"),
            seen(of_kind, key),
            *([seen(IdentifierKind.PHONE, f"+155555501{n:02}")] if differs != "country" else []),
            *([email(f"m{n}@example.com")] if differs == "both contacts" else []),
            name=f"ncmec:{n:03}",
            traits=[f"country:{'ABCDEFGHIJKLMNOPQRST'[n]}X"] if differs == "country" else [],
        )
        for n in range(20)
    ]
    assert kinship(tips, of_kind, key).comparable == 0
    assert finding(tips, of_kind, key) is None


def test_two_kinds_of_difference_make_strangers() -> None:
    tips = [
        tip(
            SHARED,
            seen(IdentifierKind.PHONE, f"+155555501{n:02}"),
            name=f"ncmec:{n:03}",
            traits=[f"country:{'ABCDEFGHIJKLMNOPQRST'[n]}X"],
        )
        for n in range(20)
    ]
    assert finding(tips) is not None


def test_one_providers_tips_about_one_account_are_one_persons() -> None:
    key = "chat||ann"
    name = seen(IdentifierKind.SCREEN_NAME, "chat|ann.one")
    tips = [tip(account("ann"), name, name=f"ncmec:{n:03}") for n in range(20)]
    assert kinship(tips, IdentifierKind.ACCOUNT, key).per_cent == 100
    assert finding(tips, IdentifierKind.ACCOUNT, key) is None


def test_a_guest_account_whose_record_always_differs_is_shared() -> None:
    tips = [
        tip(
            account("guest"),
            seen(IdentifierKind.SCREEN_NAME, f"chat|visitor{n}"),
            email(f"v{n}@example.com"),
            name=f"ncmec:{n:03}",
        )
        for n in range(20)
    ]
    found = finding(tips, IdentifierKind.ACCOUNT, "chat||guest")
    assert found is not None
    assert found.state == "shared"


def test_a_family_makes_too_few_groups() -> None:
    family = [
        tip(account(f"a{n % 4}"), SHARED, name=f"ncmec:{n:03}", traits=[birth(n % 4)])
        for n in range(20)
    ]
    assert kinship(family).groups == 4
    assert finding(family) is None


def test_what_very_many_hold_relates_nobody() -> None:
    """Else two values that stand in one provider's template would excuse each other."""
    hotline = seen(IdentifierKind.PHONE, "+12025550199", band=8)
    holders = [replace(p, observations=(*p.observations, hotline)) for p in strangers(20, SHARED)]
    assert finding(holders) is not None
    rarer = replace(hotline, band=4)
    related = [replace(p, observations=(*p.observations, rarer)) for p in strangers(20, SHARED)]
    assert finding(related) is None


def test_of_a_bundle_only_the_holders_own_person_counts() -> None:
    others = [email("x@example.com", person="two")]
    bundles = [
        tip(
            account(f"a{n}", person="one"),
            email(KEY, person="one"),
            seen(IdentifierKind.PHONE, f"+120255501{n:02}", person="one"),
            *others,
            name=f"ncmec:{n:03}",
            bundled=True,
        )
        for n in range(20)
    ]
    assert kinship(bundles).related == 0


def held(
    count: int, *, days: int = 10, providers: int = 4, first_us: int = NOON_US
) -> list[Holder]:
    return [
        Holder(
            tip=f"ncmec:{n:04}",
            provider=f"p{n % providers}",
            at_us=first_us + n * days * DAY_US // count,
        )
        for n in range(count)
    ]


FILE = IdentifierKind.FILE_HASH


@pytest.mark.parametrize(
    ("holders", "is_quick"),
    [
        (held(64), True),
        (held(64, providers=2), False),
        (held(64, days=600), False),
        (held(64, first_us=NOON_US - 500 * DAY_US), False),
        (held(31), False),
    ],
)
def test_quick_is_many_tips_of_several_providers_within_days(
    holders: list[Holder], *, is_quick: bool
) -> None:
    found = to_compare(RULES, FILE, "md5:7", holders, newest_us=NOON_US + 30 * DAY_US)
    assert (len(found) > 0) == is_quick


def test_a_file_of_strangers_is_viral_and_one_of_a_ring_is_not() -> None:
    viral = finding(strangers(24, file_hash("md5:7")), FILE, "md5:7", band=6)
    assert viral is not None
    assert viral.state == "viral"
    ring = [
        replace(p, observations=(*p.observations, email("ring@example.com")))
        for p in strangers(24, file_hash("md5:7"))
    ]
    assert finding(ring, FILE, "md5:7", band=6) is None


def test_another_hash_of_a_viral_file_is_viral() -> None:
    both = [file_hash("md5:7", file_id="f"), file_hash("sha1:7", file_id="f")]
    tips = strangers(24, *both)
    found = beside_viral(RULES, "sha1:7", band=5, profiles=tips, viral={"md5:7"})
    assert found is not None
    assert found.state == "viral"
    lone = [*tips[:-1], tip(file_hash("sha1:7", file_id="f"))]
    assert beside_viral(RULES, "sha1:7", band=5, profiles=lone, viral={"md5:7"}) is None
    assert beside_viral(RULES, "md5:7", band=5, profiles=tips, viral={"md5:7"}) is None


@pytest.mark.parametrize("own_file", ["r", None])
@pytest.mark.parametrize("own", ["md5:ring", "sha1:ring"])
def test_a_rings_own_file_beside_a_viral_one_is_not_viral(own: str, own_file: str | None) -> None:
    """It is passed on with a picture that goes round; it is another file all the same."""
    meme = file_hash("md5:7", file_id="m" if own_file is not None else None)
    ring = [
        tip(meme, file_hash(own, file_id=own_file), account("boss"), name=f"ncmec:{n:03}")
        for n in range(24)
    ]
    assert beside_viral(RULES, own, band=5, profiles=ring, viral={"md5:7"}) is None


def test_the_sample_does_not_depend_on_the_order_of_arrival() -> None:
    tips = [f"ncmec:{n}" for n in range(100)]
    assert sample_of(KIND, KEY, tips, size=24) == sample_of(KIND, KEY, reversed(tips), size=24)
    assert len(set(sample_of(KIND, KEY, tips, size=24))) == 24


def test_who_is_written_to_or_mentioned_does_not_hold_the_value() -> None:
    roles = [role for role in Role if holds(KIND, role)]
    assert roles == [Role.REPORTED, Role.FILE]
    assert holds(FILE, Role.MENTIONED)


def test_a_table_with_two_rules_for_one_kind_is_refused() -> None:
    text = files("graph").joinpath("data", "hub_states.toml").read_text(encoding="utf-8")
    assert parse_hub_rules(text) == RULES
    with pytest.raises(SettingsError, match="two rules"):
        parse_hub_rules(text.replace('kind = "Url"', 'kind = "Phone"'))
    with pytest.raises(SettingsError, match="no table"):
        parse_hub_rules(text.replace("least_band = 3", "least_band = 1"))
