"""Writes golden.json: resampled rows worked out from the definition, one result at a time.

    python3 Fixtures/resampling/make_golden.py

Needs NumPy. The window is numpy.i0 itself and every tap of a filter is added up for its scale, unless the ratio has
more than a million of them; then the sum is the integral by Simpson's rule. Checked against scipy.signal.resample_poly
(SciPy 1.7.3) with --check, which needs SciPy.

Row n of axis a of case number s is ((n * n * 31 + n * 17 + s * 101 + a * 57) mod 2048 - 1024) / 1024.
"""

import json
import math
import os
import random
import sys

import numpy as np

HALF, BETA = 10, 5.0


def window(t):
    return np.i0(BETA * np.sqrt(np.maximum(0.0, 1 - (t / HALF) ** 2))) / np.i0(BETA)


def g(steps, rate):
    t = np.asarray(steps, dtype=np.float64) / rate
    return np.where(np.abs(t) <= HALF, np.sinc(t) * window(t), 0.0)


def total(rate):
    if rate <= 50_000:
        return math.fsum(g(np.arange(-HALF * rate, HALF * rate + 1), rate))
    n = 2_000_000
    t = np.linspace(-HALF, HALF, n + 1)
    values = np.sinc(t) * window(t)
    return rate * (2 * HALF / n) / 3 * math.fsum([values[0], values[-1], *(4 * values[1::2]), *(2 * values[2:-1:2])])


def value(n, axis, seed):
    return ((n * n * 31 + n * 17 + seed * 101 + axis * 57) % 2048 - 1024) / 1024


def result(m, axis, rows, resampled, seed, scale):
    factor = math.gcd(rows, resampled)
    up, down = resampled // factor, rows // factor
    reach = HALF * max(up, down)
    first = max(0, -((reach - m * down) // up))
    last = min(rows - 1, (m * down + reach) // up)
    n = range(first, last + 1)
    taps = up * g([m * down - k * up for k in n], max(up, down)) / scale
    return math.fsum(taps * np.array([value(k, axis, seed) for k in n]))


def cases():
    fixed = [
        (1, 2), (1, 7), (2, 1), (7, 1), (2, 3), (3, 2), (625, 1000), (1000, 962), (1000, 999), (999, 1000),
        (1, 1), (300, 300), (40, 4000), (4000, 40), (5000, 3), (3, 5000), (10_000_000, 9_620_001), (9_620_001, 10_000_000),
        (1_000_003, 30_011),
    ]
    choose = random.Random(20)
    for _ in range(25):
        rows = round(math.exp(choose.uniform(0, 8)))
        fixed.append((rows, max(1, round(rows * math.exp(choose.uniform(-2.5, 2.5))))))
    return fixed


def main():
    choose = random.Random(21)
    golden = []
    for seed, (rows, resampled) in enumerate(cases()):
        factor = math.gcd(rows, resampled)
        scale = total(max(rows, resampled) // factor)
        picked = {0, 1, 2, resampled // 2, resampled - 2, resampled - 1}
        picked |= {choose.randrange(resampled) for _ in range(10)}
        if max(rows, resampled) > 100_000:
            # So that a test need not resample all of it.
            picked = {m for m in picked if m < 1000} | {choose.randrange(3000) for _ in range(10)}
        picked = sorted(m for m in picked if 0 <= m < resampled)
        if rows == resampled:
            values = [[value(m, axis, seed) for axis in range(2)] for m in picked]
        else:
            values = [[result(m, axis, rows, resampled, seed, scale) for axis in range(2)] for m in picked]
        golden.append({"rows": rows, "resampledRows": resampled, "places": picked, "values": values})
    if "--check" in sys.argv:
        check(golden)
        return
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "golden.json")
    with open(path, "w") as file:
        file.write("[\n" + ",\n".join(json.dumps(case) for case in golden) + "\n]\n")


def check(golden):
    from scipy import signal

    worst = 0.0
    for seed, case in enumerate(golden):
        rows, resampled = case["rows"], case["resampledRows"]
        n = np.arange(rows, dtype=np.int64)
        x = np.stack([((n * n * 31 + n * 17 + seed * 101 + a * 57) % 2048 - 1024) / 1024 for a in range(2)], axis=1)
        y = signal.resample_poly(x, resampled, rows, axis=0)
        assert y.shape == (resampled, 2), (rows, resampled, y.shape)
        error = np.abs(y[case["places"]] - np.array(case["values"])).max()
        worst = max(worst, error)
        print(rows, resampled, error)
    print("worst", worst)


main()
