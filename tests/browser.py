"""Chromium for tests that look at a page, found and never downloaded."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")

ARGUMENTS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    # A browser under test asks no other host for anything.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Chromium's own sandbox refuses to run for root, who runs CI.
    *(("--no-sandbox",) if os.geteuid() == 0 else ()),
)


def find_browser() -> Path | None:
    """Give the Chromium that `CROSSTIP_BROWSER` names, else the first on the path, else None."""
    named = os.environ.get("CROSSTIP_BROWSER")
    for name in (named,) if named is not None else NAMES:
        path = shutil.which(name)
        if path is not None:
            return Path(path)
    return None


def main() -> int:
    """Print where the browser is; 1 when there is none."""
    path = find_browser()
    if path is None:
        return 1
    sys.stdout.write(f"{path}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
