"""Tips of a world's folder, read as intake reads them and folded, without any store."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

from bench.whole import DECLARED
from graph.deliveries import Delivery
from graph.errors import CrosstipError
from graph.fold import fold
from graph.identifiers.core import Policy
from graph.services.investigations import ClaimFacts
from graph.tip_rows import version_key
from graph.tip_state import TipState, Version
from ingest.collecting import rarely_collected
from ingest.limits import DEFAULT_LIMITS
from ingest.preparing import Prepared, Preparer
from ingest.receiving import Receiver
from ingest.sources import find_files, read_file
from ingest.spool import Spool
from ingest.steps import numbered
from ingest.transform.tip import Context

_CONTENT_KEY = bytes(32)
"""Content of chats plays no part in links, so any key does."""
_FOLDERS_PER_TASK = 4


class CorpusError(CrosstipError):
    """The world cannot be read whole, so that nothing measured on it would count."""


def read_tips(world: Path, *, workers: int) -> Iterator[dict[str, TipState]]:
    """Give the tips of a world by key, some folders at a time and in the order of folders.

    A world keeps all deliveries of a tip in one folder; the caller sees to it that no key comes
    twice.

    Raises:
        CorpusError: a document does not go in, or there are none.
        IntakeError: a file cannot be read.
    """
    folders = sorted(path for path in (world / "tips").iterdir() if path.is_dir())
    if len(folders) == 0:
        raise CorpusError(f"{world} holds no tips. Give the folder that a world was written to.")
    starts = range(0, len(folders), _FOLDERS_PER_TASK)
    tasks = [folders[at : at + _FOLDERS_PER_TASK] for at in starts]
    if workers == 1:
        yield from map(fold_folders, tasks)
        return
    with ProcessPoolExecutor(max_workers=workers, mp_context=get_context("spawn")) as pool:
        yield from pool.map(fold_folders, tasks)


def fold_folders(folders: Sequence[Path]) -> dict[str, TipState]:
    """Give the tips of some folders by key.

    Raises:
        CorpusError: a document does not go in.
        IntakeError: a file cannot be read.
    """
    versions: dict[str, dict[str, Version]] = {}
    with rarely_collected():
        for folder in folders:
            for item in _prepared(find_files([folder])):
                if item.delivery is not None:
                    _add(versions, item.delivery)
        return {tip: fold(versions[tip].values()) for tip in sorted(versions)}


def read_claims(world: Path) -> tuple[ClaimFacts, ...]:
    """Give what the world's investigations claim, normalised as intake does.

    Raises:
        CorpusError: a line does not go in.
        IntakeError: the file cannot be read.
    """
    path = world / "claims.csv"
    return tuple(claim for item in _prepared([path]) for claim in item.claims)


def _prepared(paths: Sequence[Path]) -> Iterator[Prepared]:
    preparer = Preparer(
        context=Context(policy=Policy(synthetic=True), content_key=_CONTENT_KEY),
        limits=DEFAULT_LIMITS,
    )
    # Receipt splits and screens as intake does; the spool is never synced and soon gone.
    with (
        tempfile.TemporaryDirectory(prefix="crosstip-links-") as folder,
        Spool(Path(folder) / "spool") as spool,
    ):
        receiver = Receiver(spool, limits=DEFAULT_LIMITS)
        for path in paths:
            source = read_file(path, max_bytes=DEFAULT_LIMITS.max_container_bytes)
            for receipt in receiver.receive(source, numbered(source, DECLARED)):
                item = preparer.prepare(receipt.ref, receipt.document)
                if len(item.failures) > 0:
                    raise CorpusError(
                        f"{path.name} did not go in: {item.failures[0][0]} Ingest the world "
                        "and look at `crosstip quarantine list`."
                    )
                yield item


def _add(versions: dict[str, dict[str, Version]], delivery: Delivery) -> None:
    key = version_key(delivery.tip_key, delivery)
    version = Version(
        key=key,
        part=delivery.part,
        document=delivery.document.sha256,
        issued_us=delivery.issued_us,
        statement=delivery.statement,
    )
    of_tip = versions.setdefault(delivery.tip_key, {})
    known = of_tip.get(key)
    if known is None:
        of_tip[key] = version
    elif version.issued_us < known.issued_us:
        # As in the store: the earliest delivery of the same bytes counts.
        of_tip[key] = replace(known, issued_us=version.issued_us)
