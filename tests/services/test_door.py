"""Signing in: delays after failed attempts, passwords to be changed, old hashes, and second factors."""

from datetime import timedelta

import pytest

from cpdesk.base.errors import KnownError, UserError
from cpdesk.domain import delays, second_factor
from cpdesk.domain.operators import Role
from cpdesk.domain.second_factor import Place
from cpdesk.services.operators import new_recovery_code
from cpdesk.store import connection
from cpdesk.store import operators as stored_operators
from tests.support.authenticator import App
from tests.support.refusals import refused
from tests.support.world import ADMIN, PASSWORD, World, rows_of

NOBODY = "nobody@reseller.example"
AUDITOR = "auditor@reseller.example"
NEW = "staple battery"


def fail(world: World, times: int, email: str = ADMIN) -> UserError:
    """Try a wrong password so many times; the last refusal."""
    error: UserError | None = None
    for _time in range(times):
        with pytest.raises(UserError) as caught:
            world.services.operators.sign_in(email, "not this one")
        error = caught.value
    assert error
    return error


# Delays


@pytest.mark.parametrize("email", [ADMIN, NOBODY])
def test_who_is_wrong_too_often_has_to_wait_whether_the_operator_exists_or_not(world: World, email: str) -> None:
    assert fail(world, delays.FREE, email).params == {}
    last = fail(world, 1, email)
    assert (last.code, last.params) == ("wrong_credentials", {"wait": timedelta(seconds=30)})
    world.clock.advance(timedelta(seconds=10))
    waiting = fail(world, 1, email)
    assert (waiting.code, waiting.params) == ("too_many_attempts", {"wait": timedelta(seconds=20)})


def test_the_right_password_has_to_wait_too_and_then_counts(world: World) -> None:
    fail(world, delays.FREE + 3)
    with refused("too_many_attempts"):
        world.services.operators.sign_in(ADMIN, PASSWORD)
    world.clock.advance(timedelta(minutes=2))
    assert world.services.operators.sign_in(ADMIN, PASSWORD) == world.by
    assert fail(world, delays.FREE).params == {}, "counted from the beginning again"


def test_waiting_does_not_make_the_delay_longer(world: World) -> None:
    fail(world, delays.FREE + 1)
    fail(world, 50)
    world.clock.advance(timedelta(seconds=30))
    assert world.services.operators.sign_in(ADMIN, PASSWORD) == world.by


def test_a_new_start_changes_nothing(world: World) -> None:
    fail(world, delays.FREE + 1)
    world.reopen()
    with refused("too_many_attempts"):
        world.services.operators.sign_in(ADMIN, PASSWORD)


def test_a_clock_that_is_set_back_is_no_way_around_and_locks_nobody_out(world: World) -> None:
    fail(world, delays.FREE + 3)
    world.clock.advance(timedelta(days=-400))
    assert fail(world, 1).params == {"wait": timedelta(seconds=30)}
    world.clock.advance(timedelta(seconds=20))
    with refused("too_many_attempts"):
        world.services.operators.sign_in(ADMIN, PASSWORD)
    world.clock.advance(timedelta(seconds=10))
    assert world.services.operators.sign_in(ADMIN, PASSWORD) == world.by


def test_one_operator_does_not_wait_for_another(world: World) -> None:
    auditor = world.operator(Role.AUDITOR, email=AUDITOR)
    fail(world, delays.FREE + 3)
    assert world.services.operators.sign_in(AUDITOR, PASSWORD) == auditor


