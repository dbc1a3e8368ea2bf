"""Checkpoints: signed, bound, handed on from key to key; and what two parties find together."""

from __future__ import annotations

import pytest

from graph.audit.checkpoints import NO_PREVIOUS, Checkpoint, compare, follow_from_first, read_note
from graph.audit.errors import AuditError, AuditKeyError, SignatureError
from graph.audit.heads import Head, Kept, Opening, opening_of, tree_of
from graph.audit.notes import PublicKey, require_signed, sign
from tests.graph.audit.samples import IDENTITY, Publication, head_of, publish, records, signer

RECORDS = records(60)
OTHER = records(60, log="agency:b")


def history(*, steps: int = 5, bent_from: int | None = None) -> list[Publication]:
    """Give checkpoints over two logs that grow; from one on, over other records."""
    found: list[Publication] = []
    for step in range(steps):
        own = RECORDS[: 10 * (step + 1)]
        if bent_from is not None and step >= bent_from:
            own = [b"{}", *own[1:]]
        heads = [head_of("operator", own), head_of("agency:b", OTHER[: step + 1])]
        before = found[-1].checkpoint if step > 0 else None
        found.append(publish(heads, before=before, at_us=step))
    return found


def notes(publications: list[Publication]) -> list[str]:
    """Give the notes of checkpoints."""
    return [found.note for found in publications]


def test_an_honest_chain_holds() -> None:
    good, broken = follow_from_first(notes(history()), signer().public)
    assert broken is None
    assert [found.number for found in good] == [0, 1, 2, 3, 4]
    assert follow_from_first([], None) == ([], None)


@pytest.mark.parametrize("number", range(5))
def test_a_checkpoint_signed_again_by_another_key_is_named(number: int) -> None:
    chain = history()
    forged = sign(chain[number].checkpoint.text, [signer(2)])
    bent = [*notes(chain)[:number], forged, *notes(chain)[number + 1 :]]
    _, broken = follow_from_first(bent, signer().public)
    assert broken is not None
    assert broken.number == number


def test_a_whole_chain_of_another_key_is_refused_by_the_pinned_one() -> None:
    before: Checkpoint | None = None
    forged: list[str] = []
    for found in history():
        again = Checkpoint(
            identity=found.checkpoint.identity,
            number=found.checkpoint.number,
            root=found.checkpoint.root,
            heads=found.checkpoint.heads,
            at_us=found.checkpoint.at_us,
            previous=before.digest if before is not None else found.checkpoint.previous,
            key=signer(2).public,
        )
        forged.append(sign(again.text, [signer(2)]))
        before = again
    assert follow_from_first(forged, None)[1] is None
    _, broken = follow_from_first(forged, signer().public)
    assert broken is not None
    assert broken.number == 0


@pytest.mark.parametrize("number", range(4))
def test_a_checkpoint_that_is_gone_swapped_or_doubled_is_named(number: int) -> None:
    chain = notes(history())
    for bent in (
        [*chain[:number], *chain[number + 1 :]],
        [*chain[:number], chain[number + 1], chain[number], *chain[number + 2 :]],
    ):
        _, broken = follow_from_first(bent, None)
        assert broken is not None
        assert broken.number == number
    _, doubled = follow_from_first([*chain[: number + 1], *chain[number:]], None)
    assert doubled is not None
    assert doubled.number == number + 1


def test_every_bit_of_a_note_counts() -> None:
    note = history(steps=1)[0].note.encode()
    for at in range(len(note)):
        for bit in range(8):
            changed = bytearray(note)
            changed[at] ^= 1 << bit
            text = changed.decode("utf-8", "replace")
            with pytest.raises((SignatureError, AuditError)):
                require_signed(text, signer().public)


def test_a_key_hands_over_by_a_checkpoint_that_both_sign() -> None:
    first = publish([head_of("operator", RECORDS[:10])])
    turn = publish(
        [head_of("operator", RECORDS[:20])],
        before=first.checkpoint,
        signers=[signer(), signer(2)],
    )
    after = publish(
        [head_of("operator", RECORDS[:30])], before=turn.checkpoint, signers=[signer(2)]
    )
    chain = notes([first, turn, after])
    for pinned in (None, signer().public, signer(2).public):
        good, broken = follow_from_first(chain, pinned)
        assert broken is None
        assert good[-1].key == signer(2).public
    alone = sign(turn.checkpoint.text, [signer(2)])
    _, broken = follow_from_first([first.note, alone, after.note], None)
    assert broken is not None
    assert broken.number == 1
    old_again = publish([head_of("operator", RECORDS[:30])], before=turn.checkpoint)
    _, broken = follow_from_first([*chain[:2], old_again.note], None)
    assert broken is not None
    assert broken.number == 2


