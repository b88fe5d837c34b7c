"""The companies of the read API, and what its views share. Offers are in `search.web.api`: listing them is a search."""

from typing import Any

from django.utils.translation import activate, get_language, get_supported_language_variant
from django.utils.translation import gettext_lazy as _
from django.utils.translation.trans_real import parse_accept_lang_header
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import generics, pagination, serializers
from rest_framework.request import Request
from rest_framework.views import APIView

from companies.models import Company
from jobs.filters import CompanyFilter
from jobs.selectors.employers import employers


class RefusalSerializer(serializers.Serializer[Any]):
    detail = serializers.CharField()


REFUSALS = {404: RefusalSerializer, 429: RefusalSerializer}
"""What any list or object of the API may answer besides."""


class PublicView(APIView):
    """Read by anyone, without session: the same answer for all who ask in one language, throttled by address.

    Its addresses have no language in them, so that labels, messages and links are in the one that `Accept-Language`
    asks for; `LocaleMiddleware` says so to caches.
    """

    authentication_classes = ()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        activate(_language(request.headers.get("Accept-Language", "")))
        super().initial(request, *args, **kwargs)


def _language(asked: str) -> str:
    """The first language asked for that the site speaks, else the site's own."""
    for code, _quality in parse_accept_lang_header(asked):
        try:
            return get_supported_language_variant(code)
        except LookupError:
            continue
    return get_language() or ""


class SectorField(serializers.Serializer[Any]):
    slug = serializers.CharField()
    label = serializers.CharField(source="__str__")  # type: ignore[assignment]  # a field of that name, not the option


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
class CompanyListView(PublicView, generics.ListAPIView[Any]):
    serializer_class = CompanySerializer
    pagination_class = ApiPagination
    filterset_class = CompanyFilter
    queryset = Company.objects.none()  # tells the schema the model; the rows come from `employers`

    def get_queryset(self) -> Any:
        return employers()
