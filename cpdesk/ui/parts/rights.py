"""What is offered in an account to an operator. Services decide; screens only follow (rules 17 and 19)."""

from cpdesk.domain.accounts import Status
from cpdesk.domain.operators import Session, may_change
from cpdesk.domain.rows import AccountRow


def may_add(by: Session, account: AccountRow | None) -> bool:
    """Whether users and licenses may become more; not before the account is known."""
    return account is not None and account.status is Status.ACTIVE and may_change(by)


def may_reduce(by: Session, account: AccountRow | None) -> bool:
    """Whether users and licenses may become fewer: in a suspended account, too, in a closed one nothing changes."""
    return account is not None and account.status is not Status.CLOSED and may_change(by)
