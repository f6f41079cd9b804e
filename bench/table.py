"""Prints bench/compare's figures as a table, and how Berth stands to its goals: ratios inside one run, since machines are noisy."""
import json
import sys

GOALS = [  # case, against whom, factor, or a limit in the unit of the row
    ("get-manifest", "distribution", 3), ("head-manifest", "distribution", 3), ("get-blobs 10240 B", "distribution", 8),
    ("push-blobs 10240 B", "distribution", 3), ("push-images", "distribution", 3), ("push-blobs 104857600 B", "distribution", 1.2),
    ("get-blobs 104857600 B", "nginx", 0.9), ("tags-page", "distribution", 5), ("tags-full", "distribution", 1),
    ("tags-fill", "distribution", 1), ("catalog", "distribution", 1), ("referrers-fill", "distribution", 1),
]
LIMITS = [("start ms", 250), ("idle RSS MiB", 90), ("peak RSS MiB", 256)]


def read(folder, name):
    """Each case with its row: of several rounds the one in the middle."""
    rounds = {}
    with open(f"{folder}/{name}.jsonl", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            rounds.setdefault(row["case"], []).append(row)
    return {case: sorted(rows, key=figure)[len(rows) // 2] for case, rows in rounds.items()}


def figure(row):
    return row.get("value", row.get("per_s", 0))


def cell(row):
    if "value" in row:
        return f"{row['value']:g}"
    if "ops" not in row or row.get("failed", 0) == row["ops"]:
        return "fails"
    rate = f"{row['MB_per_s']:.0f} MB/s" if "104857600" in row["case"] or row["case"] == "get /file" else f"{row['per_s']:.0f}/s"
    failed = f" ({row['failed']} failed)" if row["failed"] else ""
    return f"{rate}, p50 {row['p50_ms']:.1f}, p99 {row['p99_ms']:.1f} ms{failed}"


def rate(results, name, case):
    row = results.get(name, {}).get("get /file" if name == "nginx" else case, {})
    return row.get("MB_per_s" if "104857600" in case else "per_s")


def main(folder, names):
    results = {name: read(folder, name) for name in names}
    cases = list(dict.fromkeys(case for name in names for case in results[name]))
    print("| case | " + " | ".join(names) + " |")
    print("| --- " * (len(names) + 1) + "|")
    for case in cases:
        print("| " + " | ".join([case] + [cell(results[name][case]) if case in results[name] else "" for name in names]) + " |")
    if "berth" not in results:
        return
    if "before" in results:
        compare_with_before(results, cases)
    print("\n| goal | reached | |\n| --- | --- | --- |")
    for case, peer, factor in GOALS:
        ours, theirs = rate(results, "berth", case), rate(results, peer, case)
        if ours and theirs:
            print(f"| {case} ≥ {factor} × {peer} | {ours / theirs:.2f} × | {'yes' if ours >= factor * theirs else 'no'} |")
    for case, limit in LIMITS:
        value = results["berth"].get(case, {}).get("value")
        if value is not None:
            print(f"| {case} ≤ {limit} | {value:g} | {'yes' if value <= limit else 'no'} |")
    referrers = results["berth"].get("referrers", {}).get("p50_ms")
    if referrers is not None:
        print(f"| referrers of 250 p50 < 10 ms | {referrers:.1f} | {'yes' if referrers < 10 else 'no'} |")


def compare_with_before(results, cases):
    print("\n| of before | ratio | |\n| --- | --- | --- |")
    for case in cases:
        ours, theirs = (results[name].get(case, {}) for name in ("berth", "before"))
        if "value" in ours and "value" in theirs:
            ratio = ours["value"] / max(theirs["value"], 0.01)
            print(f"| {case} | {ratio:.2f} | {'yes' if ratio <= 1.05 else 'more'} |")
        elif figure(ours) and figure(theirs):
            ratio = figure(ours) / figure(theirs)
            print(f"| {case} | {ratio:.2f} | {'yes' if ratio >= 0.95 else 'less'} |")


main(sys.argv[1], sys.argv[2:])
