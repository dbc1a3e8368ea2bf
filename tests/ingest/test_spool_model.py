"""The spool against a model of it, over random histories with crashes and power cuts."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from ingest.frames import GapKind
from ingest.spool import Spool, SpoolRef
from tests.ingest.received_documents import received


class SpoolHistory(RuleBasedStateMachine):
    """One spool, and what must, may and must not be in it."""

    def __init__(self) -> None:
        super().__init__()
        self.base = Path(tempfile.mkdtemp(prefix="spool-model-"))
        self.lives = 0
        self.next_number = 0
        self.refs: dict[int, SpoolRef] = {}
        """Documents of this life by number."""
        self.unsynced: set[int] = set()
        self.must: set[int] = set()
        """Received and not released."""
        self.may: set[int] = set()
        """Appended before a crash and never acknowledged, or released before a power cut."""
        self.released: set[int] = set()
        """In any life."""
        self.synced_size: dict[str, int] = {}

    @initialize(segment_bytes=st.sampled_from([1, 400, 3_000, 1 << 20]))
    def open_first(self, segment_bytes: int) -> None:
        """Begin with an empty spool."""
        self.segment_bytes = segment_bytes
        self.spool = Spool(self.directory, segment_bytes=segment_bytes)

    @property
    def directory(self) -> Path:
        """Where the spool of this life lies."""
        return self.base / str(self.lives)

    @rule(count=st.integers(1, 12))
    def append(self, count: int) -> None:
        """Hand in new documents."""
        for _ in range(count):
            self.refs[self.next_number] = self.spool.append(received(self.next_number))
            self.unsynced.add(self.next_number)
            self.next_number += 1

    @rule()
    def sync(self) -> None:
        """Make them received."""
        self.spool.sync()
        self.must |= self.unsynced
        self.unsynced.clear()
        self.synced_size = self.sizes()
        assert len(self.synced_size) <= len(self.must) + 1, "a segment without work was kept"

    @precondition(lambda self: len(self.refs) > 0)
    @rule(data=st.data())
    def release(self, data: st.DataObject) -> None:
        """Finish some documents, perhaps for the second time."""
        numbers = data.draw(st.sets(st.sampled_from(sorted(self.refs))))
        self.spool.release(self.refs[number] for number in numbers)
        self.must -= numbers
        self.may -= numbers
        self.unsynced -= numbers
        self.released |= numbers

    @rule()
    def tidy(self) -> None:
        """Be idle."""
        self.spool.tidy()

    @rule()
    def reopen(self) -> None:
        """End in order and start again."""
        self.spool.close()
        self.may |= self.unsynced
        self.start_again()

    @rule(data=st.data())
    def crash(self, data: st.DataObject) -> None:
        """Be killed, or lose power: what was not synced may be there in part."""
        power_cut = data.draw(st.booleans(), label="power cut")
        image = self.base / str(self.lives + 1)
        shutil.copytree(self.directory, image)
        image.chmod(0o700)
        if power_cut:
            for path in sorted(image.glob("*.spool")):
                synced = self.synced_size.get(path.name, 0)
                size = data.draw(st.integers(synced, max(synced, path.stat().st_size)))
                with path.open("r+b") as file:
                    file.truncate(size)
                    if data.draw(st.booleans(), label="zeros behind"):
                        file.truncate(size + data.draw(st.integers(0, 50)))
            for path in sorted(image.glob("*.done")):
                with path.open("r+b") as file:
                    file.truncate(data.draw(st.integers(0, path.stat().st_size)))
            self.may |= self.released
        self.spool.close()
        self.lives += 1
        self.may |= self.unsynced
        self.start_again()

    def start_again(self) -> None:
        """Read what is left, as the next process does."""
        self.unsynced = set()
        self.spool = Spool(self.directory, segment_bytes=self.segment_bytes)
        self.refs = {}
        for ref, document in self.spool.pending():
            number = int(document.report_number or "")
            assert number not in self.refs, "offered twice"
            assert document == received(number)
            self.refs[number] = ref
        assert self.must <= self.refs.keys() <= self.must | self.may
        for finding in self.spool.findings():
            # Zeros behind half a document look like damage and are kept; but nothing that was
            # synced is ever touched.
            assert finding.kind is GapKind.TORN or finding.preserved_as is not None
            assert finding.offset >= self.synced_size.get(f"{finding.segment}.spool", 0)
        # What was offered now is on the disk of the image, and thereby received.
        self.must = set(self.refs)
        self.may = set()
        self.synced_size = self.sizes()

    def sizes(self) -> dict[str, int]:
        """Give the size of each segment."""
        return {path.name: path.stat().st_size for path in self.directory.glob("*.spool")}

    @invariant()
    def offers_what_is_received(self) -> None:
        """Hold at every step: neither more nor less, in the order of receipt."""
        if not hasattr(self, "spool"):
            return
        found = [int(document.report_number or "") for _, document in self.spool.pending()]
        assert set(found) == self.must
        assert len(found) == len(self.must)
        assert found == sorted(found)

    def teardown(self) -> None:
        """Leave nothing behind."""
        if hasattr(self, "spool"):
            self.spool.close()
            if len(self.must | self.unsynced) == 0:
                assert list(self.directory.glob("*.spool")) == []
        shutil.rmtree(self.base)


TestSpoolHistory = SpoolHistory.TestCase
TestSpoolHistory.settings = settings(max_examples=60, stateful_step_count=20, deadline=None)
