"""A company's own words for its answers."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from candidates.forms.answers import TemplateForm
from candidates.models import AnswerTemplate
from candidates.services.answers import delete_template, save_template
from companies.models import Company


@login_required
@require_safe
def answer_templates(request: HttpRequest) -> HttpResponse:
    rows = _own(request).select_related("company")
    several = Company.objects.for_user(request.user).count() > 1
    context = {"templates": rows, "several": several, "nav": "recruiter"}
    return render(request, "candidates/inbox/templates.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer_template(request: HttpRequest, template_id: int = 0) -> HttpResponse:
    """One to edit, or a new one; who is of no company has none."""
    template = get_object_or_404(_own(request), pk=template_id) if template_id else None
    get_object_or_404(Company.objects.for_user(request.user).order_by("pk")[:1])
    form = TemplateForm(request.POST or None, instance=template, user=request.user)
    if form.is_valid():
        save_template(template=form.save(commit=False))
        messages.success(request, _("Le modèle est enregistré."))
        return redirect("answer-templates")
    return render(request, "candidates/inbox/template.html", {"form": form, "template": template, "nav": "recruiter"})


@login_required
@require_POST
def answer_template_delete(request: HttpRequest, template_id: int) -> HttpResponse:
    delete_template(template=get_object_or_404(_own(request), pk=template_id))
    messages.success(request, _("Le modèle est supprimé."))
    return redirect("answer-templates")


def _own(request: HttpRequest) -> "QuerySet[AnswerTemplate]":
    return AnswerTemplate.objects.filter(company__in=Company.objects.for_user(request.user))
