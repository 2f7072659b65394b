"""What a sentence says, read once: words, numbers, times, phrases, clauses and scopes."""
