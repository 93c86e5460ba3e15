from datetime import UTC, date, datetime, timedelta

from cpdesk.domain.modes import Mode, PendingSwitch

DUE = datetime(2026, 12, 1, 5, 0, tzinfo=UTC)
PENDING = PendingSwitch(1, 2, Mode.USAGE, date(2026, 12, 1), "America/New_York", DUE, DUE - timedelta(9), "a@b.example")


def test_a_switch_is_due_at_its_instant_and_not_a_microsecond_before() -> None:
    assert PENDING.is_due(DUE)
    assert PENDING.is_due(DUE + timedelta(365))
    assert not PENDING.is_due(DUE - timedelta(microseconds=1))


def test_there_are_two_modes_and_each_is_the_other_ones_other() -> None:
    assert [mode.other.other for mode in Mode] == list(Mode) == [Mode.USAGE, Mode.PURCHASE]
