#!/usr/bin/env python3
"""Write Fixtures/dataset: synthetic motion recordings in the data acquisition format.

Needs Python 3.9 or later, nothing else. Running it again gives the same bytes:

    python3 Fixtures/make_dataset.py

Four classes of motion, six training and two testing recordings each:

    idle    the board lies still in a random orientation
    snake   slow figure of eight in the plane of the table
    updown  lifting and lowering, 0.8 to 1.4 Hz along z
    wave    waving from side to side, 1.8 to 2.8 Hz along x

Every recording has three axes (accX, accY, accZ in m/s2), 625 rows at 62.5 Hz (interval 16 ms, 10 s), gravity,
sensor noise and slow drift. Even numbers are JSON, rounded to 4 decimals; odd numbers are CBOR in the forms that
devices send: `values` of definite or indefinite length, floats of 2, 4 or 8 bytes, interval_ms as a float or an
integer, maps definite or indefinite. File names carry label and number: wave.1.json, idle.3.cbor.

Headers say alg HS256 with 64 zeros, as recordings exported from Studio do, or alg none.
"""

import json
import math
import pathlib
import random
import shutil
import struct

FOLDER = pathlib.Path(__file__).resolve().parent / "dataset"
SEED = 20_240_531
ROWS = 625
INTERVAL_MS = 16
GRAVITY = 9.80665
LABELS = ["idle", "snake", "updown", "wave"]
CATEGORIES = {"training": 6, "testing": 2}


# --- motion -----------------------------------------------------------------------------------------------------


def motion(label, rng):
    """A function from time in seconds to the acceleration of the hand, without gravity, in m/s2."""
    phase = rng.uniform(0, 2 * math.pi)
    if label == "idle":
        return lambda t: (0.0, 0.0, 0.0)
    if label == "snake":
        f, a = rng.uniform(0.5, 0.9), rng.uniform(3.0, 5.0)
        return lambda t: (
            a * math.sin(2 * math.pi * f * t + phase),
            0.7 * a * math.sin(4 * math.pi * f * t + 2 * phase),
            0.1 * a * math.sin(2 * math.pi * 0.5 * f * t),
        )
    if label == "updown":
        f, a = rng.uniform(0.8, 1.4), rng.uniform(5.0, 8.0)
        return lambda t: (
            0.15 * a * math.sin(2 * math.pi * f * t + phase + 0.6),
            0.10 * a * math.sin(2 * math.pi * f * t + phase - 0.4),
            a * math.sin(2 * math.pi * f * t + phase) + 0.2 * a * math.sin(4 * math.pi * f * t),
        )
    f, a = rng.uniform(1.8, 2.8), rng.uniform(8.0, 14.0)
    return lambda t: (
        a * math.sin(2 * math.pi * f * t + phase) + 0.15 * a * math.sin(6 * math.pi * f * t + phase),
        0.25 * a * math.sin(2 * math.pi * f * t + phase + 0.9),
        0.20 * a * math.cos(4 * math.pi * f * t + 2 * phase),
    )


def recording(label, rng):
    """Rows of three values: motion, gravity in the board's frame, drift of mount and sensor, noise."""
    move = motion(label, rng)
    # At rest the board may lie anywhere; in the hand it is held flat within some degrees.
    tilt = 0.4 if label == "idle" else 0.12
    roll, pitch = rng.gauss(0, tilt), rng.gauss(0, tilt)
    roll_drift, pitch_drift = rng.gauss(0, 0.004), rng.gauss(0, 0.004)
    noise = 0.02 if label == "idle" else 0.18
    # The hand speeds up and tires: a slow swing of the amplitude around 1.
    swing, swing_phase = rng.uniform(0.05, 0.2), rng.uniform(0, 2 * math.pi)
    bias = [rng.gauss(0, 0.03) for _ in range(3)]

    rows = []
    for k in range(ROWS):
        t = k * INTERVAL_MS / 1000
        r, p = roll + roll_drift * t, pitch + pitch_drift * t
        gravity = (-math.sin(p), math.sin(r) * math.cos(p), math.cos(r) * math.cos(p))
        amplitude = 1 + swing * math.sin(2 * math.pi * 0.11 * t + swing_phase)
        rows.append(
            [
                round(amplitude * m + GRAVITY * g + b + rng.gauss(0, noise), 4)
                for m, g, b in zip(move(t), gravity, bias)
            ]
        )
    return rows


