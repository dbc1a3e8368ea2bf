"""Chain of custody: one page for each tip, and the signed bundle that it leaves in."""
