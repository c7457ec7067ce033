"""How the inspector changes the network: one undoable edit, refused in words where it makes no sense."""

from __future__ import annotations

from collections.abc import Callable

from nnsim.model.edits import Edit
from nnsim.model.errors import DocumentError
from nnsim.model.network import Network
from nnsim.session.session import Session


def change(session: Session, text: str, edit: Callable[[Network], Edit]) -> None:
    """Make an edit.

    Parameters
    ----------
    session : Session
    text : str
        What the edit is called in the history.
    edit : callable
        From the present network to the edit; it may raise DocumentError.
    """
    try:
        made = edit(session.document.network)
    except DocumentError as error:
        session.refuse(text, error)
    else:
        session.edit_network(text, made)
