"""What the subcommands of `nnsim` do; `nnsim.cli` reads their arguments."""
