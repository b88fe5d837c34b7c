"""The team's view of imports: their sources, their runs, the rows they refused."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import staff_required
from jobs.forms.imports import ImportSourceForm
from jobs.imports.parsed import RefusalReason
from jobs.imports.refused import RefusedRows, refused_path
from jobs.models import ImportRun, ImportSource
from jobs.selectors.imports import question_of, questions, source_lines
from jobs.services import import_absences, import_runs, import_sources
from jobs.tasks import run_due_imports
from medinjob.lib.nudges import nudge

RUNS_PER_PAGE = 30
ROWS_PER_PAGE = 50


@staff_required
@never_cache
@require_safe
def imports_page(request: HttpRequest) -> HttpResponse:
    lines = source_lines()
    runs = ImportRun.objects.select_related("import_source")
    context = {
        "lines": lines,
        "questions": questions(),
        "moving": any(line.is_moving for line in lines),
        "page": Paginator(runs, RUNS_PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "jobs/imports/page.html", context)


@staff_required
@require_http_methods(["GET", "POST"])
def source_new(request: HttpRequest) -> HttpResponse:
    return _edit(request, ImportSource())


@staff_required
@require_http_methods(["GET", "POST"])
def source_edit(request: HttpRequest, source_id: int) -> HttpResponse:
    return _edit(request, get_object_or_404(ImportSource, pk=source_id))


@staff_required
@require_POST
def source_ask(request: HttpRequest, source_id: int) -> HttpResponse:
    source = get_object_or_404(ImportSource, pk=source_id)
    if import_sources.ask(source=source):
        nudge(run_due_imports)
        messages.success(request, _("L'import de « %(name)s » va commencer.") % {"name": source.name})
    else:
        messages.error(request, _("« %(name)s » est en pause : rien n'est importé.") % {"name": source.name})
    return redirect("imports")


@staff_required
@require_POST
def source_pause(request: HttpRequest, source_id: int) -> HttpResponse:
    """With `active` it resumes."""
    source = get_object_or_404(ImportSource, pk=source_id)
    if request.POST.get("active"):
        import_sources.resume(source=source)
        nudge(run_due_imports)
        messages.success(request, _("« %(name)s » est de nouveau active.") % {"name": source.name})
    else:
        import_sources.pause(source=source)
        messages.success(request, _("« %(name)s » est en pause.") % {"name": source.name})
    return redirect("imports")


@staff_required
@never_cache
@require_safe
def run_page(request: HttpRequest, run_id: int) -> HttpResponse:
    run = get_object_or_404(ImportRun.objects.select_related("import_source"), pk=run_id)
    path, reason = refused_path(run.refused_file), request.GET.get("reason", "")
    rows: Any = RefusedRows(path, reason if reason in RefusalReason.values else "") if path else []
    refused = run.counts.get("refused", {})
    context = {
        "run": run,
        "reason": reason,
        "page": Paginator(rows, ROWS_PER_PAGE).get_page(request.GET.get("page")),
        "kept": path is not None,
        "question": question_of(run) if run.is_asking else None,
        "reasons": [(each, each.label, refused[each]) for each in RefusalReason if each in refused],
    }
    return render(request, "jobs/imports/run.html", context)


@staff_required
@require_POST
def run_stop(request: HttpRequest, run_id: int) -> HttpResponse:
    run = get_object_or_404(ImportRun, pk=run_id)
    if import_runs.stop(run=run):
        messages.success(request, _("L'import s'arrête ; ce qui est écrit est gardé."))
    else:
        messages.info(request, _("Cet import était déjà fini."))
    return redirect("imports")


@staff_required
@require_POST
def run_answer(request: HttpRequest, run_id: int) -> HttpResponse:
    """What becomes of the absent offers: with `withdraw` they go, else they stay."""
    run = get_object_or_404(ImportRun, pk=run_id)
    if request.POST.get("withdraw"):
        done, said = import_absences.accept(run=run), _("Les offres absentes vont être retirées.")
        nudge(run_due_imports)
    else:
        done, said = import_absences.keep(run=run), _("Rien n'est retiré.")
    if done:
        messages.success(request, said)
    else:
        messages.info(request, _("La question avait déjà sa réponse, ou un import plus récent l'a dépassée."))
    return redirect(run)


@staff_required
@require_safe
def refused_download(request: HttpRequest, run_id: int) -> FileResponse:
    path = refused_path(get_object_or_404(ImportRun, pk=run_id).refused_file)
    if path is None:
        raise Http404(_("Ces lignes ne sont gardées qu'un mois."))
    return FileResponse(
        path.open("rb"),
        as_attachment=True,
        filename=f"import-{run_id}-refusees.jsonl",
        content_type="application/jsonl",
    )


def _edit(request: HttpRequest, source: ImportSource) -> HttpResponse:
    name = source.name
    form = ImportSourceForm(request.POST or None, instance=source)
    if request.method == "POST" and form.is_valid():
        saved = import_sources.save(source=form.instance)
        nudge(run_due_imports)
        messages.success(request, _("Source « %(name)s » enregistrée.") % {"name": saved.name})
        return redirect("imports")
    return render(request, "jobs/imports/source.html", {"form": form, "source": source, "name": name})
