"""Who makes the reports: a process for each account, from a warm parent, and what becomes of it."""
