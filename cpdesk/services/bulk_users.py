"""Adding, editing, deleting and bringing back the users whom a file names."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from cpdesk.base.errors import UserError
from cpdesk.base.progress import Tell
from cpdesk.domain import names
from cpdesk.domain.bulk.file import DISPLAY_NAME, NEW_UPN, UPN, BulkFile, BulkRow, RowProblem, cleaned_fields, repeated
from cpdesk.domain.bulk.report import BulkOptions, BulkReport, ProductMoves, RowResult
from cpdesk.domain.modes import Mode
from cpdesk.domain.people import RESTORE_WITHIN, UserFields
from cpdesk.domain.rows import AccountRow
from cpdesk.domain.undo import Undo
from cpdesk.services import removing, restoring, unit_prices, user_writing
from cpdesk.services.base import Work
from cpdesk.services.bulk_rows import Known, each_once, found, keys, report_of, with_problems
from cpdesk.services.restoring import Return
from cpdesk.store import deleted_users, products, users
from cpdesk.store.deleted_users import Deleted

Person = dict[str, Any]
"""What is known of a user by the names of `people.DETAILS`."""


@dataclass(frozen=True, slots=True)
class NewUsers:
    """Users to be added; `bulk_changes.Prepared`."""

    account_id: int
    report: BulkReport
    people: tuple[Person, ...]

    def write(self, work: Work, progress: Tell | None) -> Undo | None:
        user_writing.insert(work, self.account_id, self.people, progress)
        return None


@dataclass(frozen=True, slots=True)
class EditedUsers:
    """Users to be changed, before and after by id; `bulk_changes.Prepared`."""

    account_id: int
    report: BulkReport
    edits: Mapping[int, tuple[Person, Person]]

    def write(self, work: Work, progress: Tell | None) -> Undo | None:
        user_writing.update(work, self.account_id, self.edits, progress)
        return None


@dataclass(frozen=True, slots=True)
class RemovedUsers:
    """Users to be deleted; `bulk_changes.Prepared`."""

    account_id: int
    report: BulkReport
    user_ids: tuple[int, ...]
    release: bool

    def write(self, work: Work, progress: Tell | None) -> Undo | None:
        return removing.remove(work, self.account_id, self.user_ids, progress, release=self.release).undo


@dataclass(frozen=True, slots=True)
class ReturnedUsers:
    """Users to be brought back; `bulk_changes.Prepared`."""

    account_id: int
    report: BulkReport
    plans: tuple[Return, ...]

    def write(self, work: Work, progress: Tell | None) -> Undo | None:
        restoring.bring_back(work, self.account_id, self.plans, progress)
        return None


def prepare_new(account: AccountRow, file: BulkFile) -> NewUsers:
    """A user who is there exactly as a row says is added already; one who is otherwise is somebody else."""
    people, added = Known.of(account.id, file), list[Person]()
    again = _repeats(file)

    def result(row: BulkRow) -> RowResult:
        told = people.result(row)
        values, problems = cleaned_fields(row, file.titles)
        problems += again.get(row.row, ())
        known = people.persons.get(people.id_of(row.upn) or 0)
        if known is None and row.upn:
            try:
                values[UPN] = names.clean_address(row.upn, "bad_upn")
            except UserError as bad:
                problems += (people.problem(row, bad),)
        elif known is not None and not problems and not _same(values, known):
            problems += (people.problem(row, UserError("upn_taken", upn=known[UPN])),)
        if told.problems or problems:
            return with_problems(told, *problems)
        if known is not None:
            return told
        person = _new_person(values)
        added.append(person)
        return replace(told, upn=person[UPN], name=person[DISPLAY_NAME], changed=True)

    rows = [result(row) for row in file.rows]
    return NewUsers(account.id, report_of(account, file, rows), tuple(added))


def prepare_edits(account: AccountRow, file: BulkFile, options: BulkOptions) -> EditedUsers:
    """A user who has been renamed as a row says is found under the new name."""
    file = file if options.empty_clears else _without_empty(file)
    # These two name a user: without them there is none.
    file = _without_empty(file, (NEW_UPN, DISPLAY_NAME))
    people = Known.of(account.id, file, _new_names(file))
    again, edits = _repeats(file), dict[int, tuple[Person, Person]]()

    def result(row: BulkRow) -> RowResult:
        told, renamed = people.result(row), False
        user_id = people.id_of(row.upn)
        if user_id is None and row.fields.get(NEW_UPN):
            user_id, renamed = people.id_of(str(row.fields[NEW_UPN])), True
        known = people.persons.get(user_id or 0)
        values, problems = cleaned_fields(row, file.titles, known)
        problems += again.get(row.row, ())
        gone = user_id is None or known is None or (renamed and not _same(values, known))
        if gone and row.upn:
            problems += (people.nobody(row, UserError("unknown_user", upn=row.upn)),)
        if told.problems or problems or user_id is None or known is None:
            return with_problems(told, *problems)
        after = known | values
        if after[UPN] != known[UPN]:
            after["guest"] = names.is_guest(after[UPN])
        if after == known:
            return replace(told, upn=known[UPN], name=known[DISPLAY_NAME])
        edits[user_id] = (known, after)
        return replace(told, changed=True)

    rows = [result(row) for row in file.rows]
    rows = list(_refuse_taken(people, file.rows, rows, edits))
    return EditedUsers(account.id, report_of(account, file, rows), edits)


def prepare_removals(work: Work, account: AccountRow, file: BulkFile, options: BulkOptions) -> RemovedUsers:
    """A user who was deleted is so already."""
    people, known = Known.of(account.id, file), products.by_id()
    deleted = deleted_users.latest_by_key(account.id, keys(row.upn for row in file.rows))
    held, is_first, user_ids = users.held_by(people.persons), each_once(), list[int]()

    def result(row: BulkRow) -> RowResult:
        told, user_id = people.result(row), people.id_of(row.upn)
        if row.problems:
            return told
        if user_id is not None:
            if not is_first(row):
                return told
            user_ids.append(user_id)
            licenses = tuple(sorted(known[number].part_number for number in held[user_id]))
            return replace(told, changed=True, licenses=licenses)
        gone = found(deleted, row.upn)
        if gone is None:
            return with_problems(told, people.nobody(row, UserError("unknown_user", upn=row.upn)))
        return replace(told, upn=gone.upn, name=gone.display_name)

    rows = [result(row) for row in file.rows]
    freed = Counter(number for user_id in user_ids for number in held[user_id])
    moves = (
        ProductMoves(product.part_number, product.name, freed[number])
        for number, product in known.items()
        if number in freed
    )
    released = account.mode is Mode.USAGE or options.release
    report = replace(
        report_of(account, file, rows),
        products=tuple(moves),
        released=released,
        falls_later=unit_prices.falls_later(account, work.now),
    )
    return RemovedUsers(account.id, report, tuple(user_ids), options.release)


def prepare_returns(work: Work, account: AccountRow, file: BulkFile, options: BulkOptions) -> ReturnedUsers:
    """A user who is active is back already. Seats of the pool go to those who come first in the file."""
    people = Known.of(account.id, file)
    deleted = deleted_users.latest_by_key(account.id, keys(row.upn for row in file.rows))
    taken = {one.id for one in deleted_users.taken(account.id, deleted.values())}
    is_first = each_once()
    gone = dict[int, Deleted]()
    """By row."""
    object_ids: set[str | None] = set()

    def result(row: BulkRow) -> RowResult:
        told, back = people.result(row), found(deleted, row.upn)
        if row.problems or people.id_of(row.upn) is not None:
            return told
        if back is None:
            return with_problems(told, people.nobody(row, UserError("no_deleted_user", upn=row.upn)))
        told = replace(told, upn=back.upn, name=back.display_name)
        if work.now - back.deleted_at > RESTORE_WITHIN:
            late = UserError("restore_too_late", upn=back.upn, deleted_at=back.deleted_at)
            return with_problems(told, people.problem(row, late))
        if not is_first(row):
            return told
        # A rename may lie between two deletions of one person.
        if back.id in taken or (back.object_id is not None and back.object_id in object_ids):
            return with_problems(told, people.problem(row, UserError("upn_taken", upn=back.upn)))
        object_ids.add(back.object_id)
        gone[row.row] = back
        return replace(told, changed=True)

    rows = [result(row) for row in file.rows]
    plans = dict(zip(gone, restoring.returns(account, list(gone.values())), strict=True))
    return _returned(account, file, rows, plans, options)


def _returned(
    account: AccountRow, file: BulkFile, rows: Iterable[RowResult], plans: Mapping[int, Return], options: BulkOptions
) -> ReturnedUsers:
    """Say of each row what its user has again, and of the file which seats that takes."""
    known = products.by_id()

    def told(row: RowResult) -> RowResult:
        plan = plans.get(row.row)
        if plan is None:
            return row
        licenses = tuple(sorted(known[number].part_number for number in plan.fitting))
        return replace(row, licenses=licenses, missing=tuple(known[number].name for number in plan.missing))

    fitting = Counter(number for plan in plans.values() for number in plan.fitting)
    missing: dict[int, list[int]] = {}
    for row, plan in plans.items():
        for number in plan.missing:
            missing.setdefault(number, []).append(row)
    moves = [
        ProductMoves(
            part_number=product.part_number,
            name=product.name,
            count=fitting[number],
            missing=0 if options.without_missing else len(missing.get(number, ())),
            lacking_rows=tuple(missing.get(number, ())),
        )
        for number, product in known.items()
        if number in fitting or number in missing
    ]
    report = replace(report_of(account, file, map(told, rows)), products=tuple(moves))
    return ReturnedUsers(account.id, report, tuple(plans.values()))


def _same(values: Mapping[str, Any], known: Mapping[str, Any]) -> bool:
    """Whether a user is as a row says. What the row says nothing about, and how a name is spelled, do not matter."""
    return all(
        names.address_key(value) == names.address_key(known[name]) if name == UPN else value == known[name]
        for name, value in values.items()
        if value != ""
    )


def _new_person(values: Mapping[str, Any]) -> Person:
    return user_writing.new_person(UserFields(**{name: value for name, value in values.items() if value != ""}))


def _without_empty(file: BulkFile, only: Iterable[str] | None = None) -> BulkFile:
    """The file without its empty cells, all of them or those of some columns."""
    dropped = set(file.titles if only is None else only)

    def told(row: BulkRow) -> BulkRow:
        return replace(row, fields={name: v for name, v in row.fields.items() if v != "" or name not in dropped})

    return replace(file, rows=tuple(map(told, file.rows)))


def _new_names(file: BulkFile) -> list[str]:
    return [str(row.fields[NEW_UPN]) for row in file.rows if NEW_UPN in row.fields]


def _repeats(file: BulkFile) -> dict[int, tuple[RowProblem, ...]]:
    """Two rows about one user may contradict each other: each but the first is a problem, by its row."""
    column = file.titles[UPN]
    return {
        row.row: (
            RowProblem.of(
                row.row,
                column,
                UserError(
                    "duplicate_upn_in_file",
                    file=file.name,
                    column=column,
                    upn=row.upn,
                    row=earlier.row,
                    other_row=row.row,
                ),
            ),
        )
        for row, earlier in repeated(file)
    }


def _refuse_taken(
    people: Known, file_rows: Iterable[BulkRow], rows: Iterable[RowResult], edits: Mapping[int, tuple[Person, Person]]
) -> Iterable[RowResult]:
    """A new name must not be somebody else's once all rows are carried out; names may trade places."""
    finally_has: dict[str, int] = {}
    for user_id, person in people.persons.items():
        after = edits[user_id][1] if user_id in edits else person
        first = names.address_key(after[UPN])
        # Who keeps a name has it, whoever comes first.
        if user_id not in edits or first not in finally_has:
            finally_has[first] = user_id
    for row, told in zip(file_rows, rows, strict=True):
        edited = people.id_of(row.upn) if told.changed else None
        upn = edits[edited][1][UPN] if edited is not None else ""
        if upn and finally_has[names.address_key(upn)] != edited:
            yield with_problems(told, people.problem(row, UserError("upn_taken", upn=upn), NEW_UPN))
        else:
            yield told
