"""Jobs that a worker does: uploads taken in, quarantined documents tried again, exports."""
