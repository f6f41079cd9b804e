"""What a cluster is to the operator, for bench/operator-scale/run and bench/agents/run: users that apply Registries, the StatefulSet controller,
and the audit log.

Every command prints one JSON object. The API server is the one of KUBECONFIG's neighbour files: its URL and an administrator's token are
arguments of the environment (API, TOKEN), as is the audit log (AUDIT).
"""

import asyncio
import collections
import concurrent.futures
import datetime
import http.client
import json
import os
import ssl
import sys
import threading
import time
import urllib.parse

API = urllib.parse.urlsplit(os.environ["API"])
TOKEN = os.environ["TOKEN"]
AUDIT = os.environ["AUDIT"]
INSECURE = ssl._create_unverified_context()  # the certificate of a server on loopback that was made a moment ago
WRITES = {"create", "update", "patch", "delete", "deletecollection"}
SERVING = "serving"  # the namespace of the Registries that serve
LOCAL = threading.local()

REGISTRIES = "/apis/berth.dev/v1alpha1/registries"
STATEFUL_SETS = "/apis/apps/v1/statefulsets"
KINDS = {
    "registries": REGISTRIES,
    "statefulsets": STATEFUL_SETS,
    "secrets": "/api/v1/secrets",
    "configmaps": "/api/v1/configmaps",
    "services": "/api/v1/services",
    "persistentvolumeclaims": "/api/v1/persistentvolumeclaims",
    "networkpolicies": "/apis/networking.k8s.io/v1/networkpolicies",
}


def ask(method, path, body=None, kind="application/json"):
    """The answer to a request; a 409 of a create is one too, for then the object is there."""
    return json.loads(text(path, method, body, kind))


def text(path, method="GET", body=None, kind="application/json"):
    """The body of the answer."""
    for attempt in range(3):
        if not hasattr(LOCAL, "connection"):
            LOCAL.connection = http.client.HTTPSConnection(API.hostname, API.port, context=INSECURE, timeout=60)
        try:
            headers = {"Authorization": "Bearer " + TOKEN, "Content-Type": kind, "Accept": "application/json, */*"}
            LOCAL.connection.request(method, path, None if body is None else json.dumps(body), headers)
            answer = LOCAL.connection.getresponse()
            content = answer.read()
        except (http.client.HTTPException, OSError):
            del LOCAL.connection
            if attempt == 2:
                raise
            continue
        if answer.status >= 400 and not (method == "POST" and answer.status == 409):
            sys.exit(f"{method} {path}: {answer.status} {content.decode(errors='replace')[:500]}")
        return content.decode(errors="replace")


def namespaced(path, namespace):
    group, _, plural = path.rpartition("/")
    return f"{group}/namespaces/{namespace}/{plural}"


def registry(namespace, name, annotations):
    return {
        "apiVersion": "berth.dev/v1alpha1",
        "kind": "Registry",
        "metadata": {"name": name, "namespace": namespace, "annotations": annotations},
        "spec": {"storage": {"persistentVolumeClaim": {"size": "1Gi"}}},
    }


def fill_namespace(namespace, names):
    ask("POST", "/api/v1/namespaces", {"metadata": {"name": namespace}})
    ask("POST", f"/api/v1/namespaces/{namespace}/serviceaccounts", {"metadata": {"name": "default"}})
    for name in names:
        ask("POST", namespaced(REGISTRIES, namespace), registry(namespace, name, {}))


def fill(namespaces, each, serving):
    """Makes the namespaces and their Registries, and one namespace more with those that will serve."""
    begin = time.time()
    ask("POST", "/apis/storage.k8s.io/v1/storageclasses", {
        "metadata": {"name": "standard", "annotations": {"storageclass.kubernetes.io/is-default-class": "true"}},
        "provisioner": "example.com/none",
    })
    fill_namespace(SERVING, [f"r{number:03}" for number in range(int(serving))])
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        names = [f"r{number:03}" for number in range(int(each))]
        list(pool.map(lambda number: fill_namespace(f"team-{number:04}", names), range(int(namespaces))))
    return {"seconds": round(time.time() - begin, 1)}


def counts():
    """How many objects of each kind there are, by the server's own count: nothing is read."""
    def count(path):
        page = ask("GET", path + "?limit=1")
        return len(page["items"]) + page["metadata"].get("remainingItemCount", 0)
    return {kind: count(path) for kind, path in KINDS.items()}


