"""Build hook: a wheel carries compiled translations, so that an installed program starts without parsing."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileLocale(BuildHookInterface[Any]):
    """Adds a compiled catalogue beside each source catalogue of the wheel."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        locale = Path(self.root, "resources", "locale")
        for source in sorted(locale.glob("*/LC_MESSAGES/*.po")):
            target = source.relative_to(locale).with_suffix(".mo")
            compiled = Path(self.root, "build", "locale", target)
            self._compile(source, compiled)
            build_data["force_include"][str(compiled)] = f"cpdesk/_resources/locale/{target.as_posix()}"

    @staticmethod
    def _compile(source: Path, compiled: Path) -> None:
        compiled.parent.mkdir(parents=True, exist_ok=True)
        with source.open("rb") as stream:
            catalogue = read_po(stream)
        with compiled.open("wb") as stream:
            write_mo(stream, catalogue)
