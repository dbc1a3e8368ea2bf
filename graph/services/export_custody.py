"""A tip's custody taken out by a job: the signed bundle, under its owner's rights of then."""

from __future__ import annotations

from graph.errors import QuestionError
from graph.services.custody_bundles import BundleOrder, make_bundle
from graph.services.export_rows import Sight


def custody_whole(sight: Sight) -> bytes:
    """Give the bundle of the tip that is looked at, and say what is not in it.

    Raises:
        QuestionError: the worker's machine has no key that signs.
        NotFoundError, RightsError, StoreError: as `make_bundle` raises them.
    """
    if sight.signer is None or sight.tip is None:
        raise QuestionError("No key signs on the worker's machine: `crosstip audit key new`.")
    order = BundleOrder(
        tip=sight.tip,
        signer=sight.signer,
        synthetic=sight.found.info.synthetic,
        originals=sight.originals,
        given_to=sight.given_to,
    )
    bundle = make_bundle(sight.caller, sight.store, order=order, reads=sight.reads)
    sight.left_out += bundle.left_out
    sight.notes.append(
        f"{bundle.entries} entries of the log, {bundle.proved} of them proved; "
        f"{bundle.originals} originals. `crosstip custody verify` checks it."
    )
    return bundle.data
