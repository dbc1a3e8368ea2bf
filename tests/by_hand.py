"""Long tests that were not run to their end yet: by hand, until their results are known."""

from __future__ import annotations

import os

import pytest

BY_HAND = pytest.mark.skipif(
    "CROSSTIP_SOAK" not in os.environ,
    reason="By hand until it was measured once on a quiet machine: CROSSTIP_SOAK=1 "
    "./scripts/test --long. What was measured stands in docs/measurements.md.",
)
