"""Sentences made for this test: what must be read before it is public, and what must not be disturbed."""

import pytest

from jobs.grave_words import GraveKind, grave_words

GRAVE = {
    GraveKind.ORIGIN: """
        Étrangers s'abstenir.
        Pas de Maghrébins, merci.
        Poste réservé aux Français.
        Nous recherchons une personne de type européen.
        Candidats d'origine étrangère non acceptés.
        Les personnes de couleur ne seront pas retenues.
        Nationalité française exigée.
        Peau claire souhaitée pour l'accueil.
        Profil français de souche.
        Roms non admis.
        No foreigners please.
        White candidates only.
        Immigrants need not apply.
        French nationals only.
        We do not want people of colour: black people will not be considered.
    """,
    GraveKind.RELIGION: """
        Femmes voilées s'abstenir.
        Pas de musulmans dans l'équipe.
        Nous cherchons une personne de confession catholique.
        Voile interdit.
        Juifs non acceptés.
        Catholique pratiquant exigé.
        Candidat qui ne fait pas le ramadan.
        No Muslims.
        Christians only.
        Headscarves are not allowed.
        Practising Catholic preferred.
    """,
    GraveKind.SEX: """
        Nous recherchons un homme pour ce poste.
        Poste réservé aux hommes.
        Femmes s'abstenir.
        Nous cherchons une jeune femme souriante.
        Idéal pour une femme.
        Pas de femmes sur ce chantier.
        Sexe masculin exigé.
        Hommes uniquement.
        Male candidates only.
        We are looking for a young woman.
        No women.
        Must be a man.
        This position is reserved for men.
    """,
    GraveKind.AGE: """
        Vous avez moins de 35 ans.
        Âge maximum : 40 ans.
        Nous recherchons un profil entre 25 et 35 ans.
        Plus de 50 ans s'abstenir.
        Seniors s'abstenir.
        35 ans maximum.
        Candidats âgés de 20 à 30 ans.
        Réservé aux moins de 30 ans.
        Pas de quinquas.
        Under 30 years old.
        Applicants aged 20-35.
        Over 50s need not apply.
        Young candidates only.
        Maximum age: 40.
    """,
    GraveKind.PREGNANCY: """
        Femmes enceintes s'abstenir.
        Sans projet de grossesse.
        Vous ne prévoyez pas d'avoir d'enfants.
        Célibataire sans enfant exigé.
        Un test de grossesse sera demandé.
        Mères de famille s'abstenir.
        Pas de congé maternité prévu.
        No pregnant women.
        You are not planning to have children.
        Candidates without children.
        Single people only.
    """,
    GraveKind.DISABILITY: """
        Personnes handicapées s'abstenir.
        RQTH non acceptée.
        Pas de handicap.
        Poste non accessible aux personnes handicapées.
        Parfaite santé exigée.
        Sans problème de santé.
        Bonne santé requise.
        No disabled people.
        Must be in perfect health.
        Able-bodied applicants only.
        Not suitable for disabled people.
    """,
    GraveKind.UNION: """
        Syndiqués s'abstenir.
        Pas de syndicalistes.
        Sans appartenance syndicale.
        Vous n'êtes pas membre d'un syndicat.
        Aucune activité syndicale.
        No union members.
        Must not belong to a trade union.
        Union activists need not apply.
    """,
    GraveKind.ORIENTATION: """
        Homosexuels s'abstenir.
        Pas de gays.
        Hétérosexuel uniquement.
        Les personnes transgenres ne seront pas retenues.
        Précisez votre orientation sexuelle.
        No gays.
        Straight people only.
        LGBT applicants will not be considered.
    """,
    GraveKind.MONEY: """
        Des frais de dossier de 50 € sont à régler avant l'entretien.
        Une caution de 150 euros vous sera demandée.
        Versez 80 € pour valider votre candidature.
        La formation est à la charge du candidat.
        Achetez votre kit de démarrage.
        Réglez par coupon PCS ou Transcash.
        Frais d'inscription payables d'avance.
        A registration fee of $50 is required.
        Please pay a deposit to secure your place.
        You must buy a starter kit.
        Send the code of a gift card.
    """,
    GraveKind.TRANSFERS: """
        Vous recevrez des virements sur votre compte bancaire.
        Encaissez des chèques et reversez le reste par Western Union.
        Transférez les fonds reçus à nos partenaires.
        Vous utiliserez votre compte personnel : mettre à disposition votre compte bancaire.
        Réceptionnez des colis à votre domicile.
        You receive payments in your personal account.
        Transfer the money to our partners and keep 5%.
        Cash checks on your bank account.
    """,
    GraveKind.PAPERS: """
        Envoyez une copie de votre carte d'identité.
        Merci de joindre votre passeport et votre carte Vitale.
        CV et photo de votre pièce d'identité recto-verso.
        Transmettez-nous votre numéro de sécurité sociale.
        Send a copy of your passport.
        Please provide your social security number.
        Upload a selfie with your ID card.
    """,
    GraveKind.BANK: """
        Envoyez votre RIB avec votre candidature.
        Joindre un IBAN.
        Communiquez vos coordonnées bancaires.
        Indiquez votre numéro de carte bancaire.
        Send us your bank details.
        Provide your credit card number.
    """,
    GraveKind.PREMIUM: """
        Appelez le 0 899 12 34 56 pour votre entretien.
        Contactez-nous au 08 99 65 43 21 (2,99 €/min).
        Envoyez JOB par SMS au 81234.
        Numéro surtaxé.
        Call our premium-rate number.
    """,
}
INNOCENT = """
    Une société de moins de 20 ans d'existence.
    Vous avez entre 3 et 5 ans d'expérience.
    Plus de 20 ans d'expérience dans le secteur.
    Notre groupe, âgé de 30 ans, emploie des hommes et des femmes passionnés.
    Contrat d'apprentissage : vous avez moins de 30 ans.
    Data scientist (F/H).
    Dev (m/f/d).
    Pas de profil senior pour l'instant : juniors bienvenus.
    Nos postes sont ouverts aux personnes en situation de handicap.
    Quel que soit votre âge, votre sexe, votre origine ou votre religion, postulez.
    Nous développons une plateforme de transfert d'argent pour nos clients.
    Gestion des IBAN et des RIB des clients dans l'application.
    Vous développez le module de gestion des pièces d'identité.
    Frais de déplacement remboursés ; mutuelle prise en charge.
    Formation interne payée par l'entreprise.
    Mode noir et marque blanche de notre logiciel.
    Français et anglais courants.
    Langues : français (natif), anglais.
    Remplacement d'un congé maternité de six mois.
    Dialogue avec les instances et les organisations syndicales.
    Connaissance des directives de l'Union européenne.
    European Union projects and credit union clients.
    We are an equal opportunity employer, regardless of age, religion or sexual orientation.
    Women in tech are encouraged to apply.
    You will develop the payment API and process transfers for our customers.
    SIRET 899 123 456 00012, tél. 04 91 00 00 00.
    Permis B et véhicule personnel obligatoires.
    Places en crèche et prime pour les parents.
    Accompagner les demandeurs d'emploi de moins de 26 ans vers l'emploi.
    Black box testing, white box testing.
    Égalité femmes-hommes : index de 94/100.
    Envoyez votre CV à jour.
    Salaire versé par virement chaque fin de mois.
    Candidature sans frais.
    Ticket restaurant, carte Swile, avance sur frais possible.
    Société de services, 300 collaborateurs dont 40 % de femmes.
    Habilitation défense : nationalité française requise par la réglementation.
    Voile, escalade et randonnée : l'équipe sort souvent.
"""


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.strip().splitlines()]


@pytest.mark.parametrize(("kind", "sentence"), [(kind, each) for kind, text in GRAVE.items() for each in lines(text)])
def test_grave_sentence_is_found_and_quoted_as_written(kind, sentence):
    text = f"Nos missions sont variées.\n\n{sentence}\n\nPostulez vite."
    found = {grave.kind: grave.words for grave in grave_words(text)}
    assert kind in found
    assert found[kind] in sentence


@pytest.mark.parametrize("sentence", lines(INNOCENT))
def test_innocent_sentence_stays_quiet(sentence):
    assert grave_words(f"Nos missions.\n{sentence}\nPostulez.") == []


def test_every_kind_is_read_in_both_languages():
    assert set(GRAVE) == set(GraveKind)


def test_letters_of_another_shape_do_not_hide_the_words():
    assert [grave.words for grave in grave_words("𝗙𝗲𝗺𝗺𝗲𝘀 s’abstenir")] == ["𝗙𝗲𝗺𝗺𝗲𝘀 s’abstenir"]
