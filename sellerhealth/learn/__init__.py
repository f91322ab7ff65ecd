"""Lessons: what is worked by hand, asked, checked and printed for a newcomer, all from the metrics' records."""
