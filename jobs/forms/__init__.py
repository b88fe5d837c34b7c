from jobs.enums import OfferKind
from jobs.forms.job import JobForm
from jobs.forms.offer import OfferForm
from jobs.forms.training import TrainingForm

FORMS: dict[str, type[OfferForm]] = {OfferKind.JOB: JobForm, OfferKind.TRAINING: TrainingForm}
