"""Sentences made for this test: what must be read before it is public, and what must not be disturbed."""

import pytest

from jobs.grave_words import GraveKind, grave_words

GRAVE = {
    GraveKind.ORIGIN: """
        Nous recherchons de préférence une personne d'origine européenne pour ce poste.
        Candidats de nationalité française exclusivement.
        Pas de maghrébins, notre clientèle est exigeante.
        Profil BBR souhaité pour l'accueil.
        Le poste convient mieux à des Français de souche.
        Les personnes de couleur ne seront pas retenues.
        We would rather hire native French people, no immigrants please.
        Only white candidates will be considered.
        Applicants from Africa need not apply.
        Indian nationals only.
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
        Le port du voile n'est pas accepté, merci de ne pas postuler.
        Nous cherchons un candidat de confession catholique.
        Pas de musulmans dans l'équipe, question d'ambiance.
        Merci de préciser votre religion dans la lettre.
        Les pratiquants du ramadan s'abstenir.
        Une personne chrétienne serait un plus pour notre agence web.
        Christian candidates preferred.
        No Muslims or Jews please.
        Please state your religion when applying.
        We do not hire women who wear a hijab.
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
        Nous recherchons une jeune femme souriante pour le standard.
        Poste réservé aux hommes en raison du travail de nuit.
        Homme uniquement, équipe très masculine.
        Les femmes ne sont pas les bienvenues sur ce chantier numérique.
        Nous privilégions un profil masculin pour ce poste d'administrateur réseau.
        De préférence une femme pour le secrétariat.
        Female candidates only.
        We are looking for a man able to lead our developers.
        Ideally a woman, as the team is mostly male.
        Men need not apply.
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
        Vous avez entre 20 et 30 ans et aimez le web.
        Candidat de moins de 35 ans souhaité.
        Âge maximum : 40 ans.
        Plus de 45 ans s'abstenir.
        Nous voulons quelqu'un de jeune, idéalement âgé de 25 à 30 ans.
        Les seniors ne correspondent pas à notre culture start-up.
        You must be under 35 years old.
        Candidates aged between 22 and 30 only.
        No one over 50 please.
        Maximum age 40.
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
        Vous ne devez pas avoir de projet de grossesse à court terme.
        Sans enfants de préférence, horaires étendus.
        Femmes enceintes s'abstenir.
        Merci d'indiquer si vous comptez avoir des enfants dans les deux ans.
        Pas de congé maternité prévu pendant la mission.
        Célibataire sans charge de famille exigé.
        Pregnant women should not apply.
        You must not be planning to have children in the next two years.
        Childless candidates preferred.
        Please tell us whether you plan to start a family.
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
        Ce poste n'est pas ouvert aux personnes handicapées.
        Candidat en parfaite santé, sans maladie chronique.
        Pas de RQTH pour ce poste.
        Les travailleurs handicapés ne pourront pas être retenus.
        Merci de joindre un certificat médical attestant que vous n'avez aucun handicap.
        Vous n'avez pas d'antécédents dépressifs ni d'arrêts maladie.
        Disabled people need not apply.
        Must be free of any chronic illness.
        Candidates with a disability will not be considered.
        Please disclose any medical condition in your application.
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
        Nous ne voulons pas de délégués syndicaux dans notre agence.
        Vous n'êtes membre d'aucun syndicat.
        Merci d'indiquer vos opinions politiques.
        Pas de gauchistes ni de cégétistes chez nous.
        Le candidat ne doit pas avoir d'engagement syndical.
        Union members need not apply.
        You must not belong to any trade union.
        No union activists please.
        Please tell us which political party you vote for.
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
        Nous recherchons une personne hétérosexuelle.
        Pas de gays dans notre équipe commerciale.
        Merci de préciser votre orientation sexuelle.
        Les personnes transgenres ne seront pas retenues.
        Ce poste ne convient pas à une personne homosexuelle.
        Straight candidates only.
        No LGBT people please.
        Transgender applicants will not be considered.
        Please state your sexual orientation.
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
        Des frais de dossier de 50 euros sont à régler avant l'entretien.
        Une caution de 150 € vous sera demandée pour le matériel.
        Vous devrez acheter un kit de démarrage à 99 €.
        Envoyez-nous un coupon PCS de 100 euros pour valider votre candidature.
        La formation, à votre charge (300 €), est obligatoire avant l'embauche.
        Pour réserver votre poste, réglez la somme de 80 euros par Transcash.
        A registration fee of $40 is required to process your application.
        You will need to pay a refundable deposit for the laptop.
        Purchase the starter kit before your first day.
        Please send a gift card to confirm your interview.
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
        Vous recevrez des virements sur votre compte et les renverrez à nos clients.
        Vous réceptionnez des colis à votre domicile et les réexpédiez à l'étranger.
        Vous encaissez les chèques de nos clients et gardez 10 % de commission.
        Votre compte bancaire personnel servira à recevoir les paiements de nos clients.
        Nous vous enverrons un chèque, vous nous renverrez la différence par Western Union.
        Transférez les fonds reçus en bitcoins et conservez 5 %.
        You will receive payments into your personal bank account and forward them.
        Receive packages at home and reship them abroad.
        Deposit the check we send you and wire the remainder to our supplier.
        Keep 5% of every transfer that passes through your account.
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
        Envoyez une copie recto verso de votre carte d'identité avec votre CV.
        Joignez une photo de votre passeport pour valider votre candidature.
        Merci de nous transmettre votre numéro de sécurité sociale avant l'entretien.
        Pour postuler, fournir pièce d'identité et justificatif de domicile.
        Un selfie avec votre pièce d'identité vous sera demandé avant l'entretien.
        Candidature : CV, lettre, photocopie de la CNI et carte vitale.
        Send a copy of your passport with your application.
        Please provide your social security number to apply.
        We need a photo of your ID card before the interview.
        Attach a scan of your driver's license to your resume.
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
        Merci de communiquer vos coordonnées bancaires par WhatsApp.
        Joindre CV, lettre et relevé d'identité bancaire.
        Votre numéro de carte bancaire est nécessaire pour valider l'inscription.
        Donnez-nous vos identifiants de banque en ligne pour vérification.
        Indiquez votre IBAN dans le message afin de préparer le premier virement.
        Send us your bank details to apply.
        Please provide your credit card number to verify your identity.
        We need your online banking login before the interview.
        Include your account number and sort code in your application.
        Envoyez votre RIB avec votre candidature.
        Joindre un IBAN.
        Communiquez vos coordonnées bancaires.
        Indiquez votre numéro de carte bancaire.
        Send us your bank details.
        Provide your credit card number.
    """,
    GraveKind.PREMIUM: """
        Appelez le 0899 12 34 56 pour obtenir un entretien.
        Pour postuler, envoyez JOB par SMS au 81234 (3 € par SMS).
        Contactez notre service recrutement au 08 92 00 00 00 (0,80 €/min).
        Rappelez ce numéro surtaxé pour fixer votre rendez-vous.
        Envoyez EMPLOI au 8 12 12, SMS + prix d'un message.
        Entretien téléphonique sur une ligne à 2,99 € par appel.
        Call our premium rate number to book your interview.
        Text JOB to 82222, messages cost 3 euros each.
        Calls are charged at 1.50 per minute.
        Apply by phone on 0906 123 4567, standard premium rates apply.
        Appelez le 0 899 12 34 56 pour votre entretien.
        Contactez-nous au 08 99 65 43 21 (2,99 €/min).
        Envoyez JOB par SMS au 81234.
        Numéro surtaxé.
        Call our premium-rate number.
    """,
}
INNOCENT = """
    Poste ouvert à tous, sans distinction d'origine, de sexe ou de religion.
    Nos postes sont ouverts aux personnes en situation de handicap.
    RQTH bienvenue.
    À compétences égales, priorité aux travailleurs handicapés.
    Développeur (H/F) pour une entreprise de 30 ans.
    Notre société, âgée de moins de 5 ans, emploie 40 personnes.
    Vous avez entre 3 et 5 ans d'expérience.
    Contrat d'apprentissage : avoir entre 16 et 29 ans.
    Alternance ouverte aux moins de 30 ans (condition légale du contrat d'apprentissage).
    Vous développez un logiciel de virements et de paiements.
    Vous gérez les identités et les accès (IAM) de nos clients.
    Nos clients sont des syndicats et des associations.
    Congé maternité et paternité maintenus à 100 %.
    Place en crèche pour vos enfants.
    Prime de naissance et congé parental étendu.
    Vous administrez une plateforme de vérification de pièces d'identité.
    Vous intégrez les API bancaires et les IBAN de nos clients.
    Remboursement des frais de transport à 50 %.
    Frais de déplacement pris en charge.
    Formation prise en charge par l'entreprise.
    Ordinateur fourni, sans caution.
    Jamais nous ne vous demanderons de frais de dossier.
    Ne communiquez jamais vos coordonnées bancaires avant l'embauche.
    Vous êtes passionné par les jeunes technologies.
    Rejoignez une équipe jeune et dynamique.
    Nous encourageons les candidatures féminines.
    Vous suivez les colis dans notre outil logistique.
    Vous concevez le suivi de colis pour un transporteur.
    La mutuelle couvre vos enfants.
    Vous animez le dialogue avec les délégués syndicaux.
    Développement d'une application pour les femmes enceintes.
    Vous travaillez sur des données de santé et de maladie chronique.
    Site web de l'enseignement catholique.
    Anglais courant, langue maternelle française appréciée.
    Déplacements en Afrique et en Europe.
    Habilitation défense : la nationalité française est requise par la loi.
    Référent handicap à votre écoute.
    Mission handicap et égalité femmes-hommes.
    Index d'égalité femmes hommes de 95 sur 100.
    Nous luttons contre les discriminations liées à l'orientation sexuelle.
    Réseau interne LGBT+ actif.
    Vous développez des cartes prépayées pour une fintech.
    Chef de produit cartes cadeaux.
    Cartes cadeaux offertes à Noël.
    Support technique par téléphone, 60 appels par jour.
    Vous configurez l'envoi de SMS aux clients.
    Appelez-nous au 01 23 45 67 89.
    Prise en charge du permis.
    Pièce d'identité à fournir à la signature du contrat.
    RIB demandé après l'embauche pour le versement du salaire.
    Majeur (18 ans minimum) pour travail de nuit.
    Casier vierge exigé par la réglementation.
    Rédacteur web sur l'histoire des religions.
    Chargé de communication pour un parti politique.
    Poste de conseiller auprès des seniors de plus de 60 ans.
    Vous formez les seniors de plus de 50 ans au numérique.
    Les candidats de tous âges sont les bienvenus.
    Nous accueillons des collaborateurs de 25 nationalités.
    Kit de bienvenue offert.
    Vous gérez les dépôts Git et le kit de développement.
    We are an equal opportunity employer regardless of race, religion or sex.
    Disabled people are welcome to apply.
    Candidates with a disability will be supported.
    You have 3 to 5 years of experience.
    We are a company under 10 years old.
    Parental leave for all parents.
    We do not discriminate on pregnancy or age.
    You will build our bank transfer platform.
    You will integrate payment gateways and gift card APIs.
    You will manage identity and access.
    You design passport verification software.
    We will never ask for a fee.
    Never send your bank details before being hired.
    Trade unions are among our clients.
    You will work with union representatives.
    Women are encouraged to apply.
    Our team counts 20 nationalities.
    Native English speakers welcome.
    Laptop provided, no deposit.
    You will develop SMS gateways.
    Premium support for customers.
    Call centre software engineer.
    Must be at least 18 years old.
    Straight answers and honest feedback.
    LGBT-friendly workplace.
    Healthcare software for chronic illness.
    Develop an app for pregnant women.
    You will ship packages with npm.
    You maintain Python packages at home or in the office.
    Receive a monthly gift card as a bonus.
    Training is paid by us.
    Deposit management software for banks.
    Sort code validation library.
    Our starter kit for React is open source.
    Right to work will be checked after the offer.
    You will test our driver's license scanner.
    Human resources: handle maternity leave requests.
    A charity for Christian heritage needs a webmaster.
    Work with elderly people aged over 65.
    Age is not a criterion here.
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
