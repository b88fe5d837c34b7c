"""What gunicorn reads by itself in the folder where it starts: an access log, when one is asked for, holds no secret of
an address."""

logger_class = "medinjob.access_log.MaskedLogger"
