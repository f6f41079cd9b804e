#!/bin/bash
# Start of the server to its first 200, CPU time to there, and memory when idle, beside distribution 3.1.2, in turns, in one run.
# The server's files come from its image, run as its entrypoint says; prints medians and ratios as a table.
#   bench/start.sh [RUNS]      needs root (chroot), Go, and packaged images
set -euo pipefail
cd "$(dirname "$0")/.."
. bin/env
RUNS=${1:-7}
DISTRIBUTION=$BERTH_CACHE/distribution/3.1.2/registry
IMAGE=deploy/target/images/berth-server.tar
[ -f "$IMAGE" ] || { echo "Package the images first: mvn -DskipTests package" >&2; exit 1; }
[ "$(id -u)" = 0 ] || { echo "The image's files are run in a root of their own: this needs root" >&2; exit 1; }
[ -x "$DISTRIBUTION" ] || {
  echo "Build distribution 3.1.2" >&2
  mkdir -p "${DISTRIBUTION%/*}"
  GOBIN=${DISTRIBUTION%/*} CGO_ENABLED=0 go install github.com/distribution/distribution/v3/cmd/registry@v3.1.2
}
WORK=$(mktemp -d); ROOT=$WORK/root
finish() { umount "$ROOT/proc" 2>/dev/null || true; rm -rf "$WORK"; }
trap finish EXIT

unpack() {
  mkdir -p "$ROOT"/{proc,dev} "$WORK/image"
  tar xf "$IMAGE" -C "$WORK/image"
  for layer in $(python3 -c 'import json, sys; print(*json.load(open(sys.argv[1]))[0]["Layers"])' "$WORK/image/manifest.json"); do
    tar xzf "$WORK/image/$layer" -C "$ROOT" --warning=no-unknown-keyword
  done
  # As a container has them; without a source of random numbers the JVM would spend seconds on making its own.
  mknod -m 666 "$ROOT/dev/null" c 1 3; mknod -m 666 "$ROOT/dev/random" c 1 8; mknod -m 666 "$ROOT/dev/urandom" c 1 9
  mount -t proc proc "$ROOT/proc"
}

# measure NAME PORT COMMAND…: appends "name ms cpu rss private"
measure() {
  local name=$1 port=$2 began pid ms cpu; shift 2
  began=$(date +%s%N)
  "$@" >"$WORK/$name.log" 2>&1 & pid=$!
  until curl -sf -o /dev/null "http://127.0.0.1:$port/v2/"; do
    kill -0 $pid 2>/dev/null || { echo "$name has ended:" >&2; tail -5 "$WORK/$name.log" >&2; exit 1; }
    sleep .003
  done
  ms=$((($(date +%s%N) - began) / 1000000))
  cpu=$(awk '{ print ($14 + $15) * 10 }' /proc/$pid/stat)
  sleep 2
  awk -v row="$name $ms $cpu" '/^VmRSS/ { rss = $2 } /^RssAnon/ { own = $2 } END { print row, int(rss / 1024), int(own / 1024) }' /proc/$pid/status >>"$WORK/rows"
  kill $pid; wait $pid 2>/dev/null || true
  rm -rf "$WORK/data"; find "$ROOT/var/lib/berth" -mindepth 1 -delete
}

unpack
mapfile -t ENTRYPOINT < <(python3 -c 'import json, sys; print(*json.load(open(sys.argv[1]))["config"]["Entrypoint"], sep="\n")' "$WORK/image/config.json")
cat >"$WORK/distribution.yaml" <<YAML
version: 0.1
log: {accesslog: {disabled: true}, level: warn}
storage: {filesystem: {rootdirectory: $WORK/data}, cache: {blobdescriptor: inmemory}, delete: {enabled: true}}
http: {addr: "127.0.0.1:15201"}
YAML
for run in $(seq "$RUNS"); do
  echo "run $run of $RUNS" >&2
  measure distribution 15201 env OTEL_TRACES_EXPORTER=none "$DISTRIBUTION" serve "$WORK/distribution.yaml"
  measure berth 15202 env -i LANG=C.UTF-8 "$(PATH=$PATH:/usr/sbin command -v chroot)" --userspec=65532:65532 "$ROOT" "${ENTRYPOINT[@]}" \
    serve --host 127.0.0.1 --port 15202 --management-port 0 --data /var/lib/berth
done
echo "$(date -u +%F), $(nproc) cores, load $(cut -d' ' -f1 /proc/loadavg), $RUNS runs, medians"
python3 - "$WORK/rows" <<'P'
import statistics, sys
rows = [line.split() for line in open(sys.argv[1])]
of = lambda name, i: statistics.median(float(row[i]) for row in rows if row[0] == name)
print("| | Berth | distribution 3.1.2 | ratio |\n| --- | --- | --- | --- |")
for i, what in enumerate(["start to first 200, ms", "CPU to there, ms", "resident when idle, MiB", "of it private, MiB"], 1):
    berth, other = of("berth", i), of("distribution", i)
    print(f"| {what} | {berth:.0f} | {other:.0f} | {berth / max(other, 1):.1f} |")
P
