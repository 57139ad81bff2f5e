#!/usr/bin/env python3
"""Compares EdgeDSP with an independent implementation on random configurations and signals.

usage: compare.py EDGEDSP [--draws N] [--seed S] [--block NAME ...] [--blocks-checkout DIR]

Each draw makes a configuration and a window, computes its features with `oracle.py` (NumPy, written from a description
of the blocks) and with `edgedsp block run`, and compares them at the tight tolerance: |got - want| <= t (1 + |want|).
With --blocks-checkout the reference blocks of a checkout run instead of the oracle; they need their own versions of
NumPy and SciPy. A configuration that one side refuses and the other accepts is a failure too. A failure prints what is
needed to repeat it. Ends with 1 if there was any. The digest of a block is that of all features as they were
written: builds for different processors must print the same.

Needs NumPy and PyWavelets.
"""
import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import warnings

import numpy as np

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import oracle  # noqa: E402

TOLERANCE = {"spectral_analysis": 1e-4, "mfe": 1e-6, "mfcc": 5e-4, "spectrogram": 1e-6, "flatten": 1e-7, "raw": 1e-7, "image": 1e-6}
WAVELETS = [f"{family}{a}" for family, list_ in (
    ("bior", "1.3 1.5 2.2 2.4 2.6 2.8 3.1 3.3 3.5 3.7 3.9 4.4 5.5 6.8"), ("rbio", "1.3 1.5 2.2 2.4 2.6 2.8 3.1 3.3 3.5 3.7 3.9 4.4 5.5 6.8"),
    ("db", "2 3 4 5 6 7 8 9 10"), ("sym", "2 3 4 5 6 7 8 9 10"), ("coif", "1 2 3")) for a in list_.split()] + ["haar"]


def motion(rng, rows, axes):
    """Sines, an offset and noise on each axis; sometimes quantised."""
    t = np.arange(rows)[:, None]
    x = rng.uniform(-20, 20, axes) + rng.uniform(0.1, 8, axes) * np.sin(t * rng.uniform(0.01, 2, axes) + rng.uniform(0, 6, axes))
    x = x + rng.normal(0, rng.uniform(0.05, 2), x.shape)
    return np.round(x, int(rng.integers(2, 5))) if rng.random() < 0.3 else x


def audio(rng, rows):
    """A tone in noise, as 16-bit samples."""
    t = np.arange(rows)
    x = rng.uniform(100, 12000) * np.sin(t * rng.uniform(0.01, 2.5)) + rng.normal(0, rng.uniform(20, 3000), rows)
    return np.clip(np.rint(x), -32768, 32767)


def draw_spectral(rng):
    version = int(rng.integers(1, 5))
    axes = int(rng.integers(1, 4))
    frequency = float(rng.choice([10, 50, 62.5, 100, 104, 119, 208, 416]))
    order = int(rng.choice([0, 2, 4, 6, 8]))
    ratio = int(rng.choice([1, 1, 1, 3, 10])) if version == 4 else 1
    rate = frequency / ratio
    p = dict(
        scale_axes=float(rng.choice([1, 1, 0.5, -1, 2])), input_decimation_ratio=ratio,
        filter_type=str(rng.choice(["none", "low", "high"])), filter_cutoff=float(np.round(rng.uniform(0.05, 0.42) * rate, 2)),
        filter_order=order, analysis_type=str(rng.choice(["FFT", "FFT", "Wavelet"])), fft_length=int(2 ** rng.integers(2, 9)),
        spectral_peaks_count=int(rng.integers(0, 6)), spectral_peaks_threshold=float(rng.choice([0, 0.01, 0.1, 1])),
        spectral_power_edges="0.1, 0.5, 1.0, 2.0, 5.0", do_log=bool(rng.random() < 0.6), do_fft_overlap=bool(rng.random() < 0.5),
        wavelet_level=int(rng.integers(0, 4)), wavelet=str(rng.choice(WAVELETS)), extra_low_freq=bool(version == 4 and rng.random() < 0.2))
    rows = int(rng.integers(33, 700)) * (ratio if ratio > 1 else 1)
    return version, frequency, [f"a{i}" for i in range(axes)], p, motion(rng, rows, axes).flatten()


