"""What an article states: claims, verdicts, the rules of the audit."""
