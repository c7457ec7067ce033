"""The language of everything that is read: which there are, and putting one into use."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QSettings, QTranslator

from nnsim.paths import resource_dir

SOURCE = "en"
"""In which the texts stand in the code."""
_NAME = "nnsim_"
_FOLDER = "i18n"
_KEY = "language"


def languages() -> tuple[str, ...]:
    """Codes of the languages there are, the one of the code first."""
    built = sorted(path.stem.removeprefix(_NAME) for path in _catalogues().glob(f"{_NAME}*.qm"))
    return (SOURCE, *built)


def language_name(code: str) -> str:
    """What a language calls itself, such as Tiếng Việt."""
    name = "English" if code == SOURCE else QLocale(code).nativeLanguageName()
    return name[:1].upper() + name[1:]


def language() -> str:
    """Code of the language in use."""
    application = QCoreApplication.instance()
    found = application.property(_KEY) if application else None
    return str(found or SOURCE)


def kept_language(settings: QSettings) -> str:
    """The language that was chosen, or empty."""
    code = str(settings.value(_KEY, ""))
    return code if code in languages() else ""


def keep_language(settings: QSettings, code: str) -> None:
    """Begin with this language from now on."""
    settings.setValue(_KEY, code)


def use_language(code: str = "") -> None:
    """Speak a language from now on, and write numbers as it does.

    Parameters
    ----------
    code : str
        One of :func:`languages`; empty for the system's, or English where that is not among them. English
        on an English system keeps the system's own way to write numbers.
    """
    application = QCoreApplication.instance()
    assert application is not None
    system = QLocale.system()
    own = QLocale.languageToCode(system.language())
    chosen = code or (own if own in languages() else SOURCE)
    QLocale.setDefault(system if not code or own == chosen else QLocale(chosen))
    for translator in application.findChildren(QTranslator):
        application.removeTranslator(translator)
        translator.deleteLater()
    application.setProperty(_KEY, chosen)
    if chosen == SOURCE:
        return
    for folder, name in (
        (Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)), f"qtbase_{chosen}"),
        (_catalogues(), f"{_NAME}{chosen}"),
    ):
        translator = QTranslator(application)
        if translator.load(name, str(folder)):
            application.installTranslator(translator)


def _catalogues() -> Path:
    return resource_dir() / _FOLDER
