"""Tests of other areas, once more on an encrypted database: nothing but the file on the disk is another one.

All tests of services and store run so with CPDESK_TEST_ENCRYPTED=1; here are some of each kind.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("sqlcipher3", reason="encryption is an extra")

TOP = Path(__file__).parents[2]
CHOSEN = (
    "services/test_jump.py::test_a_refused_change_leaves_everybody_found",
    "services/test_jump.py::test_who_is_renamed_is_found_by_the_new_name_only",
    "services/test_restore.py::test_time_goes_on_from_the_database_that_is_set_aside",
    "services/test_restore.py::test_a_preview_leaves_the_file_and_its_folder_alone",
    "services/test_restore.py::test_while_another_thread_has_it_open",
    "services/test_settling.py::test_a_late_completion_can_be_told_afterwards",
    "services/test_to_usage.py::test_unassigned_and_tenant_seats_are_released_and_assigned_ones_stay",
    "services/test_undo.py::test_deleted_users_come_back_with_their_licenses",
    "services/test_undo.py::test_history_is_not_rewritten",
    "store/test_connection.py::test_every_thread_gets_the_same_pragmas",
    "store/test_connection.py::test_what_fails_half_way_leaves_nothing",
)


def test_some_of_each_kind_pass_on_an_encrypted_database() -> None:
    words = [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", *(f"tests/{name}" for name in CHOSEN)]
    around = {**os.environ, "CPDESK_TEST_ENCRYPTED": "1"}
    done = subprocess.run(words, cwd=TOP, env=around, capture_output=True, encoding="utf-8", timeout=110, check=False)
    assert done.returncode == 0, done.stdout[-3000:]
