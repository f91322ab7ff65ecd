"""The news of a batch for a mail, a chat and a program."""
