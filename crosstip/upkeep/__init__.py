"""What runs by itself: the table of duties, and the worker that runs them."""
