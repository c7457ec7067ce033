"""What is said at each part of a pass: true for these numbers, this neuron and these settings."""