class Log:
    """The audit log from a place on, read as it grows."""

    def __init__(self, offset):
        self.file = open(AUDIT, "rb")
        self.file.seek(offset)
        self.rest = b""

    def events(self):
        self.rest += self.file.read()
        *lines, self.rest = self.rest.split(b"\n")
        for line in lines:
            event = json.loads(line)
            if event["verb"] != "watch" or event["stage"] == "ResponseStarted":
                yield event

    def offset(self):
        return self.file.tell() - len(self.rest)


def resource(event):
    reference = event.get("objectRef", {})
    return "/".join(filter(None, [reference.get("resource", event["requestURI"].split("?")[0]), reference.get("subresource")]))


def at(event):
    return datetime.datetime.fromisoformat(event["stageTimestamp"].replace("Z", "+00:00")).timestamp()


def calls(offset):
    """The operator's requests since a place in the audit log: by verb, by verb and resource, and those that were refused."""
    log, verbs, details, refused = Log(int(offset)), collections.Counter(), collections.Counter(), collections.Counter()
    for event in log.events():
        verbs[event["verb"]] += 1
        details[event["verb"] + " " + resource(event)] += 1
        code = event.get("responseStatus", {}).get("code", 0)
        if code >= 400:
            refused[f"{code} {event['verb']} {resource(event)}"] += 1
    return {
        "verbs": dict(verbs),
        "writes": sum(count for verb, count in verbs.items() if verb in WRITES),
        "details": dict(details.most_common()),
        "refused": dict(refused),
        "offset": log.offset(),
    }


def settled(offset, registries, quiet, limit):
    """Waits until all Registries have a status and nothing was written for a while; when the last write was, by the server's clock."""
    log, told, last, end = Log(int(offset)), set(), time.time(), time.time() + float(limit)
    shown = time.time()
    while time.time() < end:
        for event in log.events():
            if event["verb"] in WRITES:
                last = max(last, at(event)) if told else at(event)
            if resource(event) == "registries/status":
                told.add((event["objectRef"]["namespace"], event["objectRef"]["name"]))
        if len(told) >= int(registries) and time.time() - last > float(quiet):
            return {"settled": True, "last": last, "told": len(told)}
        if time.time() - shown > 30:
            shown = time.time()
            print(f"  {len(told)} of {registries} have a status", file=sys.stderr)
        time.sleep(1)
    return {"settled": False, "last": last, "told": len(told)}


AGENTS = "berth-nodes"  # the namespace of the node agents


def agent(number):
    name = f"berth-node-{number:04}"
    pod = {"metadata": {"name": name, "labels": {"app.kubernetes.io/name": "berth-node"}},
           "spec": {"nodeName": f"node-{number:04}", "serviceAccountName": "berth-node", "containers": [{"name": "agent", "image": "example.com/agent"}]}}
    ask("POST", namespaced("/api/v1/pods", AGENTS), pod)
    status = {"status": {"podIP": f"127.78.{number // 250}.{number % 250 + 1}"}}
    ask("PATCH", namespaced("/api/v1/pods", AGENTS) + f"/{name}/status", status, "application/merge-patch+json")


def place_agents(count, trusted, words="registries"):
    """Makes the DaemonSet and the Pods of the agents of all nodes, and trusts all namespaces up to a number with these words."""
    labels = {"app.kubernetes.io/name": "berth-node"}
    ask("POST", namespaced("/apis/apps/v1/daemonsets", AGENTS), {
        "metadata": {"name": "berth-node"},
        "spec": {"selector": {"matchLabels": labels}, "template": {
            "metadata": {"labels": labels}, "spec": {"containers": [{"name": "agent", "image": "example.com/agent"}]}}},
    })
    ask("PATCH", namespaced("/apis/apps/v1/daemonsets", AGENTS) + "/berth-node/status",
        {"status": {"desiredNumberScheduled": int(count)}}, "application/merge-patch+json")
    ask("POST", namespaced("/api/v1/configmaps", "berth-system"), {
        "metadata": {"name": "berth-trusted-namespaces"},
        "data": {f"team-{number:04}": words for number in range(int(trusted))},
    })
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        list(pool.map(agent, range(int(count))))
    return {"agents": int(count)}


