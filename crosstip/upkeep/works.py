"""What each duty of the timetable does, each by the service that its command calls as well."""

from __future__ import annotations

from collections.abc import Callable

from crosstip.mailing.mailer import Mailer
from crosstip.mailing.settings import MailSettings
from crosstip.mailing.worker import deliver
from crosstip.upkeep.erasing import erase_due
from crosstip.upkeep.table import At, Done, DutyFailedError
from crosstip.webhooks.poster import Poster
from graph.audit.settings import AuditSettings
from graph.disk import DiskState, disk_use
from graph.errors import SettingsError
from graph.services.audit_checkpoints import publish_if_due
from graph.services.audit_sequencer import sequence
from graph.services.audit_verify import verify
from graph.services.claim_reviews import remind_due
from graph.services.conflict_sweep import sweep
from graph.services.disks import DATA, apart, places
from graph.services.disuse import lock_unused
from graph.services.escalation import escalate_due
from graph.services.estimating import chance_if_due
from graph.services.handoff_lapsing import lapse_due
from graph.services.outbox import Outbox
from graph.services.places_due import catch_up
from graph.services.provider_clock import run_provider_clock
from graph.services.purging import purge_lapsed
from graph.services.retention_purge import run_purge
from graph.services.state_counting import count_everything
from graph.services.task_escalation import escalate_tasks
from graph.services.triage_places import held_tips, refresh_some
from graph.services.urgent_escalation import escalate_urgent
from graph.services.webhook_outbox import WebhookOutbox, give_up
from graph.webhooks.keys import key_file, load_key
from graph.webhooks.settings import WebhookSettings
from ingest.pipeline import Intake
from ingest.settings import IntakeSettings
from ingest.site import open_site
from ingest.spool_segments import segment_names

_PLACED_A_RUN = 1000
"""Tips, about: the next run goes on, and the lane waits for no long one."""


def number_leaves(at: At) -> Done:
    """Number the leaves that wait."""
    done = sequence(at.store)
    return Done(outcome=f"{sum(log.added for log in done)} leaves numbered in {len(done)} logs")


def publish(at: At) -> Done:
    """Publish a checkpoint when its time has come."""
    made = publish_if_due(at.store, AuditSettings())
    if made is None:
        return Done(outcome="none was due")
    return Done(
        outcome=f"checkpoint {made.checkpoint.number}: {made.records} records in {made.logs} logs"
    )


def lapse_handoffs(at: At) -> Done:
    """End offers that nobody answered, and what was handed over for a time."""
    keys = lapse_due(at.store, at_us=at.caller.as_of_us)
    return Done(outcome=f"{len(keys)} lapsed", is_logged=len(keys) == 0)


def escalate(at: At) -> Done:
    """Bring what was not acknowledged in time before supervisors."""
    refs = escalate_due(at.store, at_us=at.caller.as_of_us, actor=at.caller.user)
    return Done(outcome=f"{len(refs)} escalated", is_logged=len(refs) == 0)


def escalate_urgent_tips(at: At) -> Done:
    """Bring urgent tips that nobody acknowledged in time before further people."""
    total = escalate_urgent(at.store, at_us=at.caller.as_of_us, actor=at.caller.user)
    return Done(outcome=f"{total} escalated", is_logged=total == 0)


def tell_of_tasks(at: At) -> Done:
    """Tell supervisors of tasks that are overdue."""
    total = escalate_tasks(at.store, at_us=at.caller.as_of_us, actor=at.caller.user)
    return Done(outcome=f"{total} told", is_logged=total == 0)


def tell_of_providers(at: At) -> Done:
    """Tell of what providers presumably keep no longer, or soon."""
    total = run_provider_clock(at.store, at_us=at.caller.as_of_us, actor=at.caller.user)
    return Done(outcome=f"{total} told", is_logged=total == 0)


def send_mail(at: At) -> Done:
    """Send the notices that are due."""
    outbox = Outbox(store=at.store, worker=at.worker)
    done = deliver(outbox, Mailer(MailSettings()), stop=at.stop, until_us=at.caller.until_us)
    outcome = f"{done.sent} sent, {done.failed} tries failed"
    if done.failed > 0 and done.sent == 0:
        raise DutyFailedError(
            f"{outcome}. What failed is tried again; `crosstip notices dead` lists what was given "
            "up."
        )
    return Done(outcome=outcome, is_logged=done.sent == 0)


def send_webhooks(at: At) -> Done:
    """Send the notices that are due to webhooks, and switch off those that took none for days."""
    settings = WebhookSettings()
    outbox = WebhookOutbox(store=at.store, worker=at.worker, actor=at.caller.user)
    # The key is read where something is due: an installation without webhooks has none.
    poster = Poster(settings, lambda: load_key(key_file()), stop=at.stop)
    done = deliver(outbox, poster, stop=at.stop, until_us=at.caller.until_us)
    off = give_up(
        at.store, days=settings.give_up_days, at_us=at.caller.as_of_us, actor=at.caller.user
    )
    outcome = f"{done.sent} sent, {done.failed} tries failed, {off} switched off"
    return Done(outcome=outcome, is_logged=done.sent + off == 0)


def no_mail_server() -> str | None:
    """Say whether no mail server is named, or the way to it is open to others."""
    settings = MailSettings()
    if settings.host is None:
        return "CROSSTIP_MAIL_HOST names no mail server"
    try:
        settings.require_host()
    except SettingsError as error:
        return str(error)
    return None


