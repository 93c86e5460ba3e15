"""cpdesk: a desktop control panel for Microsoft 365 licenses and their billing mode."""


def __getattr__(name: str) -> str:
    """Answer `cpdesk.__version__` from the installed metadata, read on first use: it costs start-up time."""
    if name != "__version__":
        raise AttributeError(name)
    from importlib.metadata import version

    return version("cpdesk")
