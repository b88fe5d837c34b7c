#!/usr/bin/env bash
# PostgreSQL, Redis and Elasticsearch for development and tests: no container, no system service, own ports and folder.
# usage: services.sh install | start | stop | env | test-env        (make services, make services-stop)
set -euo pipefail
cd "$(dirname "$0")/.."

# PostgreSQL and Elasticsearch refuse root: as root they run under their own users, who must reach their folder.
if [ "$(id -u)" = 0 ]; then folder=/var/tmp/medinjob-services; else folder=$PWD/var/services; fi
folder=${MEDINJOB_SERVICES_DIR:-$folder}
postgres_port=${MEDINJOB_POSTGRES_PORT:-55432}
redis_port=${MEDINJOB_REDIS_PORT:-56379}
elastic_port=${MEDINJOB_ELASTIC_PORT:-59200}
pgdata=$folder/postgresql

say() { echo "services: $*" >&2; }
postgres_bin() { ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1; }
as_postgres() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }

missing() {
    [ -n "$(postgres_bin)" ] || echo postgresql
    command -v redis-server >/dev/null || echo redis-server
    command -v java >/dev/null || echo openjdk-17-jre-headless
    command -v mvn >/dev/null || echo maven
    command -v unzip >/dev/null || echo unzip
    command -v curl >/dev/null || echo curl
}

check() {
    local packages
    packages=$(missing | tr '\n' ' ')
    [ -z "$packages" ] || { say "missing here. Install with: apt install $packages"; exit 1; }
}

install() {
    local packages
    mapfile -t packages < <(missing)
    [ "${#packages[@]}" -gt 0 ] || return 0
    [ "$(id -u)" = 0 ] || check
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${packages[@]}" >/dev/null
}

# Where the settings and the generated password are kept; whoever reads it owns these services.
settings() {
    [ -f "$folder/password" ] || (umask 077 && od -An -N18 -tx1 /dev/urandom | tr -d ' \n' >"$folder/password")
    local password
    password=$(<"$folder/password")
    database=postgres://medinjob:$password@127.0.0.1:$postgres_port/medinjob
    redis=redis://:$password@127.0.0.1:$redis_port
}

start_postgres() {
    local bin
    bin=$(postgres_bin)
    if [ ! -f "$pgdata/PG_VERSION" ]; then
        mkdir -p "$pgdata"
        cp "$folder/password" "$folder/initdb-password"
        [ "$(id -u)" != 0 ] || chown postgres: "$pgdata" "$folder/initdb-password"
        as_postgres "$bin/initdb" -D "$pgdata" -U medinjob --pwfile="$folder/initdb-password" --auth=scram-sha-256 \
            --encoding=UTF8 --locale=C.UTF-8 --locale-provider=icu --icu-locale=fr-FR --no-sync >/dev/null
        rm "$folder/initdb-password"
    fi
    as_postgres "$bin/pg_ctl" -D "$pgdata" status >/dev/null && return
    # Without fsync a power cut loses this database: it serves development only, and tests run in half the time.
    as_postgres "$bin/pg_ctl" -s -w -D "$pgdata" -l "$pgdata/server.log" start -o "-p $postgres_port \
        -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off -c max_connections=200" ||
        { tail -5 "$pgdata/server.log" >&2; exit 1; }
    PGPASSWORD=$(<"$folder/password") "$bin/psql" -q -h 127.0.0.1 -p "$postgres_port" -U medinjob -d postgres \
        -tc "SELECT 1 FROM pg_database WHERE datname = 'medinjob'" | grep -q 1 ||
        PGPASSWORD=$(<"$folder/password") "$bin/createdb" -h 127.0.0.1 -p "$postgres_port" -U medinjob medinjob
}

start_redis() {
    mkdir -p "$folder/redis"
    ! alive "$folder/redis/pid" || return 0
    (umask 077 && cat >"$folder/redis/redis.conf" <<END
bind 127.0.0.1
port $redis_port
requirepass $(<"$folder/password")
dir $folder/redis
appendonly yes
daemonize yes
pidfile $folder/redis/pid
logfile $folder/redis/server.log
END
    )
    redis-server "$folder/redis/redis.conf"
}

# A command line, unlike `kill -0`, tells a process from a zombie that nobody reaps and from a stranger of the same number.
alive() { [ -f "$1" ] && grep -qa redis-server "/proc/$(<"$1")/cmdline" 2>/dev/null; }

start_elastic() {
    # shellcheck disable=SC2086 - options, split at spaces
    .ci/elasticsearch start --port "$elastic_port" ${MEDINJOB_ELASTIC_OPTIONS:-} \
        >"$folder/elasticsearch.env.new"
    mv "$folder/elasticsearch.env.new" "$folder/elasticsearch.env"
}

print_env() {
    settings
    echo "export MEDINJOB_DATABASE_URL=$database"
    echo "export MEDINJOB_CACHE_URL=${redis/redis:/rediscache:}/1"
    echo "export MEDINJOB_BROKER_URL=$redis/0"
    [ ! -f "$folder/elasticsearch.env" ] || grep -o 'MEDINJOB_SEARCH_[A-Z_]*=.*' "$folder/elasticsearch.env" | sed 's/^/export /'
}

# The same for the tests, which never look at the settings of a running site.
print_test_env() {
    settings
    echo "export MEDINJOB_TEST_DATABASE_URL=$database"
    [ ! -f "$folder/elasticsearch.env" ] || sed -n 's/.*MEDINJOB_SEARCH_URL=/export MEDINJOB_TEST_ELASTICSEARCH_URL=/p;
        s/.*MEDINJOB_SEARCH_CA=/export MEDINJOB_TEST_ELASTICSEARCH_CA=/p' "$folder/elasticsearch.env"
}

case ${1:-} in
install) install ;;
start)
    check
    mkdir -p "$folder"
    settings
    start_postgres
    start_redis
    start_elastic
    say "started, in $folder. To serve from them, in this shell:  eval \"\$(deploy/services.sh env)\"; make run"
    say "to test on them:  eval \"\$(deploy/services.sh test-env)\"; make test"
    print_env
    ;;
stop)
    .ci/elasticsearch stop --port "$elastic_port" || true
    ! alive "$folder/redis/pid" || kill "$(<"$folder/redis/pid")"
    [ ! -f "$pgdata/postmaster.pid" ] || as_postgres "$(postgres_bin)/pg_ctl" -s -D "$pgdata" -m fast stop
    ;;
env) print_env ;;
test-env) print_test_env ;;
*) sed -n '2,3s/^# //p' "$0"; exit 2 ;;
esac
