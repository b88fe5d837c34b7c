from dataclasses import dataclass
from random import Random

from demo.factories import OfferPlaceFactory
from jobs.models import Offer, OfferPlace
from referentials.enums import HOME_REGION
from referentials.models import Commune

_SMALLEST = 4000


@dataclass(frozen=True, slots=True)
class Places:
    """Where work is: at the company's, or in another commune of the region, the larger the likelier."""

    by_code: dict[str, Commune]
    towns: list[Commune]

    @classmethod
    def load(cls) -> "Places":
        communes = Commune.objects.filter(region=HOME_REGION, active=True).order_by("code")
        by_code = {commune.code: commune for commune in communes}
        towns = [commune for commune in by_code.values() if commune.population >= _SMALLEST and not commune.parent_id]
        return cls(by_code, towns)

    def draw(self, rng: Random, home: str, *, several: bool) -> list[Commune]:
        """One commune, or up to four now and then; distinct."""
        chosen = [self.by_code[home] if rng.random() < 0.62 else self._town(rng)]
        if rng.random() < (0.3 if several else 0.06):
            chosen += [self._town(rng) for _ in range(rng.randint(1, 3))]
        return list(dict.fromkeys(chosen))

    def of(self, offer: Offer, commune: Commune) -> OfferPlace:
        place: OfferPlace = OfferPlaceFactory.build(offer=offer, commune=commune)
        return place

    def _town(self, rng: Random) -> Commune:
        return rng.choices(self.towns, [town.population**0.6 for town in self.towns])[0]
