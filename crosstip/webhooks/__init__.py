"""Delivers notices to webhooks."""