def frames(rng, version):
    frequency = float(rng.choice([8000, 11025, 16000]))
    length = float(rng.choice([0.016, 0.02, 0.025, 0.032]))
    return frequency, dict(frame_length=length, frame_stride=float(rng.choice([0.01, 0.015, length])), fft_length=int(2 ** rng.integers(7, 11)))


def mel(rng, version, p, frequency):
    most = p["fft_length"] // (10 if version < 4 else 5)
    p.update(num_filters=int(rng.integers(4, max(5, min(48, most)))), low_frequency=int(rng.choice([0, 0, 80, 300])), high_frequency=int(rng.choice([0, 0, int(frequency / 2) - 200])))


def draw_mfe(rng):
    version = int(rng.integers(1, 5))
    frequency, p = frames(rng, version)
    mel(rng, version, p, frequency)
    p.update(win_size=int(rng.choice([5, 51, 101])), noise_floor_db=int(rng.choice([-100, -72, -52, -40])))
    return version, frequency, ["audio"], p, audio(rng, int(rng.integers(1500, 9000)))


def draw_mfcc(rng):
    version = int(rng.integers(1, 5))
    frequency, p = frames(rng, version)
    mel(rng, version, p, frequency)
    p.update(num_cepstral=int(rng.integers(2, p["num_filters"] + 1)), win_size=int(rng.choice([0, 21, 51, 101])), pre_cof=float(rng.choice([0, 0.95, 0.98])), pre_shift=int(rng.choice([1, 1, 2, 3])))
    return version, frequency, ["audio"], p, audio(rng, int(rng.integers(2000, 9000)))


def draw_spectrogram(rng):
    version = int(rng.integers(1, 5))
    frequency, p = frames(rng, version)
    p.update(fft_length=int(2 ** rng.integers(5, 11)), noise_floor_db=int(rng.choice([-100, -72, -52, -10])), show_axes=True)
    return version, frequency, ["audio"], p, audio(rng, int(rng.integers(1500, 9000)))


def draw_flatten(rng):
    axes = int(rng.integers(1, 5))
    p = {k: bool(rng.random() < 0.7) for k in ("average", "minimum", "maximum", "rms", "stdev", "skewness", "kurtosis")}
    p.update(average=True, scale_axes=float(rng.choice([1, 0.5, -3])))
    return 1, 50.0, [f"a{i}" for i in range(axes)], p, motion(rng, int(rng.integers(2, 3000)), axes).flatten()


def draw_raw(rng):
    return 1, 50.0, ["a", "b"], dict(scale_axes=float(rng.choice([1, 0.1, 3]))), motion(rng, int(rng.integers(1, 400)), 2).flatten()


def draw_image(rng):
    w, h = int(rng.integers(1, 20)), int(rng.integers(1, 20))
    pixels = rng.integers(0, 1 << 24, w * h)
    return 1, 1.0, ["image"], dict(channels=str(rng.choice(["RGB", "Grayscale"]))), np.concatenate([[w, h], pixels]).astype(float)


DRAW = dict(spectral_analysis=draw_spectral, mfe=draw_mfe, mfcc=draw_mfcc, spectrogram=draw_spectrogram, flatten=draw_flatten, raw=draw_raw, image=draw_image)


def want_from_oracle(block, case, window):
    return np.asarray(oracle.FN[block](case, window)[0], float)


def want_from_checkout(folder, block, case, window):
    """Runs the reference block in this process; the blocks share module names, so one block a process."""
    path = os.path.join(folder, block)
    if path not in sys.path:
        os.environ["MPLBACKEND"] = "svg"
        sys.path.insert(0, path)
    from dsp import generate_features
    raw = window.astype(np.int64) if block == "image" else window
    answer = generate_features(
        implementation_version=case["implementation_version"], draw_graphs=False, raw_data=raw, axes=case["axes"],
        sampling_freq=case["sampling_freq"], **case["params"])
    return np.asarray(answer["features"], float)


