"""What a tip says about files. No file exists: names are invented, hashes are random."""

from __future__ import annotations

from world import distributions
from world.calendar_text import HOUR
from world.dice import Dice
from world.drafts import Capture, UploadedFile
from world.features import Feature
from world.people import Offender, md5
from world.rolls import Rolls
from world.setting import EMPTY_FILE_MD5
from world.words import FILE_ENDINGS, FILE_STEMS

_ANNOTATIONS = (
    "generativeAi",
    "animeDrawingVirtualHentai",
    "possibleSelfProduction",
    "liveStreaming",
    "infant",
    "physicalHarm",
)
_YES_NO = (True, False)
_CLASSES = ("A1", "A2", "B1", "B2", None, None, None)
VIEWED = {Feature.VIEWED_YES: True, Feature.VIEWED_NO: False, Feature.VIEWED_NOT_STATED: None}


def sha1_of(md5_text: str) -> str:
    """Give the SHA-1 that goes with an MD5: the same one in every tip, random to look at."""
    return Dice("sha1", md5_text).hexadecimal(40)


def _viewed(rolls: Rolls) -> bool | None:
    return VIEWED[rolls.among(*VIEWED)]


def _media_hashes(person: Offender, rolls: Rolls) -> list[str]:
    """Give the MD5 of the tip's media; what is shared by others or the world comes first."""
    dice, setting = rolls.dice, rolls.setting
    count = rolls.count(distributions.FILES_PER_TIP)
    if rolls.forced:
        count = max(count, 1)
    if count == 0 and Feature.BUNDLED not in rolls.hits:
        return []
    hashes: list[str] = []
    if Feature.BUNDLED in rolls.hits:
        rolls.hits.add(Feature.VIRAL_FILE)
        hashes.append(setting.viral_md5)
    elif rolls.hit(Feature.VIRAL_FILE):
        hashes.append(setting.viral_md5)
    if rolls.hit(Feature.CIRCULATING_FILE):
        favourite = int(dice.random() ** 2 * len(setting.circulating))
        hashes.append(setting.circulating[favourite])
    if rolls.hit(Feature.KNOWN_SERIES):
        hashes.append(dice.one(setting.more_series))
    if rolls.hit(Feature.OWN_FILE_AGAIN):
        hashes.append(dice.one(person.library))
    if rolls.hit(Feature.EMPTY_FILE):
        hashes.append(EMPTY_FILE_MD5)
    while len(hashes) < count:
        hashes.append(md5(dice))
    return hashes


def _capture(person: Offender, rolls: Rolls, when: int) -> Capture:
    address = person.household.ipv4(when)
    return Capture(address=address, written=address, event="Upload", when=rolls.time(when))


def uploaded_file(
    hash_text: str,
    rolls: Rolls,
    *,
    viewed: bool | None,
    person: Offender | None = None,
    supplemental: bool = False,
) -> UploadedFile:
    """Give one file of a tip by its MD5; with the person, perhaps the address of the upload."""
    dice, viral = rolls.dice, hash_text == rolls.setting.viral_md5
    notes: tuple[str, ...] = ("viral", "potentialMeme") if viral else ()
    if not viral and not supplemental and rolls.hit(Feature.FILE_ANNOTATIONS):
        notes = (dice.one(_ANNOTATIONS),)
    uploaded = rolls.incident - dice.below(HOUR)
    ending = dice.one(FILE_ENDINGS)
    identifier = dice.hexadecimal(32)
    plain = viral or supplemental
    return UploadedFile(
        file_id=identifier,
        md5=hash_text,
        sha1=sha1_of(hash_text) if rolls.stated(distributions.SHA1_STATED) else None,
        second_md5=md5(dice) if not plain and rolls.hit(Feature.TWO_MD5) else None,
        name=f"{identifier[:8]}.{ending}",
        original_name=f"{dice.one(FILE_STEMS)}_{dice.below(10_000):04d}.{ending}",
        viewed=viewed,
        exif_viewed=viewed if dice.chance(distributions.EXIF_VIEWED_STATED.share) else None,
        public=dice.one(_YES_NO) if dice.chance(distributions.PUBLIC_STATED.share) else None,
        supplemental=supplemental,
        classification=None if plain else dice.one(_CLASSES),
        annotations=notes,
        uploaded=rolls.time(uploaded) if rolls.stated(distributions.UPLOAD_TIMED) else None,
        capture=_capture(person, rolls, uploaded)
        if person is not None and rolls.stated(distributions.UPLOAD_ADDRESS_STATED)
        else None,
    )


def uploaded_files(person: Offender, rolls: Rolls) -> tuple[UploadedFile, ...]:
    """Give the files of a tip, at most six; some carry the address of their upload."""
    hashes = _media_hashes(person, rolls)
    has_avatar = rolls.hit(Feature.DEFAULT_AVATAR)
    if not hashes and not has_avatar:
        return ()
    viewed = _viewed(rolls)
    files = [uploaded_file(text, rolls, viewed=viewed, person=person) for text in hashes]
    if has_avatar:
        avatar = rolls.setting.avatar_md5
        files.append(uploaded_file(avatar, rolls, viewed=viewed, supplemental=True))
    return tuple(files)
