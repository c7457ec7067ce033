"""Formulas drawn as ziamath draws them, but in a time that grows with their length."""

from xml.etree import ElementTree

import pytest
from ziamath.nodes.mnode import Mnode
from ziamath.nodes.mrow import Mrow
from ziamath.zmath import Latex

from nnsim.ui.lesson.engraving import Row, engrave


@pytest.mark.parametrize(
    "latex",
    [
        r"z^{(1)} = ({-0.5}) \cdot 2 + 0.1",
        r"\hat{y} = \frac{e^{z} - e^{-z}}{e^{z} + e^{-z}}",
        r"\begin{pmatrix}1 & 2 \\ 3 & \frac{4}{5}\end{pmatrix}",
        r"\left(\frac{1}{\sqrt{\frac{a}{b}}}, x\right)^2 = \left[\frac{1}{2}, 3\right]",
        r"\begin{cases}1 & z > 0 \\ \left[\frac{1}{2}\right] & z \le 0\end{cases}",
        r"\frac{1}{\left|\frac{a}{b}\right|} \leftarrow \sum_{i=1}^{n} \left\{\frac{x_i}{2}\right\}",
    ],
)
def test_a_formula_looks_as_ziamath_draws_it(monkeypatch, latex):
    mine = engrave(latex)
    monkeypatch.setattr(Row, "_get_height_nostretch", Mrow._get_height_nostretch)
    assert mine == Latex(latex, size=24, color="black").svg()


def test_what_stands_deep_is_set_once(monkeypatch):
    made = 0
    make = Mnode.fromelement.__func__

    def count(kind: type, element: ElementTree.Element, *more: object, **settings: object) -> object:
        nonlocal made
        made += 1
        return make(kind, element, *more, **settings)

    monkeypatch.setattr(Mnode, "fromelement", classmethod(count))
    sizes = []
    for depth in (2, 4, 6):
        made = 0
        latex = "x"
        for _ in range(depth):
            latex = rf"\frac{{1}}{{1 + {latex}}}"
        engrave(latex)
        sizes.append(made)
    assert sizes[2] - sizes[1] == sizes[1] - sizes[0]
