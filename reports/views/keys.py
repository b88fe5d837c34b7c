"""The public keys of the site's signatures, at the address that a verifier asks."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from medinjob.lib.signatures import key_id
from reports.services.signing import public_keys


@require_safe
def signing_keys(request: HttpRequest) -> JsonResponse:
    keys = [{"id": key_id(key), "algorithm": "Ed25519", "public": key} for key in public_keys()]
    return JsonResponse({"keys": keys})
