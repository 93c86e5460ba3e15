"""Why a file that was given to a page cannot be read."""

from cpdesk.base.errors import UserError
from cpdesk.base.i18n import _
from cpdesk.ui.parts.encodings import encoding_name
from cpdesk.ui.refusals import sentence_of


def unreadable_text(error: Exception) -> str:
    """The reason; where a window has another remedy than the command line, with that."""
    if isinstance(error, UserError) and error.code == "file_encoding_unknown":
        text = _("{file} does not say how it is encoded. Choose its encoding below; {likeliest} is the likeliest.")
        likeliest = encoding_name(str(error.params["suggestion"]))
        return text.format(file=error.params["file"], likeliest=likeliest)
    return sentence_of(error)
