from typing import Any, NamedTuple

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from medinjob.lib.documents import MAX_BYTES, Document, DocumentError, Refusal, read
from medinjob.lib.documents.kinds import MAX_PAGES
from medinjob.lib.written import file_size

WORDS = {
    Refusal.EMPTY: gettext_lazy("Ce fichier est vide."),
    Refusal.TOO_BIG: gettext_lazy("Ce fichier est trop lourd : %(max)s au plus. Réduisez ses images."),
    Refusal.OTHER_KIND: gettext_lazy("Ce fichier n'est ni un PDF ni un document Word (.docx)."),
    Refusal.BROKEN: gettext_lazy("Ce fichier est abîmé ou incomplet : enregistrez-le de nouveau, puis réessayez."),
    Refusal.ENCRYPTED: gettext_lazy(
        "Ce fichier est protégé par un mot de passe : envoyez-en une version sans protection."
    ),
    Refusal.ACTIVE: gettext_lazy(
        "Ce fichier contient un programme (script ou macro) : imprimez-le en PDF, et envoyez ce PDF."
    ),
    Refusal.ATTACHMENTS: gettext_lazy(
        "Ce fichier en contient d'autres en pièce jointe : imprimez-le en PDF, et envoyez ce PDF."
    ),
    Refusal.TOO_MANY_PAGES: gettext_lazy("Ce fichier a trop de pages : %(pages)s au plus."),
    Refusal.EXTERNAL: gettext_lazy(
        "Ce fichier va chercher quelque chose ailleurs (modèle, image ou fichier lié) : imprimez-le en PDF, et envoyez "
        "ce PDF."
    ),
    Refusal.NOT_PLAIN: gettext_lazy(
        "Ce fichier contient autre chose que du texte, des images et des liens : imprimez-le en PDF, et envoyez ce PDF."
    ),
    Refusal.BUSY: gettext_lazy(
        "Beaucoup de fichiers arrivent en ce moment : joignez le vôtre de nouveau dans une minute. "
        "Ce que vous avez écrit reste ici."
    ),
    Refusal.TOO_COMPLEX: gettext_lazy("Ce fichier est trop complexe à lire : imprimez-le en PDF, et envoyez ce PDF."),
}


class CheckedFile(NamedTuple):
    """A file that was read and may be kept."""

    filename: str
    data: bytes
    document: Document


class CVField(forms.FileField):
    """A PDF or DOCX file, read before anything is kept: gives a `CheckedFile`, or None when left out."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.FileInput({"accept": ".pdf,.docx"}), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> CheckedFile | None:
        upload: UploadedFile[bytes] | None = super().clean(data, None)
        if not upload:
            return None
        try:
            return _checked(upload)
        except DocumentError as error:
            params = {"max": file_size(MAX_BYTES), "pages": MAX_PAGES}
            raise forms.ValidationError(WORDS[error.refusal], code=error.refusal, params=params) from error


class CVForm(forms.Form):
    cv = CVField(label=gettext_lazy("Votre CV"), help_text=gettext_lazy("PDF ou Word (.docx), 5 Mo au plus."))


def _checked(upload: "UploadedFile[bytes]") -> CheckedFile:
    if (upload.size or 0) > MAX_BYTES:
        raise DocumentError(Refusal.TOO_BIG)
    data = upload.read()
    return CheckedFile(upload.name or _("CV"), data, read(data))
