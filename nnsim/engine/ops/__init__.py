"""The operations a tape is made of."""
