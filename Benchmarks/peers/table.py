"""Prints the JSON lines of a comparison as a Markdown table.

    python table.py FILE
"""

import json
import os
import platform
import statistics
import sys


def spread(values, form):
    if not values:
        return "-"
    low, high = form.format(min(values)), form.format(max(values))
    middle = form.format(statistics.median(values))
    return middle if len(values) == 1 else f"{middle} ({low}-{high})"


def processor():
    try:
        with open("/proc/cpuinfo") as file:
            return next(line.split(":")[1].strip() for line in file if "model name" in line)
    except (OSError, StopIteration):
        return platform.processor() or "unknown processor"


def main(path):
    with open(path) as file:
        records = [json.loads(line) for line in file if line.strip()]
    peers = list(dict.fromkeys(r["peer"] for r in records))
    tasks = list(dict.fromkeys((r["task"], r["width"], r["depth"], r["batch"]) for r in records))

    def of(peer, task, key="seconds_per_step"):
        return [r[key] for r in records if r["peer"] == peer and task == (
            r["task"], r["width"], r["depth"], r["batch"])]

    others = peers[1:]
    print("Microseconds a step, and how many times longer each peer takes than scorefield in the "
          "same round: median (lowest-highest).\n")
    print("| task | scorefield | of the limit |" + "".join(f" {p} | ratio |" for p in others))
    print("|---|---|---|" + "---|---|" * len(others))
    for task in tasks:
        ours = of(peers[0], task)
        name, width, depth, batch = task
        cells = [f"{name}, width {width}, depth {depth}, {batch} points",
                 spread([1e6 * s for s in ours], "{:.0f}"),
                 spread(of(peers[0], task, "fraction_of_limit"), "{:.2f}")]
        for peer in others:
            theirs = of(peer, task)
            cells += [spread([1e6 * s for s in theirs], "{:.0f}"),
                      spread([b / a for a, b in zip(ours, theirs)], "{:.2f}")]
        print("| " + " | ".join(cells) + " |")

    versions = ", ".join(dict.fromkeys(f"{r['peer']} {r['version']}" for r in records))
    limit, openblas = ([r[key] for r in records if key in r]
                       for key in ("limit_gigaflops", "openblas_gigaflops"))
    vectors = ", ".join(dict.fromkeys(r["vectors"] for r in records if "vectors" in r))
    print(f"\n{len(os.sched_getaffinity(0))} cores, {processor()}, {vectors}; limit "
          f"{spread(limit, '{:.0f}')} GFLOP/s, OpenBLAS {spread(openblas, '{:.0f}')}; {versions}; "
          f"Python {platform.python_version()}.")


if __name__ == "__main__":
    main(sys.argv[1])