# --- CBOR (RFC 8949), the part that devices use -------------------------------------------------------------------


def cbor_head(major, n):
    """Major type and argument in the shortest form."""
    if n < 24:
        return bytes([major << 5 | n])
    for code, (limit, form) in enumerate([(1 << 8, ">B"), (1 << 16, ">H"), (1 << 32, ">I"), (1 << 64, ">Q")], 24):
        if n < limit:
            return bytes([major << 5 | code]) + struct.pack(form, n)
    raise ValueError(f"{n} does not fit CBOR")


def cbor_float(x, width):
    """A float of 2, 4 or 8 bytes, rounded to that width."""
    code, form = {2: (b"\xf9", ">e"), 4: (b"\xfa", ">f"), 8: (b"\xfb", ">d")}[width]
    return code + struct.pack(form, x)


def cbor(value, width, open_maps):
    """Encodes a value. `width`: bytes of a float. `open_maps`: maps of indefinite length."""
    if isinstance(value, str):
        text = value.encode("utf-8")
        return cbor_head(3, len(text)) + text
    if isinstance(value, int):
        return cbor_head(0, value) if value >= 0 else cbor_head(1, -1 - value)
    if isinstance(value, float):
        return cbor_float(value, width)
    if isinstance(value, Encoded):
        return value.bytes
    if isinstance(value, dict):
        pairs = b"".join(cbor(k, width, open_maps) + cbor(v, width, open_maps) for k, v in value.items())
        return b"\xbf" + pairs + b"\xff" if open_maps else cbor_head(5, len(value)) + pairs
    return cbor_head(4, len(value)) + b"".join(cbor(v, width, open_maps) for v in value)


class Encoded:
    """Bytes that are CBOR already."""

    def __init__(self, data):
        self.bytes = data


# number: width of the values, indefinite `values`, indefinite maps, interval as an integer
CBOR_FORMS = {
    1: (4, True, False, False),
    3: (2, True, True, False),
    5: (8, False, False, True),
    7: (4, False, True, False),
}


# --- files --------------------------------------------------------------------------------------------------------


def acquisition(label, number, values, interval):
    """The object that a device sends."""
    signed = number % 4 < 2
    return {
        "protected": {"ver": "v1", "alg": "HS256" if signed else "none", "iat": 1_717_152_000 + number},
        "signature": "0" * 64,
        "payload": {
            "device_name": f"00:00:5e:00:53:{LABELS.index(label):02x}",
            "device_type": "EDGEDSP_FIXTURE",
            "interval_ms": interval,
            "sensors": [{"name": name, "units": "m/s2"} for name in ("accX", "accY", "accZ")],
            "values": values,
        },
    }


def json_file(label, number, rows):
    return (json.dumps(acquisition(label, number, rows, INTERVAL_MS), separators=(",", ":")) + "\n").encode("ascii")


def cbor_file(label, number, rows):
    width, open_values, open_maps, whole_interval = CBOR_FORMS[number]
    body = b"".join(cbor(row, width, open_maps) for row in rows)
    values = Encoded(b"\x9f" + body + b"\xff" if open_values else cbor_head(4, len(rows)) + body)
    interval = INTERVAL_MS if whole_interval else float(INTERVAL_MS)
    # 16 is exact in every width.
    return cbor(acquisition(label, number, values, interval), width, open_maps)


def main():
    if FOLDER.exists():
        shutil.rmtree(FOLDER)
    number_before = 0
    for category, count in CATEGORIES.items():
        (FOLDER / category).mkdir(parents=True)
        for label in LABELS:
            for number in range(number_before, number_before + count):
                # A generator for each file: one more recording does not change the others.
                rng = random.Random(f"{SEED}/{label}/{number}")
                rows = recording(label, rng)
                kind, encode = ("json", json_file) if number % 2 == 0 else ("cbor", cbor_file)
                (FOLDER / category / f"{label}.{number}.{kind}").write_bytes(encode(label, number, rows))
        number_before += count


if __name__ == "__main__":
    main()
