import pytest

from jobs.imports.digital import is_digital

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
