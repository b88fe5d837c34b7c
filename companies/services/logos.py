"""A company's picture. Files have names of their own, so that a browser may keep them for ever."""

import secrets
from typing import Any

from django.db import transaction

from companies.models import Company


def replace_logo(company: Company, logo: Any) -> None:
    """`logo`: a clean image file, False to remove the present one, None to keep it. The old file goes after commit."""
    if logo is None:
        return
    storage, old = company.logo.storage, company.logo.name
    if logo is False:
        company.logo = ""
        company.save(update_fields=["logo"])
    else:
        company.logo.save(f"{secrets.token_hex(8)}.webp", logo, save=False)
        company.save(update_fields=["logo"])
    if old:
        transaction.on_commit(lambda: storage.delete(old))
