"""Training speed side by side with other libraries."""
