"""What the read API says of an offer. Names are those of the query string and of the models; amounts are euros."""

from typing import Any

from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from jobs.models import Offer
from medinjob.lib.text import to_html
from search.documents.builder import build_card
from search.documents.card import Card
from search.documents.sources import load_offer


class PlaceSerializer(serializers.Serializer[Any]):
    label = serializers.CharField()  # type: ignore[assignment]  # a field of that name, not the option
    department = serializers.CharField()
    latitude = serializers.FloatField(allow_null=True)
    longitude = serializers.FloatField(allow_null=True)


class PaySerializer(serializers.Serializer[Any]):
    """Before tax, in `unit`; `yearly_*` is the same for a year of full time."""

    min = serializers.FloatField(source="pay_min", allow_null=True)
    max = serializers.FloatField(source="pay_max", allow_null=True)
    unit = serializers.CharField(source="pay_unit")
    yearly_min = serializers.IntegerField(source="pay_yearly_min", allow_null=True)
    yearly_max = serializers.IntegerField(source="pay_yearly_max", allow_null=True)


class CardSerializer(serializers.Serializer[Any]):
    """A job or a training. `company` is the employer's name, empty when its source gives none; `company_slug` is that
    of its page here. `contract` to `starts_on` speak of jobs, `certification_code` to `sessions` of trainings."""

    id = serializers.IntegerField()
    kind = serializers.CharField()
    title = serializers.CharField()
    company = serializers.CharField(source="employer_name", allow_blank=True)
    company_slug = serializers.CharField(source="company.slug", default=None, allow_null=True)
    url = serializers.SerializerMethodField()
    api_url = serializers.SerializerMethodField()
    places = PlaceSerializer(many=True)
    sectors = serializers.ListField(child=serializers.CharField())
    skills = serializers.ListField(child=serializers.CharField())
    occupations = serializers.ListField(child=serializers.CharField())
    level = serializers.IntegerField(allow_null=True)
    contract = serializers.CharField(allow_blank=True)
    remote = serializers.CharField(allow_blank=True)
    pay = serializers.SerializerMethodField()
    experience = serializers.CharField(allow_blank=True)
    open_positions = serializers.IntegerField(allow_null=True)
    starts_on = serializers.DateField(allow_null=True)
    certification_code = serializers.CharField(allow_blank=True)
    hours = serializers.IntegerField(allow_null=True)
    price = serializers.FloatField(allow_null=True)
    funding = serializers.ListField(child=serializers.CharField())
    modality = serializers.ListField(child=serializers.CharField())
    sessions = serializers.ListField(child=serializers.DateField())
    source = serializers.CharField()  # type: ignore[assignment]  # a field of that name, not the option
    published_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField(allow_null=True)

    def get_url(self, card: Card) -> str:
        return self._absolute(reverse("offer", args=[card.id, card.slug]))

    def get_api_url(self, card: Card) -> str:
        return self._absolute(reverse("api-offer", args=[card.id]))

    @extend_schema_field(PaySerializer(allow_null=True))
    def get_pay(self, card: Card) -> dict[str, Any] | None:
        return PaySerializer(card).data if card.pay_unit else None

    def _absolute(self, path: str) -> str:
        return str(self.context["request"].build_absolute_uri(path))


class HitSerializer(CardSerializer):
    place = serializers.CharField(source="place_label", help_text="The place nearest to the one asked for.")
    distance_km = serializers.FloatField(allow_null=True)


class OfferSerializer(CardSerializer):
    """The whole offer; `text` is Markdown, `text_html` the same made safe."""

    text = serializers.CharField()
    text_html = serializers.CharField()
    apply_by = serializers.CharField()
    apply_url = serializers.CharField(allow_blank=True)
    source_url = serializers.CharField(allow_blank=True)
    updated_at = serializers.DateTimeField()

    def to_representation(self, instance: Offer) -> dict[str, Any]:
        """The card as a result has it, then what only the offer has."""
        card = CardSerializer(build_card(load_offer(instance.pk)), context=self.context).data
        own = {name: getattr(instance, name) for name in ("text", "apply_by", "apply_url", "source_url")}
        updated_at = self.fields["updated_at"].to_representation(instance.updated_at)
        return {**card, **own, "text_html": to_html(instance.text), "updated_at": updated_at}


class FacetValueSerializer(serializers.Serializer[Any]):
    value = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # a field of that name, not the option
    count = serializers.IntegerField()
    selected = serializers.BooleanField()


class IgnoredSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    value = serializers.CharField()


class PlaceReadSerializer(serializers.Serializer[Any]):
    """A place that the search is in: `kind` is commune, department, area, region or country, `code` INSEE's at that
    level or an area's own."""

    kind = serializers.CharField()
    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # a field of that name, not the option


class PlaceCorrectionSerializer(serializers.Serializer[Any]):
    typed = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # a field of that name, not the option


class OfferPageSerializer(serializers.Serializer[Any]):
    """`facets` has, by criterion, what each value would bring. `ignored`: what was asked and means nothing. `next`
    goes on to the last result, however many there are; `cursor` does the same from this page on, for who builds
    addresses. `places` and `radius`: how `place` was understood; `place_corrections` its slips, `other_places` more
    places of the name, `nearest_places` what an unknown name may have meant. `corrected_query`: nothing had the
    words asked for, these were searched. `exact_total`: so many results, the first ones, have all the words.
    `degraded`: the index did not answer; counts by facet are missing."""

    count = serializers.IntegerField()
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    cursor = serializers.CharField(allow_null=True)
    results = HitSerializer(many=True)
    facets = serializers.DictField(child=FacetValueSerializer(many=True))
    corrected_query = serializers.CharField(allow_null=True)
    exact_total = serializers.IntegerField(allow_null=True)
    degraded = serializers.BooleanField()
    ignored = IgnoredSerializer(many=True)
    places = PlaceReadSerializer(many=True)
    radius = serializers.IntegerField(allow_null=True)
    place_corrections = PlaceCorrectionSerializer(many=True)
    other_places = serializers.ListField(child=serializers.CharField())
    nearest_places = serializers.ListField(child=serializers.CharField())


class GoneSerializer(serializers.Serializer[Any]):
    detail = serializers.CharField()
    state = serializers.CharField()
