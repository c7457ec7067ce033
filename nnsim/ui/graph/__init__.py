"""The stage: the network drawn, lit and animated."""
