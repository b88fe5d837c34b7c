#!/usr/bin/env bash
# Prepare and serve Medinjob on this machine: database, demo, index, worker, web. Ctrl-C ends all of it.
set -euo pipefail
cd "$(dirname "$0")/.."
bin=$PWD/.venv/bin
export DJANGO_SETTINGS_MODULE=${DJANGO_SETTINGS_MODULE:-medinjob.settings.local}
# The demo has one password and no second factor.
[ "${DEMO:-1}" = 0 ] || export MEDINJOB_STAFF_MFA=${MEDINJOB_STAFF_MFA:-0}
export MEDINJOB_SITE_URL=${MEDINJOB_SITE_URL:-http://localhost:$PORT}

"$bin/python" - "$PORT" <<'PY' || exit 1
import socket, sys
try:
    with socket.socket() as s:
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        s.bind(("127.0.0.1", int(sys.argv[1])))
except OSError:
    sys.exit(f"Port {sys.argv[1]} is taken: stop what uses it, or choose another: make run PORT=8001")
PY

"$bin/python" manage.py prepare $([ "${DEMO:-1}" = 0 ] || echo --demo)

log=${MEDINJOB_DATA_DIR:-var}/worker.log
children=()
stop() { trap - EXIT INT TERM; kill "${children[@]}" 2>/dev/null || true; wait; }
trap stop EXIT
trap 'exit 0' INT TERM

"$bin/celery" --quiet -A medinjob worker --pool=solo --beat --loglevel=warning >>"$log" 2>&1 &
children+=($!)
"$bin/gunicorn" medinjob.wsgi --bind "127.0.0.1:$PORT" --workers 2 --threads 4 --log-level warning &
children+=($!)

"$bin/python" - "$PORT" <<'PY'
import socket, sys, time
for _ in range(300):
    with socket.socket() as s:
        if s.connect_ex(("127.0.0.1", int(sys.argv[1]))) == 0:
            break
    time.sleep(0.1)
PY
cat <<END

  Medinjob: http://localhost:$PORT
END
[ "${DEMO:-1}" = 0 ] || "$bin/python" manage.py demo_accounts
cat <<END

  Data in ${MEDINJOB_DATA_DIR:-var}/, the worker's journal in $log. Ctrl-C ends it all.
END
wait -n
