"""Tips with all that hangs on them, written so that other tools open them."""
