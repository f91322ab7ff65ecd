"""What a newcomer is asked about each metric, and the state: one lesson a module."""
