"""Texts of a document, one for each language."""

from __future__ import annotations

import re
from collections.abc import Mapping

from nnsim.model.errors import DocumentError
from nnsim.model.fields import Fields

LONGEST_TEXT = 2_000
MOST_LANGUAGES = 100
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8})*")
Words = tuple[tuple[str, str], ...]
"""Pairs of language and text."""


def words_in(words: Words, language: str) -> str:
    """The text in a language, else in English, else the first there is."""
    texts = dict(words)
    return texts.get(language) or texts.get("en") or next(iter(texts.values()), "")


def words_from_json(fields: Fields, name: str) -> Words:
    """Read a field that holds one text, or texts by language; absent, it is empty.

    Raises
    ------
    DocumentError
        Naming the field and what is allowed there.
    """
    value = fields.raw(name, {})
    if isinstance(value, str):
        value = {"en": value}
    if not isinstance(value, Mapping):
        raise DocumentError(fields.at(name), "must be text, or texts by language")
    if len(value) > MOST_LANGUAGES:
        raise DocumentError(
            fields.at(name),
            "has {count} languages; allowed: at most {most_languages}",
            count=len(value),
            most_languages=MOST_LANGUAGES,
        )
    for language, text in value.items():
        path = f"{fields.at(name)}.{language}"
        if not isinstance(text, str) or len(text) > LONGEST_TEXT:
            raise DocumentError(
                path, "must be text of at most {longest_text} characters", longest_text=LONGEST_TEXT
            )
        if not _LANGUAGE.fullmatch(str(language)):
            raise DocumentError(path, "is no language; allowed: codes such as en, vi, pt-BR")
        # JSON can spell half a character, which no file could then hold.
        if not text.isascii() and text != text.encode("utf-8", "replace").decode():
            raise DocumentError(path, "holds half a character (an unpaired surrogate)")
    return tuple((str(language), text) for language, text in value.items())
