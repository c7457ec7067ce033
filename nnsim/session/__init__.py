"""The running program without widgets."""
