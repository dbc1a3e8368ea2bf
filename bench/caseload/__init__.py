"""Supervisors' figures measured: all of them, for one agency with many tips and 200 people."""
