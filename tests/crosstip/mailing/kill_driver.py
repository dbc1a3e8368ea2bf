"""A delivery worker in a process of its own, to be killed. Its lease is short, as tests need it.

Run as `python -m tests.crosstip.mailing.kill_driver NAME`, with store and mail server in the
environment. It delivers until it is killed.
"""

from __future__ import annotations

import sys

from crosstip.mailing.mailer import Mailer
from crosstip.mailing.settings import MailSettings
from crosstip.mailing.worker import deliver
from graph.opening import open_store
from graph.services.outbox import SECOND_US, Outbox, Patience
from graph.settings import StoreSettings

PATIENCE = Patience(
    lease_us=SECOND_US, first_us=SECOND_US // 20, longest_us=SECOND_US // 5, attempts=1000
)


def main(name: str) -> None:
    """Deliver until killed."""
    with open_store(StoreSettings(), synthetic=True) as found:
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        outbox = Outbox(store=found.store, worker=name, patience=PATIENCE)
        deliver(outbox, Mailer(MailSettings()), watch=True, pause_s=0.05)


if __name__ == "__main__":
    main(sys.argv[1])
