from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

HOME_REGION = "93"
# Places outside France have a département of their own, named by the country's ISO code; who looks for offers in the
# French one beside it is shown theirs too.
ABROAD = {"MC": "06"}


class PlaceLevel(TextChoices):
    COMMUNE = "commune", _("Commune")
    DEPARTMENT = "department", _("Département")
    AREA = "area", _("Territoire")
    REGION = "region", _("Région")
    COUNTRY = "country", _("Pays")


class OccupationFamily(TextChoices):
    """How the digital occupations are grouped on screen; our own, ROME has no such level."""

    DEVELOPMENT = "development", _("Développement et logiciel")
    DATA = "data", _("Données et intelligence artificielle")
    INFRASTRUCTURE = "infrastructure", _("Systèmes, réseaux et cloud")
    SECURITY = "security", _("Cybersécurité")
    TELECOMS = "telecoms", _("Télécoms et fibre")
    SUPPORT = "support", _("Support et médiation numérique")
    PROJECT = "project", _("Projet, produit et conseil")
    MANAGEMENT = "management", _("Direction du numérique")
    DESIGN = "design", _("Design et création numérique")
    GAMES = "games", _("Jeux vidéo")
    MARKETING = "marketing", _("Marketing numérique et e-commerce")
    CONNECTED = "connected", _("Objets connectés, robotique et BIM")
