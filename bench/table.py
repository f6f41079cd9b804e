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


def rounds(folder, name):
    """Each case with its rows, one of each round, sorted by their figure."""
    cases = {}
    with open(f"{folder}/{name}.jsonl", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            cases.setdefault(row["case"], []).append(row)
    return {case: sorted(rows, key=figure) for case, rows in cases.items()}


def middle(rows):
    return rows[len(rows) // 2]


def best(rows):
    """What a busy machine disturbed least: the highest rate, or the lowest of times and sizes."""
    return rows[0] if "value" in rows[0] else rows[-1]


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
    all_rounds = {name: rounds(folder, name) for name in names}
    results = {name: {case: middle(rows) for case, rows in cases.items()} for name, cases in all_rounds.items()}
    cases = list(dict.fromkeys(case for name in names for case in results[name]))
    print("| case | " + " | ".join(names) + " |")
    print("| --- " * (len(names) + 1) + "|")
    for case in cases:
        print("| " + " | ".join([case] + [cell(results[name][case]) if case in results[name] else "" for name in names]) + " |")
    if "berth" not in results:
        return
    if "before" in results:
        compare_with_before(all_rounds, cases)
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


def compare_with_before(all_rounds, cases):
    print("\n| of before | the middle rounds | the best rounds | |\n| --- | --- | --- | --- |")
    for case in cases:
        ours, theirs = (all_rounds[name].get(case, []) for name in ("berth", "before"))
        if not ours or not theirs or not figure(middle(ours)) or not figure(middle(theirs)):
            continue
        of_middle, of_best = (figure(pick(ours)) / figure(pick(theirs)) for pick in (middle, best))
        fine, word = (of_best <= 1.05, "more") if "value" in ours[0] else (of_best >= 0.95, "less")
        print(f"| {case} | {of_middle:.2f} | {of_best:.2f} | {'yes' if fine else word} |")


main(sys.argv[1], sys.argv[2:])