def agents(count, trusted):
    """Is the agents of all nodes: each has set up all hosts of the list as it is now. Never ends."""
    place_agents(count, trusted)
    answer_as_agents()


class Agent(asyncio.Protocol):
    """Answers every request with the same bytes: 1,000 agents that are asked each second must not slow the operator down."""

    answer = b""

    def connection_made(self, transport):
        self.transport, self.received = transport, b""

    def data_received(self, data):
        self.received += data
        while b"\r\n\r\n" in self.received:  # each request is a GET, which has no body
            self.received = self.received.partition(b"\r\n\r\n")[2]
            self.transport.write(Agent.answer)


def answer_as_agents():
    """One server is all agents: it listens on every address of the loopback network."""
    follow_list()

    async def serve():
        server = await asyncio.get_running_loop().create_server(Agent, "0.0.0.0", 5002, backlog=1024)
        print("agents answer", file=sys.stderr, flush=True)
        await server.serve_forever()

    threading.Thread(target=lambda: asyncio.run(serve()), daemon=True).start()
    while True:
        follow_list()
        time.sleep(2)


def follow_list():
    """Reads which write of each part of the list of hosts is the last, and lets all agents say that they follow it."""
    maps = ask("GET", namespaced("/api/v1/configmaps", AGENTS) + "?labelSelector=app.kubernetes.io/component%3Dnode-hosts")["items"]
    sequences = {one["metadata"]["name"]: next(line for line in one["data"]["hosts.yaml"].splitlines() if line.startswith("sequence")) for one in maps}
    numbers = {int(name.rpartition("-")[2]): int(line.split()[1]) for name, line in sequences.items()}
    followed = [numbers.get(number, 0) for number in range(max(numbers, default=-1) + 1)]
    body = json.dumps({"version": "1", "runtime": "containerd", "sequences": followed, "hosts": [], "more": 0}).encode()
    Agent.answer = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body) + body


def patch_status(name, status):
    ask("PATCH", namespaced(STATEFUL_SETS, SERVING) + f"/{name}/status", {"status": status}, "application/merge-patch+json")


def ready(stateful_set, revision):
    patch_status(stateful_set["metadata"]["name"], {
        "replicas": 1, "readyReplicas": 1, "observedGeneration": stateful_set["metadata"]["generation"],
        "currentRevision": revision, "updateRevision": revision,
    })


def sets():
    return ask("GET", namespaced(STATEFUL_SETS, SERVING))["items"]


def serve(paused):
    """All servers of the one namespace come up, and some of its Registries are paused."""
    for stateful_set in sets():
        ready(stateful_set, "before")
    for number in range(int(paused)):
        path = namespaced(REGISTRIES, SERVING) + f"/r{number:03}"
        ask("PATCH", path, {"metadata": {"annotations": {"berth.dev/paused": "true"}}}, "application/merge-patch+json")
    return {"serving": len(sets()), "paused": int(paused)}


def image(stateful_set):
    return stateful_set["spec"]["template"]["spec"]["containers"][0]["image"]


def roll(wanted, paused, seconds, limit):
    """Is the StatefulSet controller during an upgrade: a changed set's new server takes some seconds to come up."""
    begin, starting, most, order = time.time(), {}, 0, []
    expected = len(sets()) - int(paused)
    while time.time() < begin + float(limit) and (len(order) < expected or starting):
        for stateful_set in sets():
            name = stateful_set["metadata"]["name"]
            if stateful_set["metadata"]["generation"] != stateful_set["status"]["observedGeneration"]:
                starting[name] = time.time()
                order.append(name)
                patch_status(name, {"readyReplicas": 0, "observedGeneration": stateful_set["metadata"]["generation"], "updateRevision": "after"})
            elif name in starting and time.time() - starting[name] > float(seconds):
                del starting[name]
                ready(stateful_set, "after")
        most = max(most, len(starting))
        time.sleep(0.1)
    return {
        "seconds": round(time.time() - begin, 1), "expected": expected, "replaced": len(order), "twice": len(order) - len(set(order)),
        "most at once": most, "with the new image": sum(image(one) == wanted for one in sets()),
    }


if __name__ == "__main__":
    print(json.dumps(globals()[sys.argv[1]](*sys.argv[2:])))
