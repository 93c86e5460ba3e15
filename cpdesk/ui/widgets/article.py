"""A text to read: headings, steps, links, in lines that are not too long."""

from PySide6.QtCore import QEvent, Qt, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from cpdesk.ui import theme
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole

_MEASURE = 72
"""Letters of an ordinary line."""
_LINE_HEIGHT = 140
"""Per cent."""
_HEADINGS = {1: TextRole.TITLE, 2: TextRole.BRAND, 3: TextRole.SECTION}


class Article(QTextBrowser):
    """Shows Markdown of our own; links are told, not followed. Tab goes from link to link, Enter opens one."""

    followed = Signal(str)
    """The address of a link that was opened."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._markdown = ""
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        # Without a cursor in the text: the arrow keys scroll it.
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        self.anchorClicked.connect(self._on_anchor_clicked)
        theme.current().changed.connect(self._dress)

    def show_text(self, markdown: str) -> None:
        """Show a text from its beginning."""
        if markdown != self._markdown:
            self._markdown = markdown
            self._dress()
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.verticalScrollBar().setValue(0)

    def measure(self) -> int:
        """The width at which lines are easy to read."""
        return self.fontMetrics().averageCharWidth() * _MEASURE + spacing.L

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange and hasattr(self, "_markdown"):
            self._dress()

    def _dress(self) -> None:
        """Give the text the looks of the theme; Markdown brings none."""
        place = self.verticalScrollBar().value()
        self.document().setIndentWidth(theme.current().fonts.scaled(spacing.L))
        self.document().setDefaultFont(theme.current().fonts.font(TextRole.BODY))
        self.document().setMarkdown(self._markdown, QTextDocument.MarkdownFeature.MarkdownNoHTML)
        option = self.document().defaultTextOption()
        option.setTextDirection(self.layoutDirection())
        self.document().setDefaultTextOption(option)
        _dress_blocks(self.document())
        self.verticalScrollBar().setValue(place)

    def _on_anchor_clicked(self, link: QUrl) -> None:
        self.followed.emit(link.toString())


def _dress_blocks(document: QTextDocument) -> None:
    edit = QTextCursor(document)
    # The lines are broken anew once, not after each of the changes.
    edit.beginEditBlock()
    block = document.begin()
    while block.isValid():
        _dress_block(block)
        block = block.next()
    edit.endEditBlock()


def _dress_block(block: QTextBlock) -> None:
    cursor = QTextCursor(block)
    cursor.setBlockFormat(_block_format(block))
    level = block.blockFormat().headingLevel()
    for start, length, looks in _runs(block):
        cursor.setPosition(start)
        cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
        cursor.setCharFormat(_dressed(looks, level))


def _dressed(looks: QTextCharFormat, level: int) -> QTextCharFormat:
    """The looks of a run of text; `level` is that of a heading, or 0."""
    made = QTextCharFormat(looks)
    bold = looks.fontWeight() > QFont.Weight.Normal
    role = _HEADINGS.get(level, TextRole.STRONG if bold else TextRole.BODY)
    made.clearProperty(QTextFormat.Property.FontSizeAdjustment.value)
    made.setFont(theme.current().fonts.font(role))
    made.setForeground(QColor(theme.current().colour("accent" if looks.isAnchor() else "ink")))
    made.setFontUnderline(looks.isAnchor())
    return made


def _block_format(block: QTextBlock) -> QTextBlockFormat:
    made = QTextBlockFormat(block.blockFormat())
    level = made.headingLevel()
    goes_on = block.textList() is not None and block.next().textList() is not None
    made.setTopMargin(spacing.M if level > 1 else 0)
    made.setBottomMargin(spacing.S if level or goes_on else spacing.M)
    if not level:
        made.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    return made


def _runs(block: QTextBlock) -> list[tuple[int, int, QTextCharFormat]]:
    """The parts of a block: where, how long, and how they look so far."""
    found = []
    steps = block.begin()
    while not steps.atEnd():
        part = steps.fragment()
        found.append((part.position(), part.length(), part.charFormat()))
        steps += 1
    return found
