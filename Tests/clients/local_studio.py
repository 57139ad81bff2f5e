"""`edgedsp serve` on a temporary copy of a dataset, for scripts that talk to it.

The server gets port 0 and prints the port that it took. It has to answer a first request within seconds before anything
else is asked of it: clients that find no server retry in silence for minutes.
"""
import http.client
import json
import os
import queue
import shutil
import signal
import subprocess
import tempfile
import threading
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
DATASET = os.path.join(ROOT, "Fixtures", "dataset")
IMPULSE = os.path.join(ROOT, "Fixtures", "impulses", "motion.json")
KEY = "ei_local_key"


class ServerFailure(Exception):
    """The server did not start, did not answer, or did not end as it should."""


class LocalStudio:
    """A context: inside it the server runs; at its end it gets SIGTERM and has to end with 0 in time."""

    def __init__(self, edgedsp, arguments=(), dataset=DATASET, impulse=IMPULSE, key=KEY):
        self.edgedsp = os.path.abspath(edgedsp)
        self.arguments, self.source, self.impulse_source, self.key = list(arguments), dataset, impulse, key
        self.folder = self.process = self.port = None

    def __enter__(self):
        self.folder = tempfile.mkdtemp(prefix="edgedsp-studio-")
        self.dataset = os.path.join(self.folder, "dataset")
        self.impulse = os.path.join(self.folder, "impulse.json")
        shutil.copytree(self.source, self.dataset)
        shutil.copyfile(self.impulse_source, self.impulse)
        try:
            self._start()
            self._check()
        except BaseException:
            self.kill()
            shutil.rmtree(self.folder, ignore_errors=True)
            raise
        return self

    def _start(self):
        command = [self.edgedsp, "serve", self.dataset, "--impulse", self.impulse, "--port", str(self.port or 0)]
        environment = dict(os.environ)
        if self.key:
            environment["EDGEDSP_API_KEY"] = self.key
        with open(os.path.join(self.folder, "stderr.txt"), "ab") as log:
            self.process = subprocess.Popen(
                command + self.arguments, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log,
                env=environment)
        lines = queue.Queue()
        threading.Thread(target=self._read, args=(self.process.stdout, lines), daemon=True).start()
        try:
            line = lines.get(timeout=60)
        except queue.Empty:
            line = ""
        if not line.startswith("Serving at http://"):
            raise ServerFailure(f"the server did not start: {line!r} {self.errors()}")
        self.port = int(line.rstrip().rsplit(":", 1)[1])
        self.address = f"http://127.0.0.1:{self.port}"

    @staticmethod
    def _read(stream, lines):
        """Passes the first line on and keeps the pipe empty."""
        with stream:
            lines.put(stream.readline().decode(errors="replace"))
            while stream.read(65536):
                pass

    def _check(self):
        status, _, body = self.request("GET", "/v1/api/projects", timeout=30)
        if status != 200 or not json.loads(body).get("success"):
            raise ServerFailure(f"the first request was answered with {status}: {body[:200]!r}")

    def __exit__(self, kind, error, trace):
        code = self.stop()
        errors = self.errors()
        shutil.rmtree(self.folder, ignore_errors=True)
        if kind is None and code != 0:
            raise ServerFailure(f"the server ended with {code}: {errors}")

    def stop(self, seconds=30):
        """Ends the server with SIGTERM; its exit code, or "killed" where it had to be."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()
            return "killed"

    def kill(self):
        """Ends the server without asking."""
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def restart(self):
        """Starts the server again on the same folder and port, after `stop` or `kill`."""
        self._start()
        self._check()

    def errors(self):
        """The end of what the server wrote to standard error."""
        with open(os.path.join(self.folder, "stderr.txt"), "rb") as log:
            return log.read()[-2000:].decode(errors="replace")

    def is_up(self):
        """Whether the process still runs."""
        return self.process.poll() is None

    def resident_bytes(self):
        """Memory of the process, as the kernel counts it."""
        with open(f"/proc/{self.process.pid}/statm") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")

    def request(self, method, path, body=None, headers=None, timeout=30):
        """One plain request on a connection of its own: status, headers, body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request(method, path, body, dict({"x-api-key": self.key} if self.key else {}, **(headers or {})))
            response = connection.getresponse()
            return response.status, dict(response.getheaders()), response.read()
        finally:
            connection.close()

    def files(self):
        """Paths of everything in the temporary folder, relative to it."""
        return {
            os.path.relpath(os.path.join(folder, name), self.folder)
            for folder, _, names in os.walk(self.folder) for name in names}


def wait_until(condition, seconds=60, pause=0.05):
    """Calls until the answer is true, which it returns; ServerFailure when the time is over."""
    end = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise ServerFailure(f"still not so after {seconds} s")
        time.sleep(pause)
