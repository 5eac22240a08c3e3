"""What holds the paper true: ledger, audit, guards."""
