"""Prints bench/uploads' figures: the median of each row, and how Berth stands to its goals."""
import json
import statistics
import sys

GOALS = [  # row, figure, a factor of distribution's
    ("large, cold", "rate", 1.0), ("large, warm", "rate", 1.2), ("small, cold", "rate", 3), ("images, cold", "rate", 3),
    ("large, warm", "cpu", 1.1),  # seconds of processor time for the same bytes: at most
]


def medians(folder, name):
    """Each row with the medians of its figures."""
    rows = {}
    with open(f"{folder}/{name}.jsonl", encoding="utf-8") as lines:
        for line in map(json.loads, lines):
            rows.setdefault(line["row"], []).append(line)
    return {row: {key: statistics.median(line[key] for line in lines) for key in ("rate", "failed", "cpu", "MB", "peak")} for row, lines in rows.items()}


def cell(row, figures):
    unit = "MB/s" if row.startswith("large") else "/s"
    failed = f", {figures['failed']:g} failed" if figures["failed"] else ""
    return f"{figures['rate']:.0f} {unit}, CPU {figures['cpu']:.2f} s, {figures['peak']:.0f} MiB{failed}"


def main(folder, names):
    results = {name: medians(folder, name) for name in names}
    shown = {"berth-server": "berth"}
    print("| rate, CPU of the server, its largest memory | " + " | ".join(shown.get(name, name) for name in names) + " |")
    print("| --- " * (len(names) + 1) + "|")
    for row in results[names[0]]:
        print("| " + " | ".join([row] + [cell(row, results[name][row]) for name in names]) + " |")
    berth, peer = results["berth-server"], results["distribution"]
    print("\n| goal | reached | |\n| --- | --- | --- |")
    for row, figure, factor in GOALS:
        ratio = berth[row][figure] / peer[row][figure]
        reached = ratio <= factor if figure == "cpu" else ratio >= factor
        print(f"| {row}: {figure} {'≤' if figure == 'cpu' else '≥'} {factor} × distribution | {ratio:.2f} × | {'yes' if reached else 'no'} |")


main(sys.argv[1], sys.argv[2:])
