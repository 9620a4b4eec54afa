"""The work that every peer does, so that all of them do the same.

The model: x in R^2 and 16 sines and 16 cosines of the log signal-to-noise ratio go in, `depth`
hidden layers of `width` units with SiLU follow, a noise estimate in R^2 comes out. Training: the
mean squared error of the noise on batches of 10,000 resident points, times uniform, Adam, weight
average 0.999. Sampling: Euler-Maruyama on the reverse SDE. All in float32, on all cores.
"""

import json
import statistics
import sys
import time

import numpy as np

POINTS = 10_000
STOP, HORIZON = 0.001, 5.0
RATE, BETA1, BETA2, EPSILON, AVERAGE = 1e-3, 0.9, 0.999, 1e-8, 0.999
SAMPLING_STEPS = 500
# Wavelengths from 64 to 3 in log signal-to-noise ratio.
FREQUENCIES = np.geomspace(2 * np.pi / 64, 2 * np.pi / 3, 16).astype(np.float32)
STANDARD = [
    ("step", 64, 3, 128), ("step", 128, 3, 256), ("step", 128, 3, 1024), ("step", 256, 4, 1024),
    ("sampling", 128, 3, POINTS),
]


def two_moons():
    """Two standardised half circles with noise, [POINTS, 2]."""
    rng = np.random.default_rng(7)
    angle = rng.uniform(0, np.pi, POINTS)
    upper = np.stack([np.cos(angle), np.sin(angle)], 1)
    lower = np.stack([1 - np.cos(angle), 0.5 - np.sin(angle)], 1)
    points = np.where(rng.uniform(size=(POINTS, 1)) < 0.5, upper, lower)
    points = points + 0.08 * rng.normal(size=points.shape)
    return ((points - points.mean(0)) / points.std()).astype(np.float32)


def initial_parameters(width, depth):
    """Pairs of weights [inputs, outputs] and biases; the output layer begins at zero."""
    rng = np.random.default_rng(7)
    sizes = [2 + 2 * len(FREQUENCIES)] + [width] * depth + [2]
    layers = []
    for inputs, outputs in zip(sizes, sizes[1:]):
        weights = rng.normal(0, np.sqrt(2 / inputs), (inputs, outputs)).astype(np.float32)
        layers.append((weights, np.zeros(outputs, np.float32)))
    layers[-1][0][:] = 0
    return layers


def sampling_times():
    """SAMPLING_STEPS + 1 equally spaced times from the horizon down to the stop."""
    return np.linspace(HORIZON, STOP, SAMPLING_STEPS + 1).astype(np.float32)


def measure(run, units):
    """The median time of one of `units` steps over repeats of `run`, a second or three repeats.

    One repeat before the first is warm-up: compilation and first touches are not counted.
    """
    run()
    seconds, start = [], time.perf_counter()
    while time.perf_counter() - start < 1 or len(seconds) < 3:
        before = time.perf_counter()
        run()
        seconds.append((time.perf_counter() - before) / units)
    return statistics.median(seconds)


def main(peer, version, step, sampling):
    """Runs the tasks of the command line, `TASK WIDTH DEPTH BATCH`, or all; prints JSON lines.

    `step(width, depth, batch)` and `sampling(width, depth, points, folds)` prepare a task and
    return what `measure` takes.
    """
    given = sys.argv[1:]
    tasks = [(given[0], *map(int, given[1:4]))] if len(given) == 4 else STANDARD
    for task, width, depth, batch in tasks:
        prepare = {
            "step": step,
            # The time features of a step are the same for every point. Here they are folded into
            # one bias, as scorefield does ...
            "sampling": lambda *size: sampling(*size, True),
            # ... and here written out for each point, as most code has it.
            "sampling_per_point": lambda *size: sampling(*size, False),
        }[task]
        seconds = measure(*prepare(width, depth, batch))
        print(json.dumps({
            "peer": peer, "version": version, "task": task, "width": width, "depth": depth,
            "batch": batch, "seconds_per_step": seconds}), flush=True)
