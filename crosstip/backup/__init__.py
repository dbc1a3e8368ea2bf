"""Backups of an installation, and their way back."""
