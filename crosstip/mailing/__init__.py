"""Sends notices by mail, and the worker that takes them from the outbox."""
