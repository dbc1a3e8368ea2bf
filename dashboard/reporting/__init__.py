"""Reports of a link chart that stand alone: the same words as a page, as PDF, and as a record."""
