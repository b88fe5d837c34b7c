"""The report of an edition for programs of the team."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.access import acts_as_staff
from forums.views.finding import edition_or_404
from jobs.api import REFUSALS, RefusalSerializer
from reports.indicators.report import compute
from reports.indicators.scope import scope_of
from reports.selectors.body import report_body


class IsTeam(BasePermission):
    """Staff whose session has proved the second factor, as for their pages."""

    def has_permission(self, request: Request, view: Any) -> bool:
        return acts_as_staff(request)


class EditionReportView(APIView):
    permission_classes = (IsTeam,)

    @extend_schema(
        operation_id="editions_report",
        summary=_("Lire le bilan d’une édition"),
        description=_(
            "Réservé à l’équipe. Les chiffres à l’instant de la demande : la forme de l’export JSON, où les nombres "
            "décimaux sont des textes."
        ),
        responses={200: OpenApiTypes.OBJECT, 403: RefusalSerializer, **REFUSALS},
    )
    def get(self, request: Request, slug: str) -> Response:
        edition = edition_or_404(slug)
        return Response(report_body(compute(scope_of(edition))))
