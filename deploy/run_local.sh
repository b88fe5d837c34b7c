#!/usr/bin/env bash
# Prepare and serve Medinjob on this machine: database, demo, index, worker, web. Ctrl-C ends all of it.
set -euo pipefail
cd "$(dirname "$0")/.."
bin=$PWD/.venv/bin
export DJANGO_SETTINGS_MODULE=${DJANGO_SETTINGS_MODULE:-medinjob.settings.local}
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

children=()
stop() { trap - EXIT INT TERM; kill "${children[@]}" 2>/dev/null || true; wait; }
trap stop EXIT
trap 'exit 0' INT TERM

"$bin/celery" -A medinjob worker --pool=solo --beat --loglevel=warning --without-gossip --without-mingle &
children+=($!)
"$bin/gunicorn" medinjob.wsgi --bind "127.0.0.1:$PORT" --workers 2 --threads 4 --reload --log-level warning &
children+=($!)
echo
echo "  Medinjob: http://localhost:$PORT   (Ctrl-C ends it; data in ${MEDINJOB_DATA_DIR:-var}/)"
[ "${DEMO:-1}" = 0 ] || "$bin/python" manage.py demo_accounts
wait -n
