#!/usr/bin/env bash
# Make the application's account in Elasticsearch, with the privileges of elasticsearch-key.json and no more.
# Run by compose.yaml at each start; safe to repeat.
set -euo pipefail
put() {
    curl -sS --fail-with-body -o /dev/null -u "elastic:$ELASTIC_PASSWORD" -H 'Content-Type: application/json' \
        -X PUT "http://elasticsearch:9200/_security/$1" -d "$2"
}
put role/medinjob '{"cluster": ["cluster:monitor/main"],
    "indices": [{"names": ["medinjob-*"], "privileges": ["read", "write", "manage"]}]}'
put user/medinjob "{\"password\": \"$MEDINJOB_SEARCH_PASSWORD\", \"roles\": [\"medinjob\"]}"
