"""What a route works with: the open store, who asks, and the log of what they do and are shown.

Services of casework ask the policies and write their leaves by themselves; those routes take `At`.
What else is read goes through `asks(deed)`: the policies are asked first, and a leaf is written
before the answer leaves, as `crosstip.identity.desk` does for commands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Annotated, Any

from fastapi import Depends, Request, Response

from api.callers import Who
from api.conduct.allowances import Rated
from api.conduct.keys import OnceKey, Replayed, forget_sometimes
from api.conduct.looks import is_look
from api.conduct.read_logs import read_log_of
from api.deps import Stores
from graph.audit.records import agency_of_log
from graph.casework.caller import Caller
from graph.casework.check_settings import CheckSettings
from graph.casework.deeds import Deed
from graph.casework.resource import Resource
from graph.casework.rights import require
from graph.casework.tip_scope import scope_of
from graph.errors import CrosstipError, StoreError
from graph.opening import OpenStore
from graph.scoring.pairs import Basis
from graph.services.acting import About, refusal
from graph.services.audit_leaves import Leaf
from graph.services.audit_reads import ReadLog
from graph.services.once import Given, MarkingStore, reserve
from graph.services.showing import note_shown
from graph.store import Store, StoreLimits


@dataclass(slots=True, kw_only=True)
class Desk:
    """An open store and who works with it, for one request."""

    opened: OpenStore
    caller: Caller
    store: Store
    """With the tips that the caller may see; every change marks the request's key."""
    reads: ReadLog
    response: Response
    deed: Deed | None = None
    """What the policies permitted; None where each service asks them."""
    key: str | None = None
    """The asker's own key of the request."""
    is_logged: bool = field(default=False)

    @property
    def basis(self) -> Basis:
        """What links rest on here."""
        return self.opened.basis

    @property
    def synthetic(self) -> bool:
        """Whether nothing in the store is real."""
        return self.opened.info.synthetic

    @property
    def check_settings(self) -> CheckSettings:
        """The numbers by which checks are answered."""
        return CheckSettings()

    def tag(self, version: int | None) -> None:
        """Name the version of the record that is answered (RFC 9110, 8.8.3)."""
        self.response.headers["ETag"] = f'"{version or 0}"'

    def asks(self, log: str) -> None:
        """Come back when the caller may do this with a log of that name.

        Raises:
            RightsError: it is another agency's, or the operators'.
        """
        if self.deed is not None:
            require(self.caller, self.deed, resource=Resource(owner=agency_of_log(log)))

    def shows(self, record: str | None, *others: str, outcome: str = "done") -> None:
        """Log that something was done, or is about to be shown: keys of the records.

        Raises:
            NotFoundError: the policies forbid one of them, which a query let through.
            StoreError: the log could not be written; nothing may be shown then.
        """
        if self.deed is None:
            return
        note_shown(
            self.caller,
            self.opened.store,
            reads=self.reads,
            deed=self.deed,
            record=record,
            others=others,
            outcome=outcome,
        )
        self.is_logged = True


def _desk(
    request: Request, response: Response, who: Who, stores: Stores, rated: Rated
) -> Iterator[Desk]:
    if is_look(request.scope):
        rated.take_look(who)
    else:
        rated.take(who)
    caller = replace(who, request=getattr(request.state, "request_id", None))
    with stores.use() as opened:
        yield Desk(
            opened=opened,
            caller=caller,
            store=_narrowed(opened.store, caller, rated.limits_for(request)),
            reads=read_log_of(request.app, opened.store),
            response=response,
        )


def _narrowed(store: Store, caller: Caller, limits: StoreLimits) -> Store:
    return MarkingStore(store, limits=limits).seen_by(scope_of(caller))


_Desk = Annotated[Desk, Depends(_desk, scope="function")]


def _again(caller: Caller) -> Leaf:
    """Give the leaf of an answer that is given again: the request's id leads to the first one."""
    return Leaf(
        action="request.repeated",
        object=None,
        outcome="answered as before",
        agency=caller.agency,
        request=caller.request,
    )


def _once(request: Request, at: _Desk, once: OnceKey) -> Iterator[Desk]:
    """Give the desk of a request that is done once for its key."""
    if once is None:
        yield at
        return
    forget_sometimes(request.app, at.opened.store)
    found = reserve(at.caller, at.opened.store, named=once.named, fingerprint=once.fingerprint)
    if isinstance(found, Given):
        at.reads.note([_again(at.caller)], actor=at.caller.user)
        raise Replayed(found)
    request.state.reserved = (found, at.opened.store)
    at.key = once.named
    at.store = MarkingStore(at.store, reserved=found)
    try:
        yield at
    except Exception:
        # Where its change was committed all the same, the mark is there and the key stays.
        with suppress(StoreError):
            found.release(at.opened.store)
        raise


At = _Desk
"""For services that ask the policies and write their leaves."""
AtOnce = Annotated[Desk, Depends(_once, scope="function")]
"""As `At`, for a POST that changes something: done once for an Idempotency-Key."""


def _unkept(request: Request, at: AtOnce) -> Desk:
    """Give the desk of a request whose answer must not lie in the store: only its mark does."""
    request.state.reserved = None
    return at


AtOnceUnkept = Annotated[Desk, Depends(_unkept, scope="function")]
"""As `AtOnce`; a repetition is told that it was done, and not what was answered."""


def _asking(at: Desk, deed: Deed) -> Iterator[Desk]:
    at.deed = deed
    try:
        require(at.caller, deed)
        yield at
    except StoreError:
        raise
    except CrosstipError as error:
        at.reads.note([refusal(at.caller, deed, About(), error)], actor=at.caller.user)
        raise
    if not at.is_logged:
        at.shows(None)


def _looking(at: Desk, deed: Deed) -> Iterator[Desk]:
    at.is_logged = True
    yield from _asking(at, deed)


ASKED: dict[Callable[..., Iterator[Desk]], Deed] = {}
"""By dependency: for what it asks the policies."""


def asks(deed: Deed) -> Any:
    """Give the dependency of a route for a deed that no service asks the policies about."""

    def give(at: At) -> Iterator[Desk]:
        yield from _asking(at, deed)

    ASKED[give] = deed
    return Depends(give, scope="function")


def looks(deed: Deed) -> Any:
    """Give the same for a look that shows no record: a leaf is written of a refusal only."""

    def give(at: At) -> Iterator[Desk]:
        yield from _looking(at, deed)

    ASKED[give] = deed
    return Depends(give, scope="function")


def asks_once(deed: Deed) -> Any:
    """Give the same for a POST that changes something."""

    def give(at: AtOnce) -> Iterator[Desk]:
        yield from _asking(at, deed)

    ASKED[give] = deed
    return Depends(give, scope="function")
