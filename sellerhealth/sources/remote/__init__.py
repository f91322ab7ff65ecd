"""Accounts on object storage: brought into a private copy on this machine, where all else goes on as usual."""
