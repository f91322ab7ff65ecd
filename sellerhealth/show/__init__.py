"""Numbers to words, tables and pictures."""
