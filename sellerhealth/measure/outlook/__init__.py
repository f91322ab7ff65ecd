"""What comes next: what a figure bears, what would mend it, where it goes."""