# The oracle has an exception of its own for what it refuses; the reference blocks raise what comes to hand.
REFUSALS = {False: oracle.Refuse, True: (Exception, SystemExit)}
# Exit codes of `edgedsp` for a bad window and for a bad parameter; any other is a failure, a crash above all.
REFUSED = (65, 78)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("edgedsp")
    parser.add_argument("--draws", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--block", action="append", choices=list(DRAW))
    parser.add_argument("--blocks-checkout")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    np.seterr(all="ignore")
    failures = 0
    for block in options.block or list(DRAW):
        identical = values = refused = 0
        digest = hashlib.sha256()
        for number in range(options.draws):
            rng = np.random.default_rng([options.seed, number])
            version, frequency, axes, params, window = DRAW[block](rng)
            case = dict(implementation_version=version, sampling_freq=frequency, axes=axes, params=params)
            try:
                want = (want_from_checkout(options.blocks_checkout, block, case, window) if options.blocks_checkout else want_from_oracle(block, case, window))
            except REFUSALS[bool(options.blocks_checkout)] as error:
                want, reason = None, error
            with tempfile.TemporaryDirectory() as folder:
                np.save(f"{folder}/w.npy", window)
                run = subprocess.run(
                    [options.edgedsp, "block", "run", block, "--version", str(version), "--frequency", repr(frequency), "--axes", ",".join(axes), "--params", json.dumps(params), f"{folder}/w.npy", "-o", f"{folder}/x.npy"],
                    capture_output=True, text=True)
                got = np.load(f"{folder}/x.npy") if run.returncode == 0 else None
            if got is not None:
                digest.update(got.tobytes())
                got = got.astype(float)
            problem = None
            if got is None and run.returncode not in REFUSED:
                problem = f"exit {run.returncode}: {run.stderr.strip()}"
            elif want is None or got is None:
                refused += want is None and got is None
                if (want is None) != (got is None):
                    problem = f"want {'a refusal: %s' % reason if want is None else 'features'}, got {run.stderr.strip() if got is None else 'features'}"
            elif want.shape != got.shape:
                problem = f"{got.shape} features instead of {want.shape}"
            else:
                problem, same, compared = compare(block, version, params, want, got)
                identical += same
                values += compared
            if problem:
                failures += 1
                print(f"FAILED {block} draw {number} seed {options.seed}: {problem}\n  {json.dumps(case)} window of {len(window)} values")
        if 2 * refused > options.draws:
            failures += 1
            print(f"FAILED {block}: {refused} of {options.draws} draws refused: too few are compared")
        share = f"{identical} of {values} values bit-identical as float32" if values else "nothing compared"
        print(f"{block}: {options.draws} draws, {refused} refused by both, {share}, digest {digest.hexdigest()[:16]}", flush=True)
    print(f"{failures} failures")
    sys.exit(1 if failures else 0)


def compare(block, version, params, want, got):
    """What is wrong, if anything; how many values are bit-identical; how many were compared."""
    t = TOLERANCE[block]
    rounded = want.astype("f4").astype(float)
    same = (got == rounded) | (np.isnan(got) & np.isnan(want))
    error = np.where(same, 0, np.abs(got - (rounded if t < 1e-6 else want)) / (t * (1 + np.abs(want))))
    error = np.where(np.isnan(error), np.inf, error)
    bad = error > 1
    if block == "mfe":
        # One step of 1/256 where a value lies on the edge of two.
        step = np.minimum(np.abs(got - want), 1 - np.abs(got - want)) <= 1 / 256 + 1e-9
        bad = bad & ~step if (bad & step).sum() <= max(1, 0.002 * len(want)) else bad
    if block == "spectral_analysis" and version >= 3 and params["analysis_type"] == "Wavelet":
        # A value hops over the edge of a histogram bin, or changes sign, by the last bit.
        jumps = np.isin(np.arange(len(want)) % 14, [0, 1, 2]) & (np.abs(got - want) <= 0.06)
        bad = bad & ~jumps if (bad & jumps).sum() <= max(1, 0.02 * len(want)) else bad
    if not bad.any():
        return None, int(same.sum()), len(want)
    worst = int(np.argmax(np.where(bad, error, 0)))
    return f"{int(bad.sum())} values, worst at {worst}: got {got[worst]!r}, want {want[worst]!r}", int(same.sum()), len(want)


if __name__ == "__main__":
    main()
