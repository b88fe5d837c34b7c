from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from demo.factories import OfferFactory, TrainingFactory
from jobs.enums import ContractType, Funding, Modality
from jobs.models import JobDetails, Offer, OfferEvent, TrainingDetails, TrainingSession
from medinjob.lib.rows import insert, insert_values, insert_with_keys
from search.models import PendingIndexing

pytestmark = pytest.mark.django_db

WHOLE = {
    JobDetails: {"contract": ContractType.CDD, "contract_months": 6, "pay_min": Decimal("12.5"), "pay_unit": "hour"}
    | {"starts_on": date(2027, 1, 4), "level": 5, "pay_text": "100 % d'« extras »"},
    TrainingDetails: {"formacodes": ["31088"], "funding": [Funding.CPF], "price": Decimal("1200.00"), "hours": 40},
    TrainingSession: {"starts_on": date(2027, 1, 4), "ends_on": date(2027, 2, 5), "modality": Modality.REMOTE},
    OfferEvent: {"action": "edit", "after": "draft", "at": datetime(2026, 11, 22, 20, 30, 1, 5, tzinfo=UTC)},
}


def raw(model):
    """The only row as the database holds it, and its column types there, without the key and the offer."""
    left_out = [model._meta.pk.column, "offer_id"]
    names = [field.column for field in model._meta.concrete_fields if field.column not in left_out]
    types = [f"typeof({name})" for name in names] if connection.vendor == "sqlite" else []
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join([*names, *types])} FROM {model._meta.db_table}")
        return cursor.fetchall()


@pytest.mark.parametrize("model", WHOLE, ids=lambda model: model.__name__)
def test_insert_leaves_the_row_that_bulk_create_leaves(model):
    offer = Offer.objects.create(kind="job", title="Développeuse")
    model.objects.bulk_create([model(offer=offer, **WHOLE[model])])
    expected = raw(model)
    model.objects.all().delete()
    insert(model, [model(offer=offer, **WHOLE[model])])
    assert raw(model) == expected
    assert len(expected) == 1


def test_insert_is_as_many_statements_for_many_rows():
    offers = [OfferFactory().pk, TrainingFactory().pk]
    with CaptureQueriesContext(connection) as one:
        insert_values(PendingIndexing, [(offers[0], datetime.now(UTC))])
    with CaptureQueriesContext(connection) as many:
        insert_values(PendingIndexing, [(offer, datetime.now(UTC)) for offer in offers * 20])
    assert len(one) == len(many) == 1


def test_insert_with_keys_leaves_the_rows_and_instances_of_bulk_create():
    def offers():
        now = datetime(2026, 11, 22, 20, 30, 1, 5, tzinfo=UTC)
        return [
            Offer(kind="job", title=f"Développeuse « {n} »", other_skills=["é", n], created_at=now, updated_at=now)
            for n in range(60)
        ]

    expected, mine = Offer.objects.bulk_create(offers()), offers()
    insert_with_keys(Offer, mine)
    assert len({offer.pk for offer in (*expected, *mine)}) == 120
    assert not any(offer._state.adding for offer in mine)
    written = Offer.objects.in_bulk([offer.pk for offer in mine])
    assert [written[offer.pk].title for offer in mine] == [offer.title for offer in expected]
    known = [
        list(Offer.objects.filter(pk__in=[o.pk for o in each]).order_by("pk").values()) for each in (expected, mine)
    ]
    assert [{**row, "id": 0} for row in known[0]] == [{**row, "id": 0} for row in known[1]]


def test_insert_of_nothing_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        insert(JobDetails, [])
        insert_with_keys(Offer, [])


def test_insert_is_refused_what_the_constraints_refuse():
    offer = Offer.objects.create(kind="job", title="Développeuse")
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(JobDetails, [JobDetails(offer=offer, contract="slavery")])


def test_insert_values_must_fit_the_fields():
    with pytest.raises(ValueError, match="zip"):
        insert_values(PendingIndexing, [(1,)])
