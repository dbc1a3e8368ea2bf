"""How long records are kept: the classes, and when one is due. Pure functions, no store."""
