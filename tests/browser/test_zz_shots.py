from tests.browser.test_candidates import *
OUT="/tmp/cand_eng/shots/"
def shots(page, name, dark=False):
    for w in (360,1440):
        page.set_viewport_size({"width":w,"height":900 if w>400 else 740})
        page.wait_for_timeout(250)
        page.screenshot(path=f"{OUT}{name}-{w}.png", full_page=True)
    if dark:
        page.emulate_media(color_scheme="dark"); page.screenshot(path=f"{OUT}{name}-dark.png", full_page=True)
def test_all(offer, inbox, story, candidate, recruiter, page_at):
    other=OfferFactory(published=True, company=offer.company)
    ApplicationFactory(candidate=candidate, days=20); ApplicationFactory(candidate=candidate, refused=True); DraftFactory(email=candidate.email)
    for label in ("Python", "Django", "PostgreSQL"): SkillFactory(label=label, spotted=True)
    ProfileFactory(user=candidate)
    p=page_at(reverse("apply", args=[other.pk])); shots(p,"apply_anon")
    p.get_by_role("button", name="Recevoir le lien").click(); shots(p,"apply_anon_err")
    p.get_by_label("Votre nom").fill("A"); p.get_by_label("Votre adresse e-mail").fill("a@medinjob.example"); p.get_by_label("Votre message").fill("Bonjour"); p.get_by_role("button", name="Recevoir le lien").click(); shots(p,"draft_sent")
    p=page_at(reverse("apply", args=[other.pk]), user=candidate); shots(p,"apply")
    p=page_at(reverse("apply", args=[TrainingFactory(published=True).pk]), user=candidate); shots(p,"apply_training")
    p=page_at(reverse("my-applications"), user=candidate); shots(p,"mine", True)
    p=page_at(story.get_absolute_url(), user=candidate); shots(p,"application", True)
    p=page_at(reverse("my-profile"), user=candidate); shots(p,"profile")
    p=page_at(reverse("inbox"), user=recruiter); shots(p,"inbox", True)
    p=page_at(reverse("inbox-application", args=[story.pk])+"?answer=refuse", user=recruiter); p.wait_for_timeout(1200); shots(p,"received", True)
    ids="&".join(f"ids={a.pk}" for a in Application.objects.filter(company=offer.company)[:4])
    p=page_at(reverse("inbox-bulk")+f"?action=refuse&{ids}", user=recruiter); shots(p,"bulk")
    offer.company.answer_templates.create(action="refuse", label="Court", text="Non, {candidat}. Nous avons choisi une autre personne.")
    p=page_at(reverse("answer-templates"), user=recruiter); shots(p,"templates")
    p=page_at(reverse("answer-template-new"), user=recruiter); shots(p,"template")
    c=ContractFactory(application__offer=offer, application__candidate=candidate)
    p=page_at(reverse("contract-correct", args=[c.pk]), user=recruiter); shots(p,"contract")
    p=page_at(reverse("inbox-application", args=[c.application_id]), user=recruiter); shots(p,"received_hired")
