"""Services that answer at once from what they were given, for the gallery and the tests of pages."""

import inspect
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from cpdesk.services.bundle import Services


class StandIn:
    """Stands for one area of services, such as `Accounts`.

    An answer is a callable (called with the arguments), an exception (raised) or anything else (returned).
    Calls are checked against the real class, so that a page cannot rely on what services do not have.
    """

    def __init__(self, area: type, **answers: Any) -> None:
        for name in answers:
            getattr(area, name)
        self._area = area
        self.answers = answers
        self.calls: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = []

    def __getattr__(self, name: str) -> "_Method":
        if name not in self.answers:
            raise AttributeError(f"{self._area.__name__}.{name} has no answer here")
        return _Method(self, name, inspect.signature(getattr(self._area, name)))

    def called(self, name: str) -> list[tuple[Any, ...]]:
        """The positional arguments of each call of a method, the operator left out."""
        return [args[1:] for called, args, _named in self.calls if called == name]


class _Method:
    def __init__(self, owner: StandIn, name: str, signature: inspect.Signature) -> None:
        self._owner = owner
        self._name = name
        self._signature = signature

    def __call__(self, *args: Any, **named: Any) -> Any:
        self._signature.bind(self._owner, *args, **named)
        self._owner.calls.append((self._name, args, named))
        answer = self._owner.answers[self._name]
        if isinstance(answer, Exception):
            raise answer
        return answer(*args, **named) if callable(answer) else answer


class _Bundle:
    def __init__(self, areas: dict[str, StandIn]) -> None:
        self.__dict__.update(areas)


def services(**areas: StandIn) -> "Services":
    """The areas as pages get them; asking for one that was not given is an AttributeError."""
    return cast("Services", _Bundle(areas))
