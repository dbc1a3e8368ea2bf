"""An extract made by a job: gathered, logged for each tip that leaves, and written."""

from __future__ import annotations

from graph.casework.deeds import Deed
from graph.casework.rights import require
from graph.errors import QuestionError
from graph.exchange.formats import Manifest, written
from graph.services.export_rows import Sight
from graph.services.extracting import Choice, gather
from graph.services.extracting_claims import with_claims
from graph.services.showing import note_shown


def extract_whole(sight: Sight) -> bytes:
    """Give the bytes of the extract that is wanted, and say what is not in it.

    Raises:
        QuestionError: the job names no extract.
        NotFoundError, RightsError, StoreError: as `gather` raises them.
    """
    data, manifest = extract_made(sight)
    sight.records |= {*manifest.tips, *manifest.claims}
    sight.left_out += manifest.left_out
    sight.notes += [said for said in manifest.says if said not in manifest.left_out]
    sight.proof = manifest.text().decode("ascii")
    return data


def extract_made(sight: Sight) -> tuple[bytes, Manifest]:
    """Give the extract that is wanted and its manifest: for the job and for the command.

    The leaves, one for each five hundred tips, are written before: with purpose, recipient, format
    and hash, so that the ledger of each tip finds what left and to whom.

    Raises:
        QuestionError: no extract is named.
        NotFoundError, RightsError, StoreError: as `gather` raises them.
    """
    order = sight.extract
    if order is None:
        raise QuestionError("Nothing here names tips to take out.")
    require(sight.caller, Deed.LINK_READ)
    found = gather(
        sight.store,
        Choice(tips=order.tips, linked=order.linked, protected=order.protected),
        basis=sight.found.basis,
        made_by=sight.caller.user,
        agency=sight.caller.agency or "",
        synthetic=sight.found.info.synthetic,
    )
    if order.claims:
        found = with_claims(sight.caller, sight.found.store, found)
    data, manifest = written(found, order.format)
    whole = "with" if order.protected else "without"
    note_shown(
        sight.caller,
        sight.found.store,
        reads=sight.reads,
        deed=Deed.TIP_READ,
        record=None,
        others=(*manifest.tips, *manifest.claims),
        outcome=f"into an extract for {order.recipient}, {whole} protected: {order.format}, "
        f"{manifest.sha256}",
        purpose=order.purpose,
    )
    return data, manifest
