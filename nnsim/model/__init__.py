"""What is learned: frozen dataclasses, plain Python."""
