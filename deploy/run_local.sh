#!/usr/bin/env bash
# Prepare and serve Medinjob on this machine: database, demo, index, worker, web. Ctrl-C ends all of it.
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH=$PWD/.venv/bin:$PATH
export DJANGO_SETTINGS_MODULE=${DJANGO_SETTINGS_MODULE:-medinjob.settings.local}
# The demo has one password and no second factor.
[ "${DEMO:-1}" = 0 ] || export MEDINJOB_STAFF_MFA=${MEDINJOB_STAFF_MFA:-0}
export MEDINJOB_SITE_URL=${MEDINJOB_SITE_URL:-http://localhost:$PORT}
data=${MEDINJOB_DATA_DIR:-var}
log=$data/worker.log

# Held on descriptor 9 by this script and what keeps its programs, until the last of them ends.
[ -d "$data" ] || mkdir -p -m 700 "$data"
exec 9>>"$data/run.lock"
python - "$PORT" "$data" <<'PY' || exit 1
import fcntl, socket, sys
try:
    fcntl.flock(9, fcntl.LOCK_EX | fcntl.LOCK_NB)
except OSError:
    sys.exit(f"Medinjob already runs on the folder {sys.argv[2]}: stop it there, or choose another: make run DATA_DIR=var2")
try:
    with socket.socket() as s:
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        s.bind(("127.0.0.1", int(sys.argv[1])))
except OSError:
    sys.exit(f"Port {sys.argv[1]} is taken: stop what uses it, or choose another: make run PORT=8001")
PY

python manage.py prepare $([ "${DEMO:-1}" = 0 ] || echo --demo)

# A line each: its name, its journal (- is this terminal), its command.
python deploy/keep_running.py \
    "worker '$log' celery --quiet -A medinjob worker --pool=solo --beat --loglevel=warning" \
    "web - gunicorn medinjob.wsgi --bind 127.0.0.1:$PORT --workers 2 --threads 4 --log-level warning" &
keeper=$!
stop() { trap '' INT TERM HUP; kill "$keeper" 2>/dev/null || true; wait "$keeper" || true; exit 0; }
trap stop INT TERM HUP

python - "$PORT" "$keeper" <<'PY' &
import os, socket, sys, time
while True:
    with socket.socket() as s:
        if s.connect_ex(("127.0.0.1", int(sys.argv[1]))) == 0:
            break
    os.kill(int(sys.argv[2]), 0)  # fails once nothing keeps the site any more
    time.sleep(0.1)
PY
wait $!
announce() {
    printf '\n  Medinjob: http://localhost:%s\n' "$PORT"
    [ "${DEMO:-1}" = 0 ] || python manage.py demo_accounts
    printf "\n  Data in %s/, the worker's journal in %s. Ctrl-C ends it all.\n" "$data" "$log"
}
announce || true
wait "$keeper"
