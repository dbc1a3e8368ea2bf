"""Tests of `crosstip.mailing`."""
