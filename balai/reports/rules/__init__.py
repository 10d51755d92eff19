"""Numbers as people read them, and the geometry of pictures: pure."""
