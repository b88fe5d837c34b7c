import pytest

from jobs.imports.digital import is_digital, title_contradicts

DIGITAL = frozenset({"M1855", "M1843", "M1801", "M1824"})


def judged(title, code, text=""):
    return is_digital(title, text, code, DIGITAL)


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Développeur web (H/F)", "M1855"),
        ("Développeur web (H/F)", "K2303"),
        ("Data analyst", "M1403"),
        ("Ingénieur C++ confirmé", "H1501"),
        ("Consultant .NET", "H1501"),
        ("Administrateur de serveurs", "M1843"),
        ("Technicien support informatique", ""),
        ("Développeur commercial de logiciels", "D1407"),
    ],
)
def test_words_of_the_title_make_an_offer_digital(title, code):
    assert judged(title, code)


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Serveur H/F", "M1843"),
        ("Ripeur / Ripeuse (H/F)", "K2303"),
        ("Maçon avec diplôme CAP", "M1801"),
        ("Business developer (H/F)", "M1824"),
        ("Développeur foncier", "M1824"),
        ("Technicien réseaux d'assainissement", "K2306"),
        ("Agent de sécurité", ""),
    ],
)
def test_other_trades_are_flagged_whatever_their_code(title, code):
    assert not judged(title, code, "Vous accueillez nos clients en salle avec le sourire, service du midi et du soir.")


def test_digital_code_is_believed_when_the_text_speaks_of_the_trade():
    text = "Vous administrez les bases de données et le parc Windows, et assurez le support informatique."
    assert judged("Chargé de mission (H/F)", "M1801", text)
    assert not judged("Chargé de mission (H/F)", "K2303", text)


def test_without_a_code_the_text_must_say_more():
    assert not judged("Chargé de mission", "", "Vous tenez à jour le site internet.")
    assert judged(
        "Chargé de mission", "", "Développement d'API en Python, base de données SQL, cloud et Linux, DevOps."
    )


def test_waiter_stays_one_whatever_the_restaurant_says_of_its_site():
    text = "Bonne aisance avec le numérique : réservations sur internet, site web, logiciel de caisse, réseaux sociaux."
    assert not judged("Serveur / Serveuse en salle (H/F)", "M1843", text)


BLACKSMITH = ("forgeron", "forgeronne")
DEVELOPER = ("developpeur web", "developpeuse web")


@pytest.mark.parametrize(
    ("title", "names", "digital", "contradicts"),
    [
        ("Ingénieure machine learning (H/F)", BLACKSMITH, False, True),
        ("Architecte IAM (H/F)", ("architecte du batiment",), False, True),
        ("Documentaliste de système d'information (H/F)", ("documentaliste",), False, False),
        (
            "Data analyst – contrôleur de gestion (H/F)",
            ("controleur de gestion", "controleuse de gestion"),
            False,
            False,
        ),
        ("Forgeron (H/F)", BLACKSMITH, False, False),
        ("Agent de quai (H/F)", ("administrateur de messagerie",), True, True),
        ("Chef de projets (H/F)", ("scrum master",), True, True),
        ("Administrateur APOGEE (H/F)", ("administrateur systemes",), True, False),
        ("Développeur web (H/F)", DEVELOPER, True, False),
        ("Développeuse Python (H/F)", DEVELOPER, True, False),
    ],
)
def test_title_contradicts_the_occupation_it_was_filed_under(title, names, digital, contradicts):
    assert title_contradicts(title, names, digital=digital) is contradicts
