#!/usr/bin/env python3
"""Puts load on `edgedsp serve`: serve_load.py EDGEDSP [--seconds N] [--clients N] [--idle N] [--generation]
[--without KIND].

Each client asks one thing after the other, without pause: small calls (projects, lists, raw slices, the features of a
slice), the features of a recording, uploads of recordings that nobody has sent before, downloads of X and y. Prints
for each kind how many there were, errors, and times as the client sees them; then the server's memory over time. With
--idle so many connections stand open beside, without a word. With --generation a generation of many recordings runs
beside. The load itself takes about one core.

Ends with 1 if there was an error. Needs Python's standard library only.
"""
import argparse
import asyncio
import json
import os
import random
import resource
import shutil
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "Tests", "clients"))
from local_studio import DATASET, LocalStudio  # noqa: E402

SMALL = ("projects", "list", "slice", "run on slice")
WEIGHTS = {"projects": 10, "list": 15, "slice": 30, "run on slice": 15, "features": 15, "upload": 8, "download": 7}


class Connection:
    """One connection that is kept; requests go over it one after the other."""

    def __init__(self, studio):
        self.studio, self.streams = studio, None

    async def ask(self, method, path, body=b"", fields=""):
        """Sends, and returns status and body. A connection that the server has closed is opened again once."""
        for attempt in (0, 1):
            try:
                if self.streams is None:
                    self.streams = await asyncio.open_connection("127.0.0.1", self.studio.port, limit=1 << 20)
                return await asyncio.wait_for(self._ask(method, path, body, fields), 60)
            except (ConnectionError, asyncio.IncompleteReadError):
                self.close()
                if attempt:
                    raise

    async def _ask(self, method, path, body, fields):
        reader, writer = self.streams
        length = f"Content-Length: {len(body)}\r\n" if body else ""
        head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.studio.port}\r\nx-api-key: {self.studio.key}\r\n"
        writer.write(f"{head}{length}{fields}\r\n".encode() + body)
        await writer.drain()
        top = await reader.readuntil(b"\r\n\r\n")
        lowered = top.lower()
        status = int(top[9:12])
        if b"transfer-encoding: chunked" in lowered:
            data = b""
            while size := int((await reader.readuntil(b"\r\n")).split(b";")[0], 16):
                data += (await reader.readexactly(size + 2))[:-2]
            await reader.readexactly(2)
        else:
            data = await reader.readexactly(int(lowered.split(b"content-length:")[1].split(b"\r\n")[0]))
        if b"connection: close" in lowered:
            self.close()
        return status, data

    def close(self):
        if self.streams:
            self.streams[1].close()
        self.streams = None


def upload_of(number):
    """A recording that no other has: a body and its header field."""
    rng = random.Random(number)
    rows = [[rng.gauss(0, 5) for _ in range(3)] for _ in range(250)]
    recording = json.dumps({
        "protected": {"ver": "v1", "alg": "none"}, "signature": "0",
        "payload": {"device_type": "LOAD", "interval_ms": 16, "values": rows, "sensors": [
            {"name": name, "units": "m/s2"} for name in ("accX", "accY", "accZ")]}})
    body = (f'--load\r\nContent-Disposition: form-data; name="data"; filename="load.{number}.json"\r\n'
            f"Content-Type: application/json\r\n\r\n{recording}\r\n--load--\r\n").encode()
    return body, "Content-Type: multipart/form-data; boundary=load\r\nx-label: load\r\nx-disallow-duplicates: 1\r\n"


