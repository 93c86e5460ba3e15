"""The warning about a data folder says where it is, what can happen, and what to do."""

import pytest

from cpdesk.base.folder_words import folder_warning
from cpdesk.services.surroundings import FolderKind


@pytest.mark.parametrize("kind", [kind for kind in FolderKind if kind is not FolderKind.LOCAL])
def test_each_kind_that_is_bad_for_a_database_has_words(kind: FolderKind) -> None:
    text = folder_warning(kind, "/srv/cpdesk")
    assert "/srv/cpdesk" in text
    assert text.endswith("cpdesk --data FOLDER")


def test_a_local_folder_needs_none() -> None:
    assert folder_warning(FolderKind.LOCAL, "/srv/cpdesk") == ""
