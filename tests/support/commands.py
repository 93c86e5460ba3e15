"""Commands of a system that is not there."""

from collections.abc import Sequence

from cpdesk.gateways.scheduling.runner import Answer


class Commands:
    """Notes each command and says yes; or what was set for one of its words."""

    def __init__(self, **answers: tuple[int, str]) -> None:
        self.answers = answers
        self.run: list[str] = []

    def __call__(self, words: Sequence[str]) -> Answer:
        self.run.append(" ".join(words))
        told = (self.answers[word] for word in words if word in self.answers)
        return Answer(*next(told, (0, "")))
