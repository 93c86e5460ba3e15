"""The warning about a data folder at a place that is bad for a database, for the command line and the window alike."""

from cpdesk.base.i18n import _

_SERVICES = {"onedrive": "OneDrive", "dropbox": "Dropbox", "icloud": "iCloud Drive", "google_drive": "Google Drive"}
"""What kinds of folders are called by those who know them: names, the same in every language."""


def folder_warning(kind: str, path: str) -> str:
    """What is the matter with a data folder of a kind (`FolderKind`), and what to do; "" for a local one."""
    if kind == "network":
        danger = _(
            "The data folder {path} lies on a network drive, where locks cannot be relied on: "
            "two computers that write at the same time can damage the database."
        ).format(path=path)
    elif kind in _SERVICES:
        danger = _(
            "The data folder {path} lies in {service}, which copies the database while it is written: "
            "a copy can be half a change, and what is changed on two computers at the same time is lost on one."
        ).format(path=path, service=_SERVICES[kind])
    else:
        return ""
    todo = _(
        "Close cpdesk, move the folder to a disk of this computer where nothing copies it, "
        "and start with: cpdesk --data FOLDER"
    )
    return f"{danger} {todo}"
