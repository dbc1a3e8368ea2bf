"""The log that nobody can bend: records, trees, checkpoints, proofs. Nothing here knows a store."""
