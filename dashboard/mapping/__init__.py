"""A map without tiles: outlines that come with the package, and what is placed on them."""
