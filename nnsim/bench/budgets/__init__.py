"""What things may cost, each as a multiple of a yardstick that is measured beside it."""
