"""The closed lists of NCMEC's reporting API, for counting what stands outside them.

Source: CyberTipline Reporting API documentation (report.cybertip.org/ispws/documentation), read
through the models of the PyPI package `ncmec-cybertip` 0.1.1 and CyberTipline-Tools (bdac42b).
"""

from __future__ import annotations

from ingest.readers.collect import folded

INCIDENT_TYPES = folded(
    (
        "Child Pornography (possession, manufacture, and distribution)",
        "Child Sex Trafficking",
        "Child Sex Tourism",
        "Child Sexual Molestation",
        "Misleading Domain Name",
        "Misleading Words or Digital Images on the Internet",
        "Online Enticement of Children for Sexual Acts",
        "Online Enticement of Children for Sexual Act",
        "Unsolicited Obscene Material Sent to a Child",
    )
)
"""One public library ships `Sexual Act`; both are known, the raw text is kept."""
EVENTS = folded(("Login", "Registration", "Purchase", "Upload", "Other", "Unknown"))
PHONE_TYPES = folded(("Mobile", "Home", "Business", "Work", "Fax", "Internet", "Recovery"))
EMAIL_TYPES = folded(("Home", "Work", "Business", "Recovery"))
ADDRESS_TYPES = folded(("Home", "Business", "Billing", "Shipping", "Technical"))
ACCOUNT_TYPES = folded(("Billing", "Linked", "Business", "Creator", "Parent/Guardian", "Other"))
RELEVANCES = folded(("Reported", "Supplemental Reported"))
CLASSIFICATIONS = folded(("A1", "A2", "B1", "B2"))
BATCH_REASONS = folded(("VIRAL_POTENTIAL_MEME",))
DETAIL_TYPES = folded(("EXIF", "HASH"))
REPORT_ANNOTATIONS = frozenset(
    {
        "sextortion",
        "csamSolicitation",
        "minorToMinorInteraction",
        "spam",
        "sadisticOnlineExploitation",
        "informational",
        "potentialAggravatingFactors",
        "instrumentalUse",
    }
)
FILE_ANNOTATIONS = frozenset(
    {
        "animeDrawingVirtualHentai",
        "potentialMeme",
        "viral",
        "possibleSelfProduction",
        "physicalHarm",
        "violenceGore",
        "bestiality",
        "liveStreaming",
        "infant",
        "generativeAi",
    }
)
