"""nnsim: see a neural network think and learn."""

import os

__version__ = "0.1.0"

# Read by the OpenBLAS in NumPy's wheels, and by that in SciPy's, when they are loaded: so before them, and
# whatever the user's own setting is. With more than one thread, a fork anywhere in the process (Qt makes
# one to look for D-Bus) ends OpenBLAS's threads, and a product that is under way waits for them for ever.
os.environ["OPENBLAS_NUM_THREADS"] = "1"
