#!/usr/bin/env python3
"""Sends spoiled requests to `edgedsp serve`: mutate.py EDGEDSP [--count N] [--seed S] [--only INDEX] [--hostile LEVEL].

Request INDEX of a seed is always the same. Requests go out in rounds of 1000, each with a server of its own and eight
connections at a time; every second round has no API key. A request fails if it is answered with what the server does
not document, in another form than it documents, or not at all. A round fails if the server is gone, does not answer
sound requests any more, has written outside its folder, keeps connections or memory, cannot be started again on what
is left, or does not end well. Then come clients that are slow, silent, or send too much.

Needs Python's standard library only. Ends with 1 if anything failed.
"""
import argparse
import collections
import concurrent.futures
import json
import os
import random
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from local_studio import KEY, LocalStudio, ServerFailure, wait_until  # noqa: E402
from mutation import hostile, requests, wire  # noqa: E402
from mutation.mutators import mutate  # noqa: E402

ROUND = 1000
MEMORY = 1 << 30
SOUND = [*requests.reading(), *requests.changing(), *requests.uploads()]
LAST = list(requests.destructive())


def make(seed, index):
    """The request of that number, and the chance that its sending needs."""
    rng = random.Random(f"{seed}:{index}")
    base = rng.choice(LAST) if index % ROUND >= ROUND - 30 else rng.choice(SOUND)
    return mutate(base, rng), rng


def one(studio, seed, index):
    """Sends a request; its outcome, and what was wrong with it."""
    request, rng = make(seed, index)
    try:
        return wire.check(request, wire.send(request, studio.port, studio.key, rng)), None
    except wire.BadAnswer as error:
        return "bad", error
    except (ConnectionRefusedError, TimeoutError) as error:
        return "bad", f"{type(error).__name__}: {error}"


def canaries(outer):
    """Files beside the server's folder that nobody may touch."""
    paths = [os.path.join(outer, place, name) for place in ("", "a", "a/b") for name in ("info.labels", "impulse.json")]
    for path in paths:
        with open(path, "w") as file:
            file.write(path)
    return paths


def files_outside(outer, studio):
    """What lies outside the places that belong to the server."""
    found = set()
    for folder, _, names in os.walk(outer):
        found |= {os.path.relpath(os.path.join(folder, name), outer) for name in names}
    inside = os.path.relpath(studio.folder, outer) + "/"
    own = (inside + "dataset/", inside + "impulse.json", inside + "stderr.txt")
    return {name for name in found if not name.startswith(own)}


def round_of(options, indices, with_key):
    """One server and its requests; outcomes and failures."""
    outcomes, failures = collections.Counter(), []
    with tempfile.TemporaryDirectory(prefix="edgedsp-mutations-") as outer:
        tempfile.tempdir = os.path.join(outer, "a", "b")
        os.makedirs(tempfile.tempdir)
        untouched = canaries(outer)
        try:
            with LocalStudio(options.edgedsp, key=KEY if with_key else None) as studio:
                before = files_outside(outer, studio)
                connections = len(os.listdir(f"/proc/{studio.process.pid}/fd"))
                with concurrent.futures.ThreadPoolExecutor(8) as pool:
                    for index, (outcome, error) in zip(indices, pool.map(
                            lambda index: one(studio, options.seed, index), indices)):
                        outcomes[outcome] += 1
                        if error:
                            failures.append(f"request {index}: {error}")
                check_server(studio, connections, failures)
                check_files(outer, studio, before, untouched, failures)
                outcomes["MiB"] = studio.resident_bytes() >> 20
                check_restart(studio, failures)
        except ServerFailure as error:
            failures.append(f"round from {indices[0]}: {error}")
        finally:
            tempfile.tempdir = None
    return outcomes, failures


def check_server(studio, connections, failures):
    """The state of the server after its requests."""
    if not studio.is_up():
        raise ServerFailure(f"the server is gone: {studio.errors()}")
    status, _, body = studio.request("GET", "/v1/api/projects")
    if status != 200:
        failures.append(f"a sound request afterwards: {status} {body[:200]!r}")
    if studio.resident_bytes() > MEMORY:
        failures.append(f"{studio.resident_bytes() >> 20} MiB of memory")
    try:
        wait_until(lambda: len(os.listdir(f"/proc/{studio.process.pid}/fd")) <= connections + 4, 30)
    except ServerFailure:
        count = len(os.listdir(f"/proc/{studio.process.pid}/fd"))
        failures.append(f"{count} files and connections are open, {connections} were at the start")


def check_files(outer, studio, before, untouched, failures):
    """Nothing was written, changed or removed outside the server's folder."""
    if files_outside(outer, studio) != before:
        failures.append(f"files outside the folder: {sorted(files_outside(outer, studio) ^ before)}")
    for place in ("/", "/tmp", os.path.dirname(outer), os.getcwd()):
        if os.path.lexists(os.path.join(place, requests.SPLICE)):
            failures.append(f"a file outside the folder: {place}")
    for path in untouched:
        with open(path) as file:
            if file.read() != path:
                failures.append(f"{path} was changed")


def recordings(studio):
    """What the server lists."""
    _, _, body = studio.request("GET", "/v1/api/1/raw-data?category=all&limit=100000")
    return {sample["id"]: (sample["sha256Hash"], sample["label"]) for sample in json.loads(body)["samples"]}


def check_restart(studio, failures):
    """The server ends well, and finds the same recordings when it starts again."""
    before = None
    while before != (before := recordings(studio)):
        time.sleep(0.5)  # Requests whose clients have gone may still be under way.
    code = studio.stop()
    if code != 0:
        failures.append(f"the server ended with {code}: {studio.errors()}")
    studio.restart()
    after = recordings(studio)
    for number in sorted(before | after):
        if before.get(number) != after.get(number):
            failures.append(f"recording {number} was {before.get(number)}, is {after.get(number)} after a restart")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("edgedsp", help="the program to check")
    parser.add_argument("--count", type=int, default=10000, help="requests (10000)")
    parser.add_argument("--seed", type=int, default=1, help="where chance starts (1)")
    parser.add_argument("--only", type=int, help="send this one request and print it")
    parser.add_argument(
        "--hostile", choices=["none", "short", "all"], default="all", help="slow and greedy clients (all)")
    options = parser.parse_args()
    if options.only is not None:
        request, rng = make(options.seed, options.only)
        with LocalStudio(options.edgedsp, key=KEY if options.only // ROUND % 2 == 0 else None) as studio:
            print(vars(request))
            print(wire.send(request, studio.port, studio.key, rng))
        return 0
    start, outcomes, failures = time.monotonic(), collections.Counter(), []
    for first in range(0, options.count, ROUND):
        indices = range(first, min(first + ROUND, options.count))
        found, bad = round_of(options, indices, first // ROUND % 2 == 0)
        memory = max(outcomes["MiB"], found.pop("MiB", 0))
        outcomes.update(found)
        outcomes["MiB"] = memory
        failures += bad
    memory = outcomes.pop("MiB")
    summary = ", ".join(f"{name}: {count}" for name, count in sorted(outcomes.items()))
    print(f"{options.count} requests in {time.monotonic() - start:.0f} s, at most {memory} MiB after a round")
    print(f"answers {summary}")
    if options.hostile != "none":
        failures += hostile.run(options.edgedsp, options.hostile == "all")
    for failure in failures[:40]:
        print(f"failed: {failure}")
    print(f"{len(failures)} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
