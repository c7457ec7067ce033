"""The quiet columns beside the stage."""
