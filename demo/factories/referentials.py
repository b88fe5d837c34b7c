from datetime import date
from typing import Any

import factory
from django.utils.text import slugify

from referentials.models import Appellation, Commission, Commune, Occupation, Sector, Skill
from referentials.place_names import place_key
from referentials.selectors import forget_places
from referentials.selectors.occupations import forget_occupations
from referentials.skill_names import skill_slug

_DEPARTMENTS = {
    "04": "Alpes-de-Haute-Provence",
    "05": "Hautes-Alpes",
    "06": "Alpes-Maritimes",
    "13": "Bouches-du-Rhône",
    "83": "Var",
    "84": "Vaucluse",
}


def _commune_code(n: int) -> str:
    """INSEE code of the n-th made-up commune: 13900 to 13999, then 900 in each other department, again and again."""
    if n < 100:
        return f"13{900 + n}"
    department, number = divmod(n - 100, 900)
    others = [code for code in _DEPARTMENTS if code != "13"]
    return f"{others[department % len(others)]}{100 + number}"


def _real(code: str, name: str, postcodes: list[str], population: int, latitude: float, longitude: float) -> Any:
    return factory.Trait(
        code=code, name=name, postcodes=postcodes, population=population, latitude=latitude, longitude=longitude
    )


class CommuneFactory(factory.django.DjangoModelFactory):
    """A made-up commune of the Bouches-du-Rhône, or with a trait a real one: `CommuneFactory(aix=True)`."""

    class Meta:
        model = Commune
        django_get_or_create = ["code"]

    class Params:
        aix = _real("13001", "Aix-en-Provence", ["13080", "13090", "13100", "13290", "13540"], 147478, 43.5283, 5.4497)
        aubagne = _real("13005", "Aubagne", ["13400"], 47529, 43.2928, 5.5707)
        marseille = _real("13055", "Marseille", [f"130{n:02}" for n in range(1, 17)], 886040, 43.297, 5.3811)
        nice = _real("06088", "Nice", ["06000", "06100", "06200", "06300"], 353701, 43.7031, 7.2661)
        toulon = _real("83137", "Toulon", ["83000", "83100", "83200"], 180834, 43.1244, 5.9284)
        avignon = _real("84007", "Avignon", ["84000", "84140"], 90330, 43.9483, 4.8089)
        gap = _real("05061", "Gap", ["05000"], 40631, 44.5606, 6.0799)
        monaco = factory.Trait(
            code="99138",
            name="Monaco",
            department="MC",
            department_name="Monaco",
            region="MC",
            region_name="Monaco",
            postcodes=["98000"],
            population=38367,
            latitude=43.7384,
            longitude=7.4246,
        )
        paris = factory.Trait(
            code="75056",
            name="Paris",
            department_name="Paris",
            region="11",
            region_name="Île-de-France",
            postcodes=[f"750{n:02}" for n in range(1, 21)],
            population=2103778,
            latitude=48.8534,
            longitude=2.3488,
        )

    code = factory.Sequence(_commune_code)
    name = factory.LazyAttribute(lambda commune: f"Ville {commune.code}")
    search_name = factory.LazyAttribute(lambda commune: place_key(commune.name))
    department = factory.LazyAttribute(lambda commune: commune.code[:2])
    department_name = factory.LazyAttribute(lambda commune: _DEPARTMENTS[commune.department])
    region = "93"
    region_name = "Provence-Alpes-Côte d'Azur"
    postcodes = factory.LazyAttribute(lambda commune: [commune.code])
    population = 1000
    latitude = factory.Sequence(lambda n: round(43.3 + n % 80 / 100, 4))
    longitude = factory.Sequence(lambda n: round(5.2 + n % 70 / 100, 4))
    coordinates_source = "geonames"

    @classmethod
    def _create(cls, model_class: type[Commune], *args: Any, **fields: Any) -> Commune:
        forget_places()
        return super()._create(model_class, *args, **fields)


class OccupationFactory(factory.django.DjangoModelFactory):
    """A digital occupation, made up or, with a trait, a real one of ROME 4.0."""

    class Meta:
        model = Occupation
        django_get_or_create = ["code"]

    class Params:
        web = factory.Trait(code="M1855", label="Développeur / Développeuse web")
        data = factory.Trait(code="M1405", label="Data scientist", family="data")
        devops = factory.Trait(code="M1827", label="Ingénieur / Ingénieure DevOps", family="infrastructure")
        cook = factory.Trait(code="G1602", label="Cuisinier / Cuisinière", family="", digital=False)

    code = factory.Sequence(lambda n: f"Z{1000 + n % 9000}")
    label = factory.Sequence("Métier numérique {}".format)
    family = "development"
    digital = True

    @classmethod
    def _create(cls, model_class: type[Occupation], *args: Any, **fields: Any) -> Occupation:
        forget_occupations()
        return super()._create(model_class, *args, **fields)


class AppellationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Appellation

    code = factory.Sequence(lambda n: str(900_000 + n))
    occupation = factory.SubFactory(OccupationFactory)
    label = factory.Sequence("Appellation {}".format)

    @classmethod
    def _create(cls, model_class: type[Appellation], *args: Any, **fields: Any) -> Appellation:
        forget_occupations()
        return super()._create(model_class, *args, **fields)


class SectorFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Sector
        django_get_or_create = ["slug"]

    slug = factory.LazyAttribute(lambda sector: slugify(sector.label))
    label = factory.Sequence("Secteur {}".format)
    label_en = factory.Sequence("Sector {}".format)


class CommissionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Commission
        django_get_or_create = ["slug"]

    slug = factory.LazyAttribute(lambda commission: slugify(commission.label))
    label = factory.Sequence("Commission {}".format)
    since = date(2019, 1, 1)


class SkillFactory(factory.django.DjangoModelFactory):
    """`SkillFactory(label="Python")`: asked for twice, it is the same row."""

    class Meta:
        model = Skill
        django_get_or_create = ["slug"]

    label = factory.Sequence("Compétence {}".format)
    slug = factory.LazyAttribute(lambda skill: skill_slug(skill.label))
    spotted = True
