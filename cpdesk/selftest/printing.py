"""Can a page be put on paper?"""

from pathlib import Path

from PySide6.QtGui import QTextDocument

from cpdesk.selftest.results import Broken

_TEXT = "<h1>cpdesk</h1><p>December 1, 2026</p>"


def check_printing(folder: Path) -> str:
    """A text printed into a PDF file: no printer is needed for that.

    A computer may lack the system's libraries for printing. Then the program does without, but not without its own.
    """
    try:
        from PySide6.QtPrintSupport import QPrinter
    except ModuleNotFoundError:
        raise
    except ImportError as error:
        return f"not possible on this computer: {error}"
    path = folder / "printed.pdf"
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    document = QTextDocument()
    document.setHtml(_TEXT)
    document.print_(printer)
    # It writes the end of the file when it goes.
    del printer
    data = path.read_bytes() if path.exists() else b""
    if not data.startswith(b"%PDF") or b"%%EOF" not in data[-32:]:
        raise Broken(f"no document was written ({len(data)} bytes)")
    return f"{len(data)} bytes"
