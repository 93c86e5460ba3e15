from cpdesk.base.errors import CodedError, KnownError, UserError


def test_an_error_carries_its_code_and_its_facts() -> None:
    error = UserError("no_seats_available", product="SPB", missing=2)
    assert (error.code, error.params) == ("no_seats_available", {"product": "SPB", "missing": 2})
    assert str(error) == "no_seats_available(product='SPB', missing=2)"


def test_a_refusal_is_no_trouble_and_neither_is_a_bug() -> None:
    assert issubclass(UserError, CodedError)
    assert issubclass(KnownError, CodedError)
    assert not issubclass(UserError, KnownError)
    assert not issubclass(KnownError, UserError)
