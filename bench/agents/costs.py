"""What the API server says of its work, for bench/agents/run. The environment names the API server as for bench/operator-scale/cluster.py, and
ETCD is the process of its etcd. Every command prints one JSON object or lines of a table."""

import collections
import json
import os
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "operator-scale"))
import cluster  # noqa: E402

WHO = {
    "system:serviceaccount:kube-system:kubelets": "kubelets",
    "system:serviceaccount:berth-nodes:berth-node": "agents",
    "system:serviceaccount:berth-system:berth-operator": "operator",
}
MIB = 1 << 20


def place(count, trusted):
    """Makes Nodes with the usual labels, the agents' Pods and what belongs to them."""
    for number in range(int(count)):
        labels = {"kubernetes.io/hostname": f"node-{number:04}", "kubernetes.io/os": "linux", "kubernetes.io/arch": "amd64"}
        cluster.ask("POST", "/api/v1/nodes", {"metadata": {"name": f"node-{number:04}", "labels": labels}})
    cluster.ask("POST", "/api/v1/namespaces/berth-nodes/configmaps", {"metadata": {"name": "kube-root-ca.crt"}, "data": {"ca.crt": "x" * 1100}})
    return cluster.place_agents(count, trusted, "registries,preload")


def metrics():
    """All metrics of the API server, by name and labels."""
    found = {}
    for line in cluster.text("/metrics").splitlines():
        if not line.startswith("#"):
            name, _, value = line.rpartition(" ")
            found[name] = float(value)
    return found


def total(found, name, *labels):
    return sum(value for key, value in found.items() if key.partition("{")[0] == name and all(label in key for label in labels))


def watches(found):
    """How many are open, by kind. That of a namespace by its name counts as a GET that lasts long."""
    kinds = collections.Counter()
    for key, value in found.items():
        if key.startswith("apiserver_longrunning_requests{"):
            kinds[key.partition('resource="')[2].partition('"')[0]] += int(value)
    return {kind: kinds[kind] for kind in ("configmaps", "daemonsets", "namespaces")} | {"all": sum(kinds.values())}


def etcd_seconds():
    with open(f"/proc/{os.environ['ETCD']}/stat", encoding="ascii") as stat:
        fields = stat.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def snapshot():
    """The API server's counters now. Its heap is measured after a collection, which the next period does not pay for."""
    cluster.text("/debug/pprof/heap?gc=1")
    found = metrics()
    return {
        "time": time.time(), "cpu": found["process_cpu_seconds_total"], "etcd": etcd_seconds(), "audit": os.path.getsize(cluster.AUDIT),
        "heap": found["go_memstats_heap_alloc_bytes"], "rss": found["process_resident_memory_bytes"], "goroutines": found["go_goroutines"],
        "connections": connections(), "watches": watches(found),
        "events": total(found, "apiserver_watch_events_total"), "event bytes": total(found, "apiserver_watch_events_sizes_sum"),
    }


def connections():
    """How many clients are connected to the API server, by the kernel's table."""
    port = f":{cluster.API.port:04X}"
    with open("/proc/net/tcp", encoding="ascii") as table:
        rows = [line.split() for line in list(table)[1:]]
    return sum(row[1].endswith(port) and row[3] == "01" for row in rows)


def requests(before, after):
    """Who asked for what between two snapshots: by user, then by verb and resource."""
    counts = collections.defaultdict(collections.Counter)
    for event in cluster.Log(before["audit"]).events():
        if cluster.at(event) <= after["time"]:
            counts[WHO[event["user"]["username"]]][event["verb"] + " " + cluster.resource(event)] += 1
    return counts


def read(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def says(counter):
    return ", ".join(f"{count:,} {what}" for what, count in counter.most_common(6)) or "none"


def table(folder, *stages):
    """Two tables: what each stage cost, and what was open after it. The files of a stage are STAGE.before.json and STAGE.after.json."""
    print("| | seconds | CPU of the API server, of etcd | requests of kubelets | of agents | of the operator | watch events |")
    print("| --- | ---: | ---: | --- | --- | --- | ---: |")
    for stage in stages:
        before, after = read(f"{folder}/{stage}.before.json"), read(f"{folder}/{stage}.after.json")
        asked, spent = requests(before, after), lambda what: after[what] - before[what]
        print(f"| {stage} | {spent('time'):.0f} | {spent('cpu'):.1f} s, {spent('etcd'):.1f} s |"
              f" {says(asked['kubelets'])} | {says(asked['agents'])} | {says(asked['operator'])} |"
              f" {spent('events'):,.0f} ({spent('event bytes') / MIB:.1f} MiB) |")
    print("\n| after | watches: ConfigMaps, DaemonSets, namespaces, all | connections | goroutines | heap in use | resident |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for stage in stages:
        after = read(f"{folder}/{stage}.after.json")
        print(f"| {stage} | {', '.join(str(count) for count in after['watches'].values())} | {after['connections']} | {after['goroutines']:.0f} |"
              f" {after['heap'] / MIB:.0f} MiB | {after['rss'] / MIB:.0f} MiB |")


def write_status(times, pause):
    """Writes the status of the agents' DaemonSet, as its controller does while a rollout goes on."""
    for number in range(int(times)):
        cluster.ask("PATCH", cluster.namespaced("/apis/apps/v1/daemonsets", cluster.AGENTS) + "/berth-node/status",
                    {"status": {"numberReady": number}}, "application/merge-patch+json")
        time.sleep(float(pause))
    return {"times": int(times)}


def configured(namespace, name, limit):
    """Waits until a Registry is configured on all nodes, and says how long that took."""
    begin, message = time.time(), ""
    while time.time() < begin + float(limit):
        status = cluster.ask("GET", cluster.namespaced(cluster.REGISTRIES, namespace) + "/" + name).get("status", {})
        found = [one for one in status.get("conditions", []) if one["type"] == "NodesConfigured"]
        message = found[0]["message"] if found else ""
        if found and found[0]["status"] == "True":
            return {"seconds": round(time.time() - begin, 1), "message": message}
        time.sleep(1)
    sys.exit(f"{namespace}/{name} is not configured on all nodes after {limit} s: {message}")


def main(command, *arguments):
    answer = globals()[command](*arguments)
    if answer is not None:
        print(json.dumps(answer))


main(*sys.argv[1:])
