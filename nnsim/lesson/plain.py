"""A formula as one line of Unicode, for a terminal or a screen reader."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SUPERSCRIPTS = dict(zip("0123456789+-=()tT", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵗᵀ", strict=True))
_SUBSCRIPTS = dict(zip("0123456789+-=()ijks", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ᵢⱼₖₛ", strict=True))
_SYMBOLS = {
    "cdot": "·",
    "alpha": "α",
    "beta": "β",
    "delta": "δ",
    "Delta": "Δ",
    "eta": "η",
    "theta": "θ",
    "lambda": "λ",
    "mu": "μ",
    "rho": "ρ",
    "sigma": "σ",
    "varepsilon": "ε",
    "ell": "ℓ",
    "leftarrow": "←",
    "to": "→",
    "le": "≤",
    "infty": "∞",
    "odot": "⊙",
    "sum": "Σ",
    "gamma": "γ",
    "nabla": "∇",
    "|": "‖",
    "ldots": "…",
    "cdots": "…",
    "vdots": "⋮",
    "quad": "  ",
    "left": "",
    "right": "",
    ",": " ",
    " ": " ",
    "\\": ";",
}
_HAT = "\u0302"
_TOKENS = re.compile(r"\\(?:[a-zA-Z]+|.)|[{}^_&]|[^\\{}^_&]", re.DOTALL)
_COMPOUND = re.compile(r"[ +\-·/]")


def plain(latex: str) -> str:
    """LaTeX, as the formulas of a lesson use it, as Unicode text."""
    text = _Reader(latex).sequence(None)
    return re.sub(r" +", " ", re.sub(r" +([,;])", r"\1", text.replace("-", "−"))).strip()


class _Reader:
    def __init__(self, latex: str) -> None:
        self._tokens: Iterator[str] = iter(_TOKENS.findall(latex))

    def sequence(self, end: str | None) -> str:
        """Everything up to a token, which is taken too."""
        out = ""
        for token in self._tokens:
            if token == end:
                break
            out += self._one(token)
        return out

    def _one(self, token: str) -> str:
        if token == "{":
            return self.sequence("}")
        if token in "^_":
            return _raised(self._argument(), _SUPERSCRIPTS if token == "^" else _SUBSCRIPTS, token)
        if token == "&":
            return ", "
        return self._command(token[1:]) if token.startswith("\\") else token

    def _argument(self) -> str:
        for token in self._tokens:
            if token != " ":
                return self._one(token)
        return ""

    def _command(self, name: str) -> str:
        if name == "partial":
            return "∂" + self._argument()
        if name == "frac":
            return f"{_grouped(self._argument())}/{_grouped(self._argument())}"
        if name == "sqrt":
            return f"√{_grouped(self._argument())}"
        if name == "hat":
            return self._argument() + _HAT
        if name == "begin":
            return self._block(self._argument())
        if name == "end":
            self._argument()
            return ""
        return _SYMBOLS.get(name, name if name not in _STYLES else "")

    def _block(self, kind: str) -> str:
        inside = self.sequence(r"\end")
        self._argument()
        if kind == "cases":
            return "{" + inside.strip() + "}"
        return f"[{inside.strip()}]" if kind == "pmatrix" else inside


_STYLES = frozenset({"operatorname", "mathbf", "mathsf", "mathrm", "text"})


def _raised(text: str, characters: dict[str, str], sign: str) -> str:
    found = text.replace(" ", "")
    if all(character in characters or character in "→," for character in found):
        return "".join(characters.get(character, character) for character in found)
    return sign + _grouped(text)


def _grouped(text: str) -> str:
    whole = not _COMPOUND.search(text) or (text.startswith("(") and text.find(")") == len(text) - 1)
    return text if whole else f"({text})"
