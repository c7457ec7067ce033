"""A matrix product for small batches, four rows and sixteen columns at a time. Imports Numba.

On the way back the matrices of a layer are long in one direction and as short as the batch or the layer
in the other: there BLAS spends more time on getting ready than on multiplying.
"""

from __future__ import annotations

import numpy as np
from numba.extending import register_jitable

from nnsim.engine.lanes import WIDTH, add_product, load, load_first, spread, store_first
from nnsim.engine.pointers import at

ZERO = np.float32(0)


@register_jitable
def product(  # type: ignore[no-untyped-def]
    c, c_stride, rows, columns, add, a, a_row, a_column, b, b_stride, n
):
    """``C = A B``, or ``C + A B`` where `add` is true.

    Parameters
    ----------
    c, a, b : pointers to float32
        C is (rows, columns), A (rows, n), B (n, columns).
    c_stride, b_stride : int
        From one row to the next.
    a_row, a_column : int
        From one row of A to the next, and from one column to the next: one of the two is 1.
    rows, columns, n : int
    add : bool
    """
    for first in range(0, columns, WIDTH):
        width = min(WIDTH, columns - first)
        for row in range(0, rows, 4):
            # Beyond the last row it is worked out once more, to the same numbers.
            r0, r1, r2, r3 = row, min(row + 1, rows - 1), min(row + 2, rows - 1), min(row + 3, rows - 1)
            p0, p1, p2, p3 = at(a, r0 * a_row), at(a, r1 * a_row), at(a, r2 * a_row), at(a, r3 * a_row)
            q0, q1 = r0 * c_stride + first, r1 * c_stride + first
            q2, q3 = r2 * c_stride + first, r3 * c_stride + first
            s0 = s1 = s2 = s3 = spread(ZERO)
            if add:
                s0, s1 = load_first(c, q0, width), load_first(c, q1, width)
                s2, s3 = load_first(c, q2, width), load_first(c, q3, width)
            for k in range(n):
                place, i = k * b_stride + first, k * a_column
                line = load(b, place) if width == WIDTH else load_first(b, place, width)
                s0, s1 = add_product(s0, p0[i], line), add_product(s1, p1[i], line)
                s2, s3 = add_product(s2, p2[i], line), add_product(s3, p3[i], line)
            store_first(c, q0, s0, width)
            store_first(c, q1, s1, width)
            store_first(c, q2, s2, width)
            store_first(c, q3, s3, width)
