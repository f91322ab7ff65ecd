"""Files to tables, with the ledger."""
