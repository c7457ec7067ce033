"""How each kind of layer looks: which view it has, where its cells stand, how they are painted and found."""
