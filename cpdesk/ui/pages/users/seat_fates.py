"""What is chosen for the seats that become free, and what that comes to. Plain Python."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from cpdesk.domain import leaving
from cpdesk.domain.billing import Cost
from cpdesk.domain.leaving import RemovalForecast, SeatEffect, SeatOutcome, SeatWish
from cpdesk.domain.rows import UserRow
from cpdesk.ui.parts.money_texts import Priced, cost_of


class Fate(StrEnum):
    """What becomes of the freed seats of a product."""

    USUAL = "usual"
    """What the mode says: in Usage Mode they leave the account, in Purchase Mode they stay in the pool."""
    RELEASE = "release"
    HAND_ON = "hand_on"


@dataclass(frozen=True, slots=True)
class SeatFates:
    """A forecast with what was chosen for it; a choice makes another one."""

    forecast: RemovalForecast
    released: frozenset[str] = frozenset()
    """GUIDs of products whose freed seats leave the pool."""
    takers: Mapping[str, tuple[UserRow, ...]] = field(default_factory=dict)
    """Who gets one of the freed seats, by GUID."""

    @property
    def leaving(self) -> frozenset[int]:
        """Ids of those who leave."""
        return frozenset(user.id for user in self.forecast.users)

    @property
    def wishes(self) -> tuple[SeatWish, ...]:
        """What is to be done besides deleting; nothing for what stays in the pool."""
        return tuple(wish for wish in map(self._wish, self.forecast.effects) if wish.release or wish.takers)

    @property
    def outcomes(self) -> tuple[SeatOutcome, ...]:
        """What becomes of the seats of each product."""
        mode = self.forecast.mode
        return tuple(leaving.outcome(mode, effect, self._wish(effect)) for effect in self.forecast.effects)

    @property
    def saved(self) -> Cost:
        """What the bill of a month falls by."""
        return self._cost([(one.effect, one.released) for one in self.outcomes])

    @property
    def kept(self) -> Cost:
        """What the seats that wait in the pool cost a month."""
        return self._cost([(one.effect, one.kept) for one in self.outcomes])

    def cost(self, effect: SeatEffect, seats: int) -> Cost:
        """What so many seats of a product cost a month."""
        return self._cost([(effect, seats)])

    def fate(self, guid: str) -> Fate:
        """What was chosen for a product."""
        if self.takers.get(guid):
            return Fate.HAND_ON
        return Fate.RELEASE if guid in self.released else Fate.USUAL

    def fate_of_all(self) -> Fate | None:
        """What was chosen for all products alike, None where that differs."""
        fates = {self.fate(effect.guid) for effect in self.forecast.effects}
        return fates.pop() if len(fates) == 1 else None

    def as_usual(self, guid: str = "") -> "SeatFates":
        """The same with nothing wished for the seats of a product, or of all."""
        guids = self._guids(guid)
        return replace(self, released=self.released - guids, takers=self._takers_without(guids))

    def releasing(self, guid: str = "") -> "SeatFates":
        """The same with the seats of a product, or of all, out of the pool."""
        guids = self._guids(guid)
        return replace(self, released=self.released | guids, takers=self._takers_without(guids))

    def handing_on(self, users: Sequence[UserRow], guid: str = "") -> "SeatFates":
        """The same with the seats of a product, or of all, handed on, to those who lack it and as far as they go."""
        guids = self._guids(guid)
        takers = {
            effect.guid: tuple(user for user in users if effect.part_number not in user.licenses)[: effect.count]
            for effect in self.forecast.effects
            if effect.guid in guids
        }
        return replace(self, released=self.released - guids, takers=self._takers_without(guids) | takers)

    def on(self, forecast: RemovalForecast) -> "SeatFates":
        """The same choices for a forecast that was read anew, as far as it has seats for them; none in another mode."""
        if forecast.mode is not self.forecast.mode:
            return SeatFates(forecast)
        counts: defaultdict[str, int] = defaultdict(int, {one.guid: one.count for one in forecast.effects})
        takers = {guid: users[: counts[guid]] for guid, users in self.takers.items()}
        return SeatFates(forecast, self.released & counts.keys(), takers)

    def _wish(self, effect: SeatEffect) -> SeatWish:
        takers = tuple(user.id for user in self.takers.get(effect.guid, ()))
        return SeatWish(effect.guid, takers, release=effect.guid in self.released)

    def _guids(self, guid: str) -> frozenset[str]:
        return frozenset({guid} if guid else {effect.guid for effect in self.forecast.effects})

    def _takers_without(self, guids: frozenset[str]) -> dict[str, tuple[UserRow, ...]]:
        return {guid: users for guid, users in self.takers.items() if guid not in guids}

    def _cost(self, seats: Sequence[tuple[SeatEffect, int]]) -> Cost:
        priced = [Priced(count, effect.unit_price) for effect, count in seats if count]
        return cost_of(priced, self.forecast.currency)
