"""What keeps conflicts and notices going, done by whoever runs the installation, under their name.

Sweep, escalation and delivery are many transactions each; the leaf that names who had them run is
one more. What they change has leaves of its own, in the logs of those concerned.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.rights import require
from graph.errors import RightsError
from graph.services.acting import About, leaf, note, refusal
from graph.services.audit_leaves import Leaf
from graph.services.conflict_sweep import Sweep, sweep
from graph.services.escalation import escalate_due
from graph.services.handoff_lapsing import lapse_due
from graph.services.outbox import Outbox
from graph.services.provider_clock import run_provider_clock
from graph.services.task_escalation import escalate_tasks
from graph.services.urgent_escalation import escalate_urgent
from graph.services.webhook_outbox import WebhookOutbox
from graph.store import Store

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ran(Generic[T]):
    answer: T
    outcome: str


def run_sweep(caller: Caller, store: Store, *, mend: bool = False) -> Sweep:
    """Compute all encounters from scratch as of the caller's time; `mend` gives them their effect.

    Raises:
        RightsError: the caller does not run the installation.
        StoreError: the store could not; what was mended until then stays so.
    """

    def work() -> _Ran[Sweep]:
        found = sweep(store, at_us=caller.as_of_us, mend=mend, actor=caller.user)
        said = f"{len(found.missing)} missing, {found.mended} mended"
        return _Ran(answer=found, outcome=said)

    return _run(caller, store, Deed.CONFLICT_SWEEP, work)


def run_escalation(caller: Caller, store: Store) -> tuple[str, ...]:
    """Bring what was not acknowledged by the caller's time before supervisors; give the refs.

    Raises:
        RightsError: the caller does not run the installation.
        StoreError: the store could not; what was escalated until then stays so.
    """

    def work() -> _Ran[tuple[str, ...]]:
        refs = escalate_due(store, at_us=caller.as_of_us, actor=caller.user)
        return _Ran(answer=refs, outcome=f"{len(refs)} escalated")

    return _run(caller, store, Deed.CONFLICT_ESCALATE, work)


def run_urgent_escalation(caller: Caller, store: Store) -> int:
    """Bring urgent tips that nobody acknowledged by the caller's time before further people.

    Raises:
        RightsError: the caller does not run the installation.
        StoreError: the store could not; what was done until then stays so.
    """

    def work() -> _Ran[int]:
        total = escalate_urgent(store, at_us=caller.as_of_us, actor=caller.user)
        return _Ran(answer=total, outcome=f"{total} escalated")

    return _run(caller, store, Deed.URGENT_ESCALATE, work)


def run_handoff_clock(caller: Caller, store: Store) -> tuple[str, ...]:
    """End offers that nobody answered, and what was handed over for a time; give the keys.

    Raises:
        RightsError: the caller does not run the installation.
        StoreError: the store could not; what was ended until then stays so.
    """

    def work() -> _Ran[tuple[str, ...]]:
        keys = lapse_due(store, at_us=caller.as_of_us)
        return _Ran(answer=keys, outcome=f"{len(keys)} lapsed")

    return _run(caller, store, Deed.HANDOFF_LAPSE, work)


def run_task_clock(caller: Caller, store: Store) -> int:
    """Tell supervisors of tasks that are overdue at the caller's time; give how many.

    Raises:
        RightsError: the caller does not run the installation.
        StoreError: the store could not; what was told until then stays so.
    """

    def work() -> _Ran[int]:
        total = escalate_tasks(store, at_us=caller.as_of_us, actor=caller.user)
        return _Ran(answer=total, outcome=f"{total} told")

    return _run(caller, store, Deed.TASK_ESCALATE, work)


def run_clock_of_providers(caller: Caller, store: Store) -> int:
    """Tell of what providers presumably keep no longer, or soon; give how many.

    Raises:
        RightsError: the caller does not run the installation.
        StoreError: the store could not; what was told until then stays so.
    """

    def work() -> _Ran[int]:
        total = run_provider_clock(store, at_us=caller.as_of_us, actor=caller.user)
        return _Ran(answer=total, outcome=f"{total} told")

    return _run(caller, store, Deed.PROVIDER_CLOCK, work)


def outbox_for(caller: Caller, store: Store, *, worker: str) -> Outbox:
    """Give a worker's way to the outbox, after the log says who has mail delivered.

    Raises:
        RightsError: the caller does not run the installation.
        StoreError: the log could not be written; nothing may be delivered then.
    """

    def work() -> _Ran[Outbox]:
        return _Ran(answer=Outbox(store=store, worker=worker), outcome="begun")

    return _run(caller, store, Deed.NOTICE_DELIVER, work)


def webhook_outbox_for(caller: Caller, store: Store, *, worker: str) -> WebhookOutbox:
    """Give a worker's way to the outbox of webhooks, after the log says who has them served.

    Raises:
        RightsError: the caller does not run the installation.
        StoreError: the log could not be written; nothing may be delivered then.
    """

    def work() -> _Ran[WebhookOutbox]:
        outbox = WebhookOutbox(store=store, worker=worker, actor=caller.user)
        return _Ran(answer=outbox, outcome="begun")

    return _run(caller, store, Deed.NOTICE_DELIVER, work)


def _run(caller: Caller, store: Store, deed: Deed, work: Callable[[], _Ran[T]]) -> T:
    try:
        require(caller, deed)
    except RightsError as error:
        _write(caller, store, refusal(caller, deed, About(), error))
        raise
    ran = work()
    _write(caller, store, leaf(caller, deed, About(), outcome=ran.outcome))
    return ran.answer


def _write(caller: Caller, store: Store, written: Leaf) -> None:
    store.writing(lambda unit: note(unit, caller, [written]), name="logging upkeep")
