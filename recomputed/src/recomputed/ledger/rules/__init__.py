"""The rules of the audit, one idea a module. Each is a function of the ledger and the numbers that yields findings."""