def test_a_head_opens_for_its_own_agency_and_hides_the_others() -> None:
    found = history()[3]
    kept = found.kept["operator"]
    assert read_note(kept.note, kept.opening) == found.checkpoint
    for change in ({"size": 41}, {"log": "agency:b"}, {"salt": "00" * 32}, {"position": 0}):
        bent = kept.opening.model_copy(update=change)
        if bent == kept.opening:
            bent = kept.opening.model_copy(update={"position": 1})
        with pytest.raises(AuditError, match="does not hold"):
            read_note(kept.note, bent)
    text = kept.model_dump_json()
    assert "agency:b" not in text
    assert Kept.parse(text) == kept


def test_a_log_at_rest_shows_another_commitment_each_time() -> None:
    head = head_of("agency:b", OTHER)
    first = publish([head])
    second = publish([head], before=first.checkpoint)
    assert first.checkpoint.root != second.checkpoint.root


def items(*pairs: tuple[Publication, str | None]) -> list[tuple[str, Opening | None]]:
    """Give what parties bring: a note, and the head of a log where they were shown one."""
    return [(p.note, p.kept[log].opening if log is not None else None) for p, log in pairs]


def test_a_split_view_is_found_at_the_next_exchange() -> None:
    """Three agencies: one is shown a history in which record 0 was rewritten."""
    honest, bent = history(), history(bent_from=0)
    same = compare(items((honest[4], "operator"), (bent[4], "agency:b")))
    assert same.split is not None
    assert "number 4" in same.split
    later = history(bent_from=3)
    next_one = compare(items((bent[2], "operator"), (honest[3], "agency:b")))
    assert next_one.split is not None
    assert compare(items((honest[2], "operator"), (later[3], "operator"))).split is None
    assert compare(items((honest[3], None), (later[4], "operator"))).split is not None


def test_honest_checkpoints_agree_and_gaps_are_said() -> None:
    chain = history()
    close = compare(items((chain[1], "operator"), (chain[2], "agency:b"), (chain[2], None)))
    assert (close.split, close.gaps) == (None, ())
    far = compare(items((chain[1], "operator"), (chain[4], "operator")))
    assert (far.split, far.gaps) == (None, ((1, 4),))
    filled = compare(items(*[(found, None) for found in chain]))
    assert (filled.split, filled.gaps) == (None, ())


def test_two_heads_of_one_log_are_found() -> None:
    long, short = head_of("operator", RECORDS[:25]), head_of("operator", RECORDS[:10])
    first = publish([long])
    shrunk = compare(
        items((first, "operator"), (publish([short], before=first.checkpoint), "operator"))
    )
    assert shrunk.split is not None
    assert "longer" in shrunk.split
    commitments = [head.commitment(head.root) for head in (long, short)]
    twice = signed_over(commitments)
    openings = [opening_of(h, salt=h.root, commitments=commitments) for h in (long, short)]
    both = compare([(twice, openings[0]), (twice, openings[1])])
    assert both.split is not None
    assert "two heads" in both.split


def signed_over(commitments: list[bytes]) -> str:
    """Give the note of a first checkpoint over these salted heads."""
    checkpoint = Checkpoint(
        identity=IDENTITY,
        number=0,
        root=tree_of(commitments).root(len(commitments)),
        heads=len(commitments),
        at_us=0,
        previous=NO_PREVIOUS,
        key=signer().public,
    )
    return sign(checkpoint.text, [signer()])


@pytest.mark.parametrize(
    "text", ["", "crosstip", "a+b+c", "a+00000000+AAAA", signer().public.text + "x"]
)
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(AuditKeyError):
        PublicKey.parse(text)


def test_texts_that_are_no_checkpoint_are_refused() -> None:
    good = history(steps=1)[0].checkpoint
    assert Checkpoint.parse(good.text) == good
    for bent in ("", good.text + "\n", good.text.replace("heads 2", "heads 02"), good.text[:-1]):
        with pytest.raises(AuditError):
            Checkpoint.parse(bent)
    with pytest.raises(AuditError):
        Kept.parse("{}")
    assert Head(log="x", size=0, root=bytes(32)).commitment(b"1") != Head(
        log="x", size=0, root=bytes(32)
    ).commitment(b"2")
