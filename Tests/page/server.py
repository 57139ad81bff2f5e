"""Starts `edgedsp serve` on copies of the fixtures, for the time of a test."""

import json
import pathlib
import shutil
import subprocess
import tempfile
import urllib.request

FIXTURES = pathlib.Path(__file__).resolve().parents[2] / "Fixtures"


class Server:
    """A server on a free port; `dataset` and `impulse` are copies that go with it."""

    program = "edgedsp"

    def __init__(self, *options, impulse="impulses/motion.json", prepare=None):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="page-server-"))
        self.dataset = self.folder / "gestures"
        self.impulse = self.folder / "impulse.json"
        shutil.copytree(FIXTURES / "dataset", self.dataset)
        shutil.copy(FIXTURES / impulse, self.impulse)
        if prepare:
            prepare(self)
        self.process = subprocess.Popen(
            [self.program, "serve", str(self.dataset), "--impulse", str(self.impulse), "--port", "0", *options],
            stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        if not line.startswith("Serving at "):
            raise RuntimeError(f"the server did not start: {line}")
        self.address = line.split()[-1] + "/"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def stop(self):
        """Ends the server as an administrator would."""
        self.process.terminate()
        self.process.wait(30)
        self.process.stdout.close()

    def get(self, path):
        """Answer of a call of the project, as JSON."""
        with urllib.request.urlopen(f"{self.address}v1/api/1/{path}", timeout=30) as answer:
            return json.load(answer)

    def post(self, path, body):
        request = urllib.request.Request(
            f"{self.address}v1/api/1/{path}", json.dumps(body).encode(), {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def configuration(self, block):
        """What the impulse file says of a block."""
        configs = json.loads(self.impulse.read_text())["dspBlockConfigs"]
        return next(entry["config"] for entry in configs if entry["blockId"] == block)
