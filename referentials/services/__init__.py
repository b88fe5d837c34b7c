from referentials.services.kinds import REFERENTIALS
from referentials.services.loading import LoadReport, Refusal, load
from referentials.services.rome import import_rome
from referentials.services.tabular import TableError

__all__ = ["REFERENTIALS", "LoadReport", "Refusal", "TableError", "import_rome", "load"]
