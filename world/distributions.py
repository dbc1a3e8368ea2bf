"""How common everything in the synthetic world is: the one table, each line with its source.

`assumption` marks a number that no public source gives; it was chosen so that the trait occurs
often enough to be tested and seldom enough not to drown the rest. Nothing that scores links may
read this module: the world must not mark its own homework.
"""

from __future__ import annotations

from dataclasses import dataclass

from world import providers
from world.dice import Weighted
from world.features import Feature, Form
from world.providers import Provider

ASSUMPTION = "assumption"
PADMANABHAN = (
    "Padmanabhan et al., IMC 2016, doi 10.1145/2987443.2987461: whole days; shares assumption"
)
API_DOCS = "NCMEC reporting API documentation: the field is optional; share assumption"
PARSER_SEEN = "github itslily88/cybertipParser: null and missing keys, BOM; share assumption"
RFC_6269 = "RFC 6269 on address sharing; share assumption"
NCMEC_2022 = "NCMEC 2022: 26.4 of 49.4 million photos are unique; share assumption"


@dataclass(frozen=True, slots=True)
class Share:
    """How common a feature is among tips that can have it."""

    share: float
    source: str
    form: Form | None = None
    """The only format that has a place for it; None for both."""


FEATURES: dict[Feature, Share] = {
    # addresses
    Feature.CARRIER_NAT: Share(0.22, RFC_6269),
    Feature.VPN_EXIT: Share(0.06, ASSUMPTION),
    Feature.MOBILE_ADDRESS: Share(0.15, RFC_6269),
    Feature.IPV6: Share(0.35, "assumption: of tips from lines with IPv6"),
    Feature.IPV4_MAPPED: Share(0.01, ASSUMPTION),
    Feature.SERVER_PORT: Share(0.05, "github roostorg/coop sample with port 443; share assumption"),
    Feature.POSSIBLE_PROXY: Share(0.08, ASSUMPTION, Form.XML),
    # times
    Feature.MISSING_CAPTURE_TIME: Share(0.15, API_DOCS),
    Feature.NAIVE_TIME: Share(0.04, ASSUMPTION),
    Feature.COMPACT_OFFSET: Share(0.04, ASSUMPTION),
    Feature.COLON_OFFSET: Share(0.05, ASSUMPTION),
    Feature.NO_INCIDENT_TIME: Share(0.03, PARSER_SEEN, Form.JSON),
    Feature.DATE_ONLY: Share(0.01, ASSUMPTION),
    Feature.INCIDENT_TIME_DESCRIBED: Share(0.20, ASSUMPTION),
    # files
    Feature.VIRAL_FILE: Share(0.20, ASSUMPTION),
    Feature.CIRCULATING_FILE: Share(0.06, ASSUMPTION),
    Feature.KNOWN_SERIES: Share(0.004, ASSUMPTION),
    Feature.OWN_FILE_AGAIN: Share(0.25, NCMEC_2022),
    Feature.DEFAULT_AVATAR: Share(0.06, ASSUMPTION),
    Feature.EMPTY_FILE: Share(0.01, ASSUMPTION),
    Feature.TWO_MD5: Share(0.03, "github roostorg/coop sends two; share assumption", Form.XML),
    Feature.FILE_ANNOTATIONS: Share(0.15, ASSUMPTION),
    Feature.VIEWED_YES: Share(0.45, ASSUMPTION),
    Feature.VIEWED_NO: Share(0.30, ASSUMPTION),
    Feature.VIEWED_NOT_STATED: Share(0.25, API_DOCS),
    # people
    Feature.NO_REPORTED_PERSON: Share(0.03, API_DOCS),
    Feature.INTENDED_RECIPIENT: Share(0.15, ASSUMPTION),
    Feature.RECURRING_VICTIM: Share(0.05, ASSUMPTION),
    Feature.RECURRING_COMPLAINANT: Share(0.03, ASSUMPTION, Form.XML),
    Feature.PARENT_ACCOUNT: Share(0.03, ASSUMPTION, Form.XML),
    Feature.LINKED_ACCOUNT: Share(0.06, ASSUMPTION, Form.XML),
    Feature.COMPROMISED_ACCOUNT: Share(0.02, ASSUMPTION, Form.XML),
    Feature.THIRD_PARTY_USER: Share(0.01, ASSUMPTION, Form.XML),
    Feature.DEVICE: Share(0.15, ASSUMPTION, Form.XML),
    Feature.NETWORK_NAME: Share(0.02, ASSUMPTION, Form.XML),
    Feature.FREE_TEXT: Share(
        0.08, "github koebbe14 CyberTip-Analyzer: two do so; share assumption"
    ),
    Feature.COMMON_ALIAS: Share(0.15, "assumption: of people, an alias that strangers use too"),
    Feature.ALIAS_DRIFT: Share(0.20, "assumption: of accounts with tips, renamed half way"),
    Feature.FALSE_BIRTH_DATE: Share(0.10, "assumption: of stated birth dates"),
    Feature.WRONG_PLACE: Share(0.08, "github koebbe14: geolocation errs; share assumption"),
    Feature.CASE_VARIANT: Share(0.05, ASSUMPTION),
    Feature.NATIONAL_PHONE: Share(0.02, ASSUMPTION),
    Feature.RECOVERY_CONTACT: Share(0.05, ASSUMPTION, Form.XML),
    # the report itself
    Feature.WEB_PAGE: Share(0.05, ASSUMPTION),
    Feature.CONVERSATION: Share(0.15, ASSUMPTION),
    Feature.COMPANY_TEMPLATE: Share(0.70, API_DOCS, Form.XML),
    Feature.FORMER_PROVIDER_NAME: Share(0.0, "follows from the provider's dates"),
    Feature.BUNDLED: Share(0.02, ASSUMPTION),
    Feature.ESCALATED: Share(0.006, "assumption: 0.002 of all tips were urgent in 2023", Form.XML),
    Feature.IMMINENT_DANGER: Share(0.004, ASSUMPTION, Form.JSON),
    Feature.EMERGENCY: Share(0.002, ASSUMPTION, Form.JSON),
    Feature.LOWER_PRIORITY: Share(0.30, ASSUMPTION, Form.JSON),
    Feature.NCMEC_STATUS: Share(0.20, ASSUMPTION, Form.JSON),
    Feature.INFORMATIONAL: Share(0.05, ASSUMPTION, Form.XML),
    Feature.REPORT_ANNOTATIONS: Share(0.08, ASSUMPTION, Form.XML),
    Feature.MINOR_TO_MINOR: Share(0.02, ASSUMPTION, Form.XML),
    Feature.PRIOR_HELD: Share(0.20, ASSUMPTION, Form.XML),
    Feature.PRIOR_NOT_HELD: Share(0.03, ASSUMPTION, Form.XML),
    Feature.LAW_ENFORCEMENT: Share(0.01, ASSUMPTION, Form.XML),
    Feature.REDELIVERED: Share(0.01, ASSUMPTION, Form.JSON),
    Feature.BYTE_ORDER_MARK: Share(0.30, PARSER_SEEN, Form.JSON),
    Feature.NULL_KEYS: Share(0.50, PARSER_SEEN, Form.JSON),
    Feature.MISSING_KEYS: Share(0.50, PARSER_SEEN, Form.JSON),
    Feature.UNKNOWN_KEY: Share(0.02, ASSUMPTION, Form.JSON),
    Feature.OLD_INCIDENT_TYPE: Share(0.01, "CyberTipline-Tools has it; share assumption", Form.XML),
}
"""Of features that exclude each other (the first address's kind, the style of times) a tip has one
or none, each with its own share. Of viewed, not viewed and not stated, and of null and missing
keys, every tip has exactly one."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """A weighted table of values with its source."""

    table: Weighted[int]
    source: str

    @property
    def mean(self) -> float:
        """Give the mean of the draws."""
        pairs = zip(self.table.values, self.table.weights, strict=True)
        return sum(value * weight for value, weight in pairs) / sum(self.table.weights)


@dataclass(frozen=True, slots=True)
class Providers:
    """How tips are spread over providers, with the source."""

    table: Weighted[Provider]
    source: str


@dataclass(frozen=True, slots=True)
class Rate:
    """A single share with its source."""

    share: float
    source: str


@dataclass(frozen=True, slots=True)
class Amount:
    """A single number that is no share, with its source."""

    value: float
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Anonymisers:
    """Of hidden addresses, how many are of which kind; the rest are rented servers."""

    vpn: float
    tor: float
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """How many tips of a world come to one shared address of each kind; its number follows."""

    carrier: float
    mobile: float
    vpn: float
    hosting: float
    tor: float
    source: str


PROVIDERS = Providers(
    Weighted(
        (providers.CHAT, 34),
        (providers.PICTURES, 22),
        (providers.STORAGE, 12),
        (providers.GAMES, 10),
        (providers.FORUM, 6),
        (providers.PAYMENTS, 4),
        (providers.RENAMED, 12),
    ),
    "assumption after NCMEC's reports by provider: few services file most of them",
)
TIPS_PER_OFFENDER = Numbers(
    Weighted((1, 62), (2, 18), (3, 9), (4, 5), (6, 3), (9, 2), (14, 0.8), (25, 0.2)), ASSUMPTION
)
ACCOUNTS_PER_OFFENDER = Numbers(Weighted((1, 50), (2, 30), (3, 14), (4, 6)), ASSUMPTION)
EMAILS_PER_OFFENDER = Numbers(Weighted((1, 70), (2, 24), (3, 6)), ASSUMPTION)
DAYS_BETWEEN_TIPS = Numbers(Weighted((1, 20), (6, 25), (25, 30), (90, 20), (300, 5)), ASSUMPTION)
LEASE_DAYS = Numbers(
    Weighted((1, 15), (2, 5), (7, 15), (14, 15), (30, 20), (180, 30)),
    f"{PADMANABHAN}; Mishra et al., WWW 2020: many keep addresses long; whole weights",
)
ADDRESSES_PER_LINE = Amount(2.5, "assumption: a pool's addresses to the lines that the world shows")
REPORTING_DELAY_HOURS = Numbers(Weighted((1, 20), (12, 30), (48, 30), (240, 20)), ASSUMPTION)
CAPTURES_PER_TIP = Numbers(Weighted((0, 12), (1, 30), (2, 28), (3, 15), (5, 10), (8, 5)), API_DOCS)
FILES_PER_TIP = Numbers(Weighted((0, 15), (1, 50), (2, 20), (3, 10), (5, 5)), ASSUMPTION)
PEOPLE_PER_BUNDLE = Numbers(Weighted((3, 40), (5, 40), (8, 20)), ASSUMPTION)

INCIDENT_TYPE = Numbers(
    Weighted((0, 80), (1, 12), (2, 3), (3, 2), (4, 2), (5, 1)),
    "assumption after NCMEC: nearly all tips are of the first type; index into INCIDENT_TYPES",
)

TIPS_PER_EXIT = Load(
    carrier=20, mobile=16, vpn=50, hosting=400, tor=300, source=f"{RFC_6269}; thousands in truth"
)
ANONYMISERS = Anonymisers(vpn=0.65, tor=0.20, source=ASSUMPTION)
PEOPLE_PER_COMMON_ALIAS = Amount(50.0, "assumption: people of the world to each common alias")
TIPS_PER_SERIES = Amount(1_000.0, "assumption: tips of the world to each known series")

JSON_SHARE = Rate(0.55, ASSUMPTION)
ALIAS_KEPT = Rate(0.40, "assumption: the same alias at the next provider")
ACCOUNT_CLOSED = Rate(0.50, "assumption: providers close an account that they report")
SAME_PROVIDER_AGAIN = Rate(0.40, "assumption: of new accounts, at the provider of the closed one")
EMAIL_KEPT = Rate(0.45, "assumption: of new accounts, registered with the same address")
EMAIL_STATED = Rate(0.50, API_DOCS)
PHONE_STATED = Rate(0.50, API_DOCS)
SCREEN_NAME_STATED = Rate(0.85, API_DOCS)
NAME_STATED = Rate(0.55, API_DOCS)
PROFILE_URL_STATED = Rate(0.30, API_DOCS)
LOCATION_STATED = Rate(0.90, "assumption after NCMEC: over 8 % of reports lack a usable location")
MOBILE_SHARED = Rate(0.70, "RFC 6269; share assumption: of mobile subscribers behind shared exits")
LINES_WITH_IPV6 = Rate(0.45, "assumption: of lines, with IPv6 in use")
FAMILY = Rate(0.06, "assumption: of people, living with another one who has tips")
PHONE_PASSED_ON = Rate(0.08, "assumption: of numbers, later a stranger's who has tips")
SPECIAL_AGAIN = Rate(0.35, "assumption: of the further captures, from the same kind of network")
FOREIGN = Rate(0.15, "assumption: of people; NCMEC sends most others to police elsewhere")
LIST_WRONG = Rate(0.15, "assumption: of entries of network lists, wrong or missing")
PORT_STATED = Rate(0.35, "Europol IOCTA 2016: many providers keep no port; share assumption")
RECIPIENT_EMAIL_STATED = Rate(0.40, API_DOCS)
NOTE_STATED = Rate(0.30, ASSUMPTION)
UPLOAD_ADDRESS_STATED = Rate(0.15, API_DOCS)
UPLOAD_TIMED = Rate(0.70, API_DOCS)
SHA1_STATED = Rate(0.40, API_DOCS)
EXIF_VIEWED_STATED = Rate(0.40, API_DOCS)
PUBLIC_STATED = Rate(0.30, API_DOCS)
DISPLAY_NAME_STATED = Rate(0.30, API_DOCS)
BIRTH_DATE_STATED = Rate(0.50, API_DOCS)
PHONE_SPACED = Rate(0.30, "assumption: of numbers with calling code, written with blanks")
UNVERIFIED_STATED = Rate(0.50, "assumption: of unverified contacts, said so rather than silent")
CONTACT_VERIFIED = Rate(0.50, ASSUMPTION)
INVESTIGATED = Rate(0.04, "assumption: an offender with one tip whom an agency works")
INVESTIGATED_REPEAT = Rate(0.25, "assumption: an offender with several tips whom an agency works")
WORKED_TWICE = Rate(0.30, "assumption: of those, also worked by a second agency")
CLOSED = Rate(0.20, "assumption: of investigations that meet no other one")
SAME_VALUE_CLAIMED = Rate(0.50, "assumption: of those, both claim one and the same value")
