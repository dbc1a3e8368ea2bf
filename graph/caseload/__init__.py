"""Supervisors' figures: what each counts, how time is cut, and what is grouped when shared."""
