"""How a batch is shown while it runs."""
