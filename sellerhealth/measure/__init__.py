"""Facts to numbers: a frame in, a frame out."""
