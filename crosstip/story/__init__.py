"""What the demo plays after intake: three agencies that work one subject."""
