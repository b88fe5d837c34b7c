"""The companies of the read API. Offers are in `search.api`: their list is a search."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import generics, pagination, serializers

from companies.models import Company
from jobs.filters import CompanyFilter
from jobs.selectors.employers import employers


class RefusalSerializer(serializers.Serializer[Any]):
    detail = serializers.CharField()


REFUSALS = {404: RefusalSerializer, 429: RefusalSerializer}
"""What any list or object of the API may answer besides."""


class SectorField(serializers.Serializer[Any]):
    slug = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # a field of that name, not the option


class CompanySerializer(serializers.Serializer[Any]):
    """A company as `employers()` gives it; `mark` is its quality in Medinsoft today, `url` its page."""

    slug = serializers.CharField()
    name = serializers.CharField()
    url = serializers.SerializerMethodField()
    siret = serializers.CharField(allow_null=True)
    commune = serializers.CharField(source="commune.name", allow_null=True, default=None)
    department = serializers.CharField(source="commune.department", allow_null=True, default=None)
    sectors = SectorField(many=True)
    size = serializers.CharField()
    website = serializers.CharField()
    mark = serializers.CharField(allow_null=True)
    open_offers = serializers.IntegerField()

    def get_url(self, company: Any) -> str:
        return str(self.context["request"].build_absolute_uri(company.get_absolute_url()))


class ApiPagination(pagination.PageNumberPagination):
    page_size = 20
    page_size_query_param = "page_size"
    max_page_size = 100


@extend_schema_view(
    get=extend_schema(
        operation_id="companies_list",
        summary=_("Lister les entreprises"),
        description=_(
            "Celles qui ont une page publique, par nom. Une valeur fausse donne une erreur 400 qui dit pourquoi."
        ),
        auth=[],
        responses={200: CompanySerializer(many=True), 400: OpenApiTypes.OBJECT, **REFUSALS},
    )
)
class CompanyListView(generics.ListAPIView[Any]):
    serializer_class = CompanySerializer
    pagination_class = ApiPagination
    filterset_class = CompanyFilter
    authentication_classes = ()
    queryset = Company.objects.none()  # tells the schema the model; the rows come from `employers`

    def get_queryset(self) -> Any:
        return employers()