class Load:
    """Clients, what they saw, and the server's memory."""

    def __init__(self, studio, options):
        self.studio, self.options = studio, options
        self.times, self.errors, self.memory, self.uploads = {kind: [] for kind in WEIGHTS}, [], [], 0

    async def request(self, connection, kind, rng):
        api, sample = "/v1/api/1", rng.randint(1, 24)
        start = rng.randint(0, 499)
        if kind == "projects":
            return await connection.ask("GET", "/v1/api/projects")
        if kind == "list":
            return await connection.ask("GET", f"{api}/raw-data?category=training&limit=12&offset={rng.randint(0, 12)}")
        if kind == "slice":
            return await connection.ask(
                "GET", f"{api}/raw-data/{sample}/slice?sliceStart={start}&sliceEnd={start + 125}")
        if kind == "run on slice":
            return await connection.ask("GET", f"{api}/dsp/2/raw-data/{sample}/slice/run/readonly?sliceStart={start}")
        if kind == "features":
            return await connection.ask(
                "GET", f"{api}/dsp/{rng.choice([2, 3])}/features/get-graph/classification/{sample}")
        if kind == "download":
            return await connection.ask("GET", f"{api}/dsp-data/2/{rng.choice('xy')}/training")
        self.uploads += 1
        body, fields = upload_of(f"{self.options.seed}-{self.uploads}")
        return await connection.ask("POST", "/api/training/files", body, fields)

    async def client(self, number, end):
        rng, connection = random.Random(f"{self.options.seed}:{number}"), Connection(self.studio)
        kinds = [kind for kind in WEIGHTS if kind not in self.options.without]
        weights = [WEIGHTS[kind] for kind in kinds]
        while time.monotonic() < end:
            kind = rng.choices(kinds, weights)[0]
            start = time.monotonic()
            try:
                status, data = await self.request(connection, kind, rng)
                self.times[kind].append(time.monotonic() - start)
                refused = data[:1] == b"{" and not json.loads(data)["success"]
                if status != 200 or refused:
                    self.errors.append(f"{kind}: {status} {data[:200]!r}")
            except Exception as error:  # Whatever goes wrong is what the load is for.
                self.errors.append(f"{kind}: {type(error).__name__}: {error}")
                connection.close()
        connection.close()

    async def watch(self, end):
        while time.monotonic() < end:
            self.memory.append(self.studio.resident_bytes() >> 20)
            await asyncio.sleep(2)

    async def generation(self, end):
        """One generation after the other."""
        connection = Connection(self.studio)
        while time.monotonic() < end:
            _, data = await connection.ask(
                "POST", "/v1/api/1/jobs/generate-features", b'{"dspId": 2}', "Content-Type: application/json\r\n")
            job = json.loads(data)["id"]
            while time.monotonic() < end:
                _, data = await connection.ask("GET", f"/v1/api/1/jobs/{job}/status")
                if json.loads(data)["job"].get("finished"):
                    break
                await asyncio.sleep(0.2)
        connection.close()

    async def run(self):
        idle = [await asyncio.open_connection("127.0.0.1", self.studio.port) for _ in range(self.options.idle)]
        end = time.monotonic() + self.options.seconds
        tasks = [self.client(number, end) for number in range(self.options.clients)] + [self.watch(end)]
        if self.options.generation:
            tasks.append(self.generation(end))
        await asyncio.gather(*tasks)
        for _, writer in idle:
            writer.close()

    def report(self):
        print(f"{'kind':14}{'requests':>10}{'p50 ms':>10}{'p99 ms':>10}{'most ms':>10}")
        small = sorted(t for kind in SMALL for t in self.times[kind])
        for kind, times in [*self.times.items(), ("small calls", small)]:
            times = sorted(times)
            if times:
                shown = [times[len(times) // 2], times[min(len(times) - 1, int(len(times) * 0.99))], times[-1]]
                print(f"{kind:14}{len(times):10}" + "".join(f"{1000 * value:10.1f}" for value in shown))
        total = sum(map(len, self.times.values()))
        print(f"{total} requests, {total / self.options.seconds:.0f} a second, {len(self.errors)} errors")
        print("memory in MiB, every 2 s: " + " ".join(map(str, self.memory)))
        for error in self.errors[:10]:
            print(f"error: {error}")


def many(folder, copies):
    """The fixture's dataset with each recording so many times, each a little different."""
    shutil.copytree(DATASET, folder)
    for name in sorted(os.listdir(os.path.join(folder, "training"))):
        if name.endswith(".json"):
            with open(os.path.join(folder, "training", name)) as file:
                recording = json.load(file)
            for copy in range(copies):
                recording["payload"]["values"][0][0] += 0.125
                stem = name.removesuffix(".json")
                with open(os.path.join(folder, "training", f"{stem}.copy{copy}.json"), "w") as file:
                    json.dump(recording, file)


def prepare(studio):
    """Features that downloads can give."""
    for block in (2, 3):
        _, _, body = studio.request(
            "POST", "/v1/api/1/jobs/generate-features", json.dumps({"dspId": block}),
            {"Content-Type": "application/json"})
        job = json.loads(body)["id"]
        while not json.loads(studio.request("GET", f"/v1/api/1/jobs/{job}/status")[2])["job"].get("finished"):
            time.sleep(0.1)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("edgedsp", help="the program to load; a release build")
    parser.add_argument("--seconds", type=int, default=60, help="how long (60)")
    parser.add_argument("--clients", type=int, default=64, help="clients at a time (64)")
    parser.add_argument("--idle", type=int, default=0, help="connections that stand idle beside (0)")
    parser.add_argument("--generation", action="store_true", help="run a generation of some 1000 recordings beside")
    parser.add_argument("--without", action="append", default=[], choices=list(WEIGHTS), help="leave out such requests")
    parser.add_argument("--copies", type=int, default=100, help="copies of each recording for --generation (100)")
    parser.add_argument("--seed", type=int, default=1, help="where chance starts (1)")
    options = parser.parse_args()
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    with tempfile.TemporaryDirectory() as folder:
        dataset = DATASET
        if options.generation:
            dataset = os.path.join(folder, "many")
            many(dataset, options.copies)
        with LocalStudio(options.edgedsp, dataset=dataset) as studio:
            prepare(studio)
            load = Load(studio, options)
            asyncio.run(load.run())
            load.report()
            return 1 if load.errors else 0


if __name__ == "__main__":
    sys.exit(main())