def recover_spool(at: At) -> Done:
    """Record what was received and not recorded, by processes that ended."""
    # Where nothing was ever received no spool, vault or key is made.
    spool = at.settings.data_dir / "spool"
    if not spool.is_dir() or len(segment_names(spool)) == 0:
        return Done(outcome="nothing waits")
    settings = IntakeSettings()
    with open_site(at.settings.data_dir, settings) as site:
        intake = Intake(
            at.store,
            site,
            synthetic=at.found.info.synthetic,
            actor=at.caller.user,
            batch_tips=settings.batch_tips,
        )
        summary = intake.recover()
    outcome = f"{summary.recovered} documents taken up, {summary.quarantined} in quarantine"
    return Done(outcome=outcome, is_logged=summary.recovered == 0)


def look_at_disk(at: At) -> Done:
    """Look how full the disks are that need room: of data, keys and checkpoints.

    Raises:
        DutyFailedError: a mark is reached.
    """
    disks = apart({**places(), DATA: at.settings.data_dir})
    uses = {name: disk_use(place) for name, place in disks.items()}
    said = {name: f"the disk of {name} is {use.used_percent} % full" for name, use in uses.items()}
    over = [name for name, use in uses.items() if use.state is not DiskState.ROOMY]
    if len(over) == 0:
        return Done(outcome="; ".join(said.values()))
    told = "; ".join(
        f"{said[name]} ({uses[name].state.value}, {uses[name].free_bytes >> 20} MiB free)"
        for name in over
    )
    raise DutyFailedError(
        f"{told}. Make room before 95 %: a full disk receives nothing, and what cannot be logged "
        "is not shown."
    )


def mend(at: At) -> Done:
    """Compute all encounters from scratch and give the missing ones their effect."""
    found = sweep(at.store, at_us=at.caller.as_of_us, mend=True, actor=at.caller.user)
    missed = sum(not one.is_only_untold for one in found.missing)
    outcome = f"{found.claims} claims, {len(found.missing)} missing, {found.mended} mended"
    if missed > 0:
        raise DutyFailedError(
            f"{outcome}. {missed} had been MISSED when they came, which is a defect: report it."
        )
    return Done(outcome=outcome, is_logged=found.mended == 0)


def purge(at: At) -> Done:
    """Take claims out that have lapsed."""
    return Done(outcome=f"{purge_lapsed(at.caller, at.store)} purged")


def remind_of_reviews(at: At) -> Done:
    """Tell whose claims come near their review date."""
    total = remind_due(at.store, at_us=at.caller.as_of_us, actor=at.caller.user)
    return Done(outcome=f"{total} reminders", is_logged=total == 0)


def purge_retained(at: At) -> Done:
    """Purge what retention policies let go, and the originals of what went."""
    done = run_purge(at.caller, at.store, go_on=at.go_on)
    erased = erase_due(at.store, at_us=at.caller.as_of_us, go_on=at.go_on)
    outcome = (
        f"{done.purged} purged, {done.removed} left the store, {done.held} on hold; originals: "
        f"{erased.set_aside} set aside, {erased.deleted} deleted"
    )
    return Done(outcome=outcome)


def recount_queues(at: At) -> Done:
    """Compute every tip's place in its queues anew: what the calendar alone changes."""
    tips = 0
    for some in held_tips(at.store):
        at.go_on()
        refresh_some(at.store, some, actor=at.caller.user, at_us=at.caller.as_of_us)
        tips += len(some)
    return Done(outcome=f"{tips} tips", is_logged=False)


def place_noted(at: At) -> Done:
    """Compute places in queues that a large change left to be computed after it."""
    tips = catch_up(at.store, at_most=_PLACED_A_RUN, go_on=at.go_on)
    return Done(outcome=f"{tips} tips", is_logged=False)


def lock_disused(at: At) -> Done:
    """Lock accounts that were not used for long, and warn those that will be."""
    done = lock_unused(at.store)
    return Done(
        outcome=f"{done.locked} locked, {done.warned} warned",
        is_logged=done.locked + done.warned == 0,
    )


def count(at: At) -> Done:
    """Count how common every value is, and find the states that follow."""
    taken, states = count_everything(at.store, basis=at.found.basis, actor=at.caller.user)
    return Done(
        outcome=f"{taken.tips} tips, {taken.changed} bands changed, {states.shared} shared, "
        f"{states.viral} viral"
    )


def estimate(at: At) -> Done:
    """Estimate what chance gives where values were counted since."""
    known = chance_if_due(at.store, basis=at.found.basis, actor=at.caller.user)
    return Done(outcome="not due" if known is None else f"from the links of {known.tips} tips")


def verify_log(at: At) -> Done:
    """Recompute the log from its records.

    Raises:
        DutyFailedError: it does not hold.
    """
    result = verify(at.store, tell=_leaving(at))
    if not result.is_good:
        raise DutyFailedError(
            "THE LOG DOES NOT HOLD. Stop and keep the disk; `crosstip audit verify` says where."
        )
    records = sum(log.records for log in result.logs)
    return Done(
        outcome=f"{records} records and {result.checkpoints} checkpoints hold", is_logged=False
    )


def _leaving(at: At) -> Callable[[str, int, int], None]:
    def tell(_what: str, _done: int, _total: int) -> None:
        at.go_on()

    return tell
