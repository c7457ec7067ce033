"""One pass of learning, step by step: what is computed, by which formula, with which numbers."""
