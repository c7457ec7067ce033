"""How it is computed: the tape, its operations, two engines that run it, and the trainer."""
