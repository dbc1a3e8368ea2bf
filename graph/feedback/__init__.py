"""Outcomes of closed tips as they are told to NCMEC."""
