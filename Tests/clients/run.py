#!/usr/bin/env python3
"""Runs Studio's official Python clients against `edgedsp serve`: run.py EDGEDSP [--version V] [--topic T ...].

The clients are installed into .build/client-environments, in the two versions that scripts have: 1.96.3 with the
edgeimpulse package, and 1.49.12, which fits Studio's DSP API reference. Each version calls every method of both
documented lists and what else scripts need. Answers are parsed by the client's own models, strictly, and values are
compared with what `edgedsp generate` writes for the same dataset.

Prints a table of methods by version. Ends with 1 if a method failed, and with 2 if the clients cannot be installed.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import environments  # noqa: E402
import methods  # noqa: E402
from report import ABSENT, FAILED, MISSING, OK  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
REFUSES = "refuses"


def suite(edgedsp, version, topics):
    """Results and failures of one version; a suite that breaks off is a failure too."""
    python = environments.python(version)
    with tempfile.TemporaryDirectory() as folder:
        file = os.path.join(folder, "results.json")
        environment = {key: value for key, value in os.environ.items() if not key.startswith("EI_")}
        environment["PYTHONDONTWRITEBYTECODE"] = "1"
        done = subprocess.run(
            [python, os.path.join(HERE, "suite.py"), os.path.abspath(edgedsp), file, *topics], env=environment)
        if not os.path.exists(file):
            return {}, [("suite", f"broke off with {done.returncode}", "suite.py")]
        with open(file) as stream:
            found = json.load(stream)
    failures = []
    for name, text, where in found["failures"]:
        # The client raises a bare Exception for an answer with success false, and nothing else does.
        if name in methods.MAY_REFUSE and text.startswith("Exception: "):
            found["results"][name] = REFUSES
        else:
            failures.append((name, text, where))
    return found["results"], failures


def table(results):
    """Prints the methods by version, and returns how many of them did not work."""
    versions, bad = list(results), 0
    print(f"\n{'method':50}" + "".join(f"{version:>12}" for version in versions))
    for title, names in (
            ("DSP API", methods.DSP), ("edgeimpulse.data", methods.DATA), ("further calls", methods.FURTHER),
            ("behaviour", methods.BEHAVIOUR)):
        print(title)
        for name in names:
            row = []
            for version in versions:
                state = results[version].get(name, MISSING)
                if name.startswith("data.") and version != environments.VERSIONS[0]:
                    state = ABSENT
                bad += state not in (OK, ABSENT, REFUSES)
                row.append("-" if state == ABSENT else state)
            print(f"  {name:48}" + "".join(f"{state:>12}" for state in row))
    return bad


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("edgedsp", help="the program to check")
    parser.add_argument("--version", action="append", choices=environments.VERSIONS, help="only this client")
    parser.add_argument("--topic", action="append", default=[], help="only this file of topics")
    options = parser.parse_args()
    results, failures = {}, []
    for version in options.version or environments.VERSIONS:
        try:
            results[version], failed = suite(options.edgedsp, version, options.topic)
        except environments.CannotInstall as error:
            print(error, file=sys.stderr)
            return 2
        failures += [(version, *failure) for failure in failed]
    bad = 0 if options.topic else table(results)
    for version, name, text, where in failures:
        print(f"\n{FAILED}: {name} ({version}) at {where}\n  {text}")
    count = sum(state in (OK, REFUSES) for found in results.values() for state in found.values())
    print(f"\n{count} entries ok, {len(failures)} failures, {bad} entries of the table not ok")
    return 1 if bad or failures else 0


if __name__ == "__main__":
    sys.exit(main())
