#!/bin/sh
# Restarts what failed at a worker of Kafka Connect: restart-failed.sh [URL]
#
# A database that is away for longer than a connector tries lets its task fail, and Connect leaves that to an operator. This is the
# operator, for cron or a systemd timer, each minute. It says what it did in one line. Needs curl and jq. It ends with
# 0  nothing had failed
# 1  something had, and was restarted: it may fail again, so look into the worker's log when this goes on
# 2  the worker, or a restart, could not be reached or refused
set -u
worker=${1:-http://127.0.0.1:8083}

ask() { curl --silent --show-error --fail --max-time 90 "$@"; }
fail() { echo "restart-failed: $*" >&2; exit 2; }

connectors=$(ask "$worker/connectors?expand=status") || fail "no status of the connectors at $worker"
failed=$(printf '%s' "$connectors" | jq -r 'to_entries[] |
    select(.value.status | [.connector, .tasks[]] | any(.state == "FAILED")) | .key | @uri') ||
    fail "what $worker answers is no status of connectors"

[ -n "$failed" ] || { echo "restart-failed: nothing at $worker has failed"; exit 0; }
for name in $failed; do
    ask --output /dev/null -X POST "$worker/connectors/$name/restart?includeTasks=true&onlyFailed=true" ||
        fail "$name at $worker has failed and could not be restarted"
done
echo "restart-failed: restarted at $worker:" $failed
exit 1
