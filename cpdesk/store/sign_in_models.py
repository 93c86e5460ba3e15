"""The tables of signing in: what failed, what has to be changed, and second factors."""

from peewee import CompositeKey, ForeignKeyField, IntegerField, TextField

from cpdesk.domain.second_factor import Place
from cpdesk.store.fields import ChoiceField, InstantField
from cpdesk.store.models import Operator, Table


class SignInFailure(Table):
    """Failed attempts to sign in by a name since the last time that it worked."""

    slot = IntegerField(primary_key=True)
    """See `domain.delays.slot`: the name itself is not kept."""
    count = IntegerField()
    last_at = InstantField()


class TemporaryPassword(Table):
    """The password of this operator was set by an administrator, and has to be changed at the next sign-in."""

    operator = ForeignKeyField(Operator, primary_key=True)
    since = InstantField()


class SecondFactor(Table):
    """A second factor. Its secret is not here: it is kept under `secret_name` at its place."""

    operator = ForeignKeyField(Operator, primary_key=True)
    secret_name = TextField()
    place = ChoiceField(Place)
    since = InstantField()
    last_step = IntegerField()
    """The step of the last code that was used: neither it nor an earlier one is taken again."""


class RecoveryCode(Table):
    """A recovery code that was not used yet."""

    operator = ForeignKeyField(Operator, index=False)
    code_hash = TextField()

    class Meta:
        primary_key = CompositeKey("operator", "code_hash")


SIGN_IN_TABLES: tuple[type[Table], ...] = (SignInFailure, TemporaryPassword, SecondFactor, RecoveryCode)