def test_many_attempts_at_once_are_no_way_around(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """While this one's password was compared, others have failed: what it would have found out is not told."""
    door = world.services.operators.door

    def compared(hashed: str, password: str) -> bool:
        monkeypatch.undo()
        fail(world, delays.FREE + 1)
        return door._hasher.verify(hashed, password)

    monkeypatch.setattr(door._hasher, "verify", compared)
    with refused("too_many_attempts"):
        world.services.operators.sign_in(ADMIN, PASSWORD)


def answer_while_others_fail(world: World, monkeypatch: pytest.MonkeyPatch, email: str, *given: str) -> UserError:
    """What somebody is told who begins when nobody has to wait, and ends when all have to."""
    hasher = world.services.operators.door._hasher

    def others_fail() -> None:
        monkeypatch.undo()
        fail(world, delays.FREE + 1, email)

    def compared(hashed: str, password: str) -> bool:
        others_fail()
        return hasher.verify(hashed, password)

    monkeypatch.setattr(hasher, "verify", compared)
    monkeypatch.setattr(hasher, "spend", lambda _password: others_fail())
    with pytest.raises(UserError) as caught:
        world.services.operators.sign_in(email, *given)
    return caught.value


@pytest.mark.parametrize(("email", "password"), [(ADMIN, PASSWORD), (ADMIN, "not this one"), (NOBODY, "not this one")])
def test_of_many_attempts_at_once_the_right_one_is_answered_like_the_others(
    world: World, monkeypatch: pytest.MonkeyPatch, email: str, password: str
) -> None:
    told = answer_while_others_fail(world, monkeypatch, email, password)
    assert (told.code, told.params) == ("too_many_attempts", {"wait": timedelta(seconds=30)})


def test_a_step_that_follows_the_right_password_does_not_tell_which_of_many_it_was(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.operator(Role.AUDITOR, email=AUDITOR)
    world.services.operators.reset_password(world.by, AUDITOR, "given to them")
    told = answer_while_others_fail(world, monkeypatch, AUDITOR, "given to them")
    assert told.code == "too_many_attempts"


def test_what_is_compared_while_the_password_is_changed_changes_it_back_no_more(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.operator(Role.AUDITOR, email=AUDITOR)
    operators, hasher = world.services.operators, world.services.operators.door._hasher
    operators.reset_password(world.by, AUDITOR, "known to a thief")

    def compared(hashed: str, password: str) -> bool:
        monkeypatch.undo()
        operators.reset_password(world.by, AUDITOR, "given to the owner")
        return hasher.verify(hashed, password)

    monkeypatch.setattr(hasher, "verify", compared)
    with refused("wrong_credentials"):
        operators.sign_in(AUDITOR, "known to a thief", new_password="chosen by the thief")
    assert operators.sign_in(AUDITOR, "given to the owner", new_password=NEW).email == AUDITOR


def test_an_unknown_name_costs_what_a_known_one_does(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    hasher, calls = world.services.operators.door._hasher, list[str]()

    def compared(_hashed: str, _password: str) -> bool:
        calls.append("slow")
        return False

    monkeypatch.setattr(hasher, "verify", compared)
    fail(world, 1, NOBODY)
    assert calls == ["slow"]
    fail(world, 1)
    assert calls == ["slow", "slow"]


def test_names_that_were_tried_are_not_kept(world: World) -> None:
    typed_into_the_wrong_field = "my secret password"
    fail(world, 3, typed_into_the_wrong_field)
    rows = world.stored("SELECT * FROM sign_in_failure")
    assert len(rows) == 1
    assert typed_into_the_wrong_field not in repr(rows)


def test_the_log_tells_when_an_operator_is_delayed_and_nothing_of_unknown_names(world: World) -> None:
    fail(world, delays.FREE + 1)
    fail(world, delays.FREE + 1, NOBODY)
    world.clock.advance(timedelta(minutes=1))
    fail(world, 1)
    entries = [entry for entry in world.services.audit.rows(world.by) if entry.action == "operator.sign_in_delayed"]
    assert [(entry.operator, entry.after) for entry in entries] == [("cpdesk", {"email": ADMIN, "attempts": 5})]


def test_a_new_password_from_an_administrator_ends_the_waiting(world: World) -> None:
    world.operator(Role.AUDITOR, email=AUDITOR)
    fail(world, delays.FREE + 3, AUDITOR)
    world.services.operators.set_password(world.by, AUDITOR, NEW)
    assert world.services.operators.sign_in(AUDITOR, NEW).email == AUDITOR


def test_the_present_password_is_no_way_to_guess_without_waiting(world: World) -> None:
    for _time in range(delays.FREE + 1):
        with refused("wrong_password"):
            world.services.operators.change_own_password(world.by, "not this one", NEW)
    with refused("too_many_attempts"):
        world.services.operators.change_own_password(world.by, PASSWORD, NEW)
    world.clock.advance(timedelta(seconds=30))
    world.services.operators.change_own_password(world.by, PASSWORD, NEW)
    assert world.services.operators.sign_in(ADMIN, NEW) == world.by


def test_signing_in_writes_nothing_where_nothing_was_wrong(world: World) -> None:
    before = connection.data_version(), rows_of(world.store.path, "PRAGMA data_version")
    changes = world.stored("SELECT count(*) FROM audit_entry")
    world.services.operators.sign_in(ADMIN, PASSWORD)
    assert (connection.data_version(), rows_of(world.store.path, "PRAGMA data_version")) == before
    assert world.stored("SELECT count(*) FROM audit_entry") == changes


def test_a_database_that_cannot_be_written_lets_operators_in(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    fail(world, 2)

    def refuse(**_named: object) -> None:
        raise KnownError("database_read_only", path="cpdesk.db")

    monkeypatch.setattr(world.store, "write", refuse)
    assert fail(world, 1).code == "wrong_credentials"
    assert world.services.operators.sign_in(ADMIN, PASSWORD) == world.by


# Hashes


def test_an_old_hash_is_made_anew_at_sign_in(world: World) -> None:
    hasher = world.services.operators.door._hasher
    with world.store.write():
        stored_operators.set_password(world.by.operator_id, "old:hash")
    verify = hasher.verify
    hasher.verify = lambda hashed, password: hashed == "old:hash" or verify(hashed, password)  # type: ignore[method-assign]
    assert world.services.operators.sign_in(ADMIN, PASSWORD) == world.by
    hasher.verify = verify  # type: ignore[method-assign]
    assert world.services.operators.sign_in(ADMIN, PASSWORD) == world.by
    assert world.stored("SELECT password_hash FROM operator") == [(hasher.hash(PASSWORD),)]


# Passwords that were set by an administrator


def test_a_password_from_an_administrator_has_to_be_changed_first(world: World) -> None:
    world.operator(Role.AUDITOR, email=AUDITOR)
    operators = world.services.operators
    operators.reset_password(world.by, AUDITOR, "given to them")
    assert [row.temporary_password for row in operators.rows(world.by) if row.email == AUDITOR] == [True]
    with refused("password_change_needed"):
        operators.sign_in(AUDITOR, "given to them")
    with refused("password_unchanged"):
        operators.sign_in(AUDITOR, "given to them", new_password="given to them")
    with refused("wrong_credentials"):
        operators.sign_in(AUDITOR, "a guess", new_password=NEW)
    session = operators.sign_in(AUDITOR, "given to them", new_password=NEW)
    assert operators.sign_in(AUDITOR, NEW) == session
    with refused("wrong_credentials"):
        operators.sign_in(AUDITOR, "given to them")
    actions = [(entry.action, entry.operator) for entry in world.services.audit.rows(world.by)][:2]
    assert actions == [("operator.password_set", AUDITOR), ("operator.password_reset", ADMIN)]


def test_what_is_open_with_the_old_password_is_refused_until_the_new_one_is_chosen(world: World) -> None:
    open_elsewhere = world.operator(Role.RESELLER, email=AUDITOR)
    operators = world.services.operators
    operators.reset_password(world.by, AUDITOR, "given to them")
    with refused("password_was_reset"):
        operators.rows(open_elsewhere)
    with refused("password_was_reset"):
        operators.set_password(open_elsewhere, AUDITOR, "the thief's own")
    operators.sign_in(AUDITOR, "given to them", new_password=NEW)
    assert operators.rows(open_elsewhere)


def test_the_own_password_is_not_reset_but_changed(world: World) -> None:
    with refused("password_own"):
        world.services.operators.reset_password(world.by, ADMIN, NEW)


def test_only_reseller_administrators_reset(world: World) -> None:
    auditor = world.operator(Role.AUDITOR, email=AUDITOR)
    with refused("not_allowed"):
        world.services.operators.reset_password(auditor, ADMIN, NEW)
    with refused("not_allowed"):
        world.services.factors.reset(auditor, ADMIN)


# Second factors


@pytest.fixture
def app(world: World) -> App:
    made = App(world)
    made.set_up()
    return made


def test_the_code_is_asked_for_after_the_password_only(world: World, app: App) -> None:
    with refused("wrong_credentials"):
        world.services.operators.sign_in(ADMIN, "not this one", app.code())
    with refused("code_needed"):
        world.services.operators.sign_in(ADMIN, PASSWORD)
    assert world.services.operators.sign_in(ADMIN, PASSWORD, app.code()) == world.by


def test_a_code_is_taken_once(world: World, app: App) -> None:
    code = app.code()
    world.services.operators.sign_in(ADMIN, PASSWORD, code)
    with refused("code_used"):
        world.services.operators.sign_in(ADMIN, PASSWORD, code)
    with refused("code_used"):
        world.services.operators.sign_in(ADMIN, PASSWORD, app.code(-1))
    world.reopen()
    with refused("code_used"):
        world.services.operators.sign_in(ADMIN, PASSWORD, code)
    app.next()
    assert world.services.operators.sign_in(ADMIN, PASSWORD, app.code()) == world.by


def test_the_code_that_proved_the_app_is_used_up(world: World) -> None:
    app = App(world)
    enrolment = world.services.factors.begin(world.by)
    app.secret = enrolment.secret
    world.services.factors.turn_on(world.by, PASSWORD, enrolment, app.code())
    with refused("code_used"):
        world.services.operators.sign_in(ADMIN, PASSWORD, app.code())


def test_wrong_codes_are_delayed_and_the_right_password_does_not_reset_that(world: World, app: App) -> None:
    wrong = app.code(-5)
    for _time in range(delays.FREE + 1):
        with refused("code_needed"):
            world.services.operators.sign_in(ADMIN, PASSWORD)
        with refused("wrong_code"):
            world.services.operators.sign_in(ADMIN, PASSWORD, wrong)
    with refused("too_many_attempts"):
        world.services.operators.sign_in(ADMIN, PASSWORD, app.code())
    app.next()
    assert world.services.operators.sign_in(ADMIN, PASSWORD, app.code()) == world.by


def test_a_recovery_code_works_once_instead(world: World, app: App) -> None:
    code = app.codes[3].lower()
    assert world.services.operators.sign_in(ADMIN, PASSWORD, code) == world.by
    assert world.services.factors.state(world.by).codes_left == 9
    assert world.services.audit.rows(world.by)[0].action == "operator.recovery_code_used"
    with refused("wrong_code"):
        world.services.operators.sign_in(ADMIN, PASSWORD, code)


def test_new_recovery_codes_replace_the_old_ones(world: World, app: App) -> None:
    with refused("wrong_password"):
        world.services.factors.renew_codes(world.by, "not this one")
    codes = world.services.factors.renew_codes(world.by, PASSWORD).value
    with refused("wrong_code"):
        world.services.operators.sign_in(ADMIN, PASSWORD, app.codes[0])
    assert world.services.operators.sign_in(ADMIN, PASSWORD, codes[0]) == world.by


def test_a_database_on_another_computer_lets_in_by_recovery_code_and_by_another_administrator(
    world: World, app: App
) -> None:
    second = world.operator(Role.RESELLER, email="second@reseller.example")
    world.vault.secrets.clear()
    with refused("factor_unreadable"):
        world.services.operators.sign_in(ADMIN, PASSWORD, app.code())
    assert world.services.operators.sign_in(ADMIN, PASSWORD, app.codes[0]) == world.by
    world.services.factors.reset(second, ADMIN)
    assert world.services.operators.sign_in(ADMIN, PASSWORD) == world.by
    assert world.services.audit.rows(second)[0].action == "operator.factor_reset"


def test_the_recovery_code_of_the_set_up_takes_the_second_factor_away(world: World, app: App) -> None:
    with world.store.write():
        code = new_recovery_code()
    world.services.operators.recover(code, ADMIN, NEW)
    assert app.codes
    assert world.services.operators.sign_in(ADMIN, NEW) == world.by


def test_it_is_set_up_with_the_password_and_a_code_of_the_app(world: World) -> None:
    factors = world.services.factors
    enrolment = factors.begin(world.by)
    code = second_factor.code_at(enrolment.secret, second_factor.step_at(world.clock.now()))
    with refused("wrong_password"):
        factors.turn_on(world.by, "not this one", enrolment, code)
    with refused("wrong_first_code"):
        factors.turn_on(world.by, PASSWORD, enrolment, "000000" if code != "000000" else "111111")
    assert (world.vault.secrets, factors.state(world.by).since) == ({}, None)
    factors.turn_on(world.by, PASSWORD, enrolment, code)
    assert factors.state(world.by).codes_left == second_factor.RECOVERY_CODES
    with refused("factor_is_on"):
        factors.begin(world.by)


def test_turning_it_off_throws_the_secret_away(world: World, app: App) -> None:
    with refused("wrong_password"):
        world.services.factors.turn_off(world.by, "not this one")
    world.services.factors.turn_off(world.by, PASSWORD)
    assert world.vault.secrets == {}
    assert world.services.operators.sign_in(ADMIN, PASSWORD) == world.by
    with refused("factor_is_off"):
        world.services.factors.turn_off(world.by, PASSWORD)
    assert app.codes


@pytest.mark.parametrize("way", ["remove", "recover"])
def test_whose_second_factor_ends_leaves_no_secret_behind(world: World, app: App, way: str) -> None:
    assert app.codes
    if way == "remove":
        second = world.operator(Role.RESELLER, email="second@reseller.example")
        world.services.operators.remove(second, ADMIN)
    else:
        with world.store.write():
            code = new_recovery_code()
        world.services.operators.recover(code, ADMIN, NEW)
    assert world.vault.secrets == {}
    assert world.stored("SELECT count(*) FROM recovery_code") == [(0,)]


def test_nobody_takes_their_own_away_without_the_password(world: World, app: App) -> None:
    with refused("factor_own"):
        world.services.factors.reset(world.by, ADMIN)
    assert app.codes


@pytest.mark.parametrize("change", ["turn_off", "keep"])
def test_restoring_a_backup_is_no_way_around_the_second_factor(world: World, app: App, change: str) -> None:
    kept = world.services.backups.make(world.by).value
    if change == "turn_off":
        world.services.factors.turn_off(world.by, PASSWORD)
    world.close()
    world.open()
    world.services.backups.restore(world.by, kept.path)
    if change == "turn_off":
        assert world.services.operators.sign_in(ADMIN, PASSWORD) == world.by
    else:
        with refused("code_needed"):
            world.services.operators.sign_in(ADMIN, PASSWORD)
        assert world.services.operators.sign_in(ADMIN, PASSWORD, app.codes[0]) == world.by


def test_no_secret_stands_in_the_database_or_its_log(world: World, app: App) -> None:
    world.services.operators.sign_in(ADMIN, PASSWORD, app.code())
    app.next()
    world.services.operators.set_password(world.by, ADMIN, "another secret")
    world.close()
    written = b"".join(file.read_bytes() for file in world.folder.iterdir() if file.is_file())
    for secret in (app.secret, *app.codes, "another secret"):
        assert secret.encode() not in written


def test_a_secret_that_the_keyring_does_not_take_leaves_all_as_it_was(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object) -> None:
        raise KnownError("secret_not_kept")

    monkeypatch.setattr(world.vault, "keep", refuse)
    app = App(world)
    with pytest.raises(KnownError, match="secret_not_kept"):
        app.set_up()
    assert world.services.factors.state(world.by).since is None


def test_the_place_is_told(world: World, app: App) -> None:
    assert world.services.factors.state(world.by).place is Place.KEYRING
    assert app.codes
