"""What `edgedsp generate` writes for the dataset that the server serves, and what the fixture's files hold."""
import io
import json
import os
import subprocess
import tempfile

import numpy as np

FILES = {"x": "X.npy", "y": "y.npy", "raw": "X_raw.npy"}


class Features:
    """One block's feature set: bytes of the arrays, the arrays, and both side files."""

    def __init__(self, folder):
        self.bytes = {}
        for key, name in FILES.items():
            with open(os.path.join(folder, name), "rb") as file:
                self.bytes[key] = file.read()
        self.x, self.y, self.raw = (array(self.bytes[key]) for key in ("x", "y", "raw"))
        with open(os.path.join(folder, "metadata.json")) as file:
            self.metadata = json.load(file)
        with open(os.path.join(folder, "labels.json")) as file:
            self.labels = json.load(file)

    def rows(self, sample):
        """The rows that belong to a recording."""
        return np.flatnonzero(self.y[:, 1] == sample)


def array(data):
    """A .npy file's array."""
    return np.load(io.BytesIO(data), allow_pickle=False)


def generate(studio, category="training"):
    """Feature sets by block id."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [studio.edgedsp, "generate", studio.dataset, "--impulse", studio.impulse, "--category", category,
             "--output", folder, "--raw"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode:
            raise RuntimeError(f"edgedsp generate ended with {done.returncode}: {done.stdout[-1000:]}")
        return {int(name.split("-")[0]): Features(os.path.join(folder, name)) for name in sorted(os.listdir(folder))}


def recording(studio, name):
    """A recording of the dataset that is JSON: its rows as the file has them."""
    with open(os.path.join(studio.dataset, name)) as file:
        return json.load(file)["payload"]


def close(got, want, tolerance=0.0):
    """Whether two lists of numbers agree; exactly, as float32, unless a tolerance is given."""
    got, want = np.asarray(got, np.float32), np.asarray(want, np.float32)
    return got.shape == want.shape and bool(np.all(np.abs(got - want) <= tolerance * (1 + np.abs(want))))
