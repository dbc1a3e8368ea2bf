"""Invented words. No name in here is a person's, a company's or a town's on purpose."""

from __future__ import annotations


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


FIRST_NAMES = _words(
    "Tavik Orlen Mirsa Belk Jorrin Ysolde Quen Farrow Ithel Sabrin Dovik Malva Perrin Osric Lunet "
    "Kestra Wendel Thessa Corvin Nadiri Ulric Zorvélle Emrik Hask Rudek "
    "Velia Iskra Tomlin Brannoc Ondine"
)
LAST_NAMES = _words(
    "Quillfen Harrowick Testerly Mockridge Sampleton Fenwhistle Dunmarrow Oakthistle Brindlemoor "
    "Larkspurr Pebblewyke Nettlecombe Ashgrovel Tarnhollow Widdersham Copperlynn Gladebrook "
    "Murkwater Fallowmere Stonepippin Øvergard Thornapple Winterbolt Hazelrigg-Synth"
)
HANDLE_FIRST = _words(
    "amber brass cedar dusky ember frost gravel hollow indigo jagged kelp lunar mossy nimbus "
    "opal pewter quartz russet silver tawny umber velvet willow xenon yonder zephyr cobalt "
    "marble copper saffron slate ivory"
)
HANDLE_SECOND = _words(
    "acorn badger comet dragonfly engine falcon gadget heron island jackdaw kettle lantern "
    "magpie needle otter paddle quill rocket saddle turnip urchin violet walnut yarrow zeppelin "
    "anchor bobbin cinder domino ferret goblet hammock"
)
CITIES = _words(
    "Exampleton Mockville Sampleford Testburgh Fixture-Springs Placeholder-Falls Dummyport "
    "Synthetic-Heights"
)
STATES = ("CO", "WA", "OH", "TN", "NM", "VT")
COUNTRIES = ("CA", "GB", "AU", "DE", "IN")
STREETS = ("Synthetic Way", "Placeholder Road", "Fixture Lane", "Sample Street", "Mock Avenue")
FILE_STEMS = ("upload", "image", "clip", "attachment", "media", "scan")
FILE_ENDINGS = ("jpg", "png", "mp4", "webp", "gif")
