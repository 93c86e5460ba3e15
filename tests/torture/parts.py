"""The parts of the torture and their shares of the time. One more line makes one more part."""

from tests.torture.failing import fail
from tests.torture.fuzzing.part import bad_files
from tests.torture.killing import kill
from tests.torture.replaying import replay
from tests.torture.screens import screens
from tests.torture.trial import Part

PARTS: dict[str, Part] = {
    "replay": Part(replay, 4),
    "kills": Part(kill, 3),
    "faults": Part(fail, 3),
    "files": Part(bad_files, 7),
    "screens": Part(screens, 1),
}
