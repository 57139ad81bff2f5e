#!/usr/bin/env python3
"""Times W1 to W6 against the peers that this machine has, and prints a table.

  usage: compare.py [--rounds N] [--windows N] [--workloads W1,W3]

Every peer answers from a process of its own; rounds take turns over all of them, and medians of CPU time count, on one
thread. Peers get the same windows, as float32 .npy. Peers that are not there are left out:

  Studio's blocks   EDGEDSP_BLOCKS=FOLDER  a checkout of github.com/edgeimpulse/processing-blocks
                    EDGEDSP_BLOCKS_PYTHON=PROGRAM  a Python with the versions of its requirements.txt
  librosa, kaldi-native-fbank, torchaudio   of the Python that runs this script

The other libraries compute something like the block, not the same: they are yardsticks of speed only. The tool itself
is EDGEDSP_WORKLOADS, or is built.
"""
import argparse
import datetime
import importlib.util
import os
import platform
import statistics
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
WORKLOADS = ["W1", "W1b", "W2", "W3", "W3b", "W4", "W5", "W6"]
ONE_THREAD = {
    name: "1" for name in (
        "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")}


class Worker:
    """A process that answers a line with microseconds a window."""

    def __init__(self, command, environment=None):
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env={**os.environ, **ONE_THREAD, **(environment or {})})

    def ask(self, line):
        try:
            self.process.stdin.write(line + "\n")
            self.process.stdin.flush()
            return float(self.process.stdout.readline())
        except (ValueError, BrokenPipeError):
            return float("nan")

    def close(self):
        try:
            self.process.stdin.close()
        except BrokenPipeError:
            pass  # A peer that could not start has said why on standard error.
        self.process.wait()


def build():
    """The path of the tool."""
    if os.environ.get("EDGEDSP_WORKLOADS"):
        return os.environ["EDGEDSP_WORKLOADS"]
    flags = ["-c", "release"] + (["-Xcc", "-march=native"] if platform.machine() == "x86_64" else [])
    environment = {**os.environ, "EDGEDSP_PLAIN_BENCHMARKS": "1"}
    command = ["swift", "build", "--package-path", HERE] + flags
    subprocess.run(command + ["--product", "workloads"], check=True, env=environment, stdout=sys.stderr)
    folder = subprocess.run(
        command + ["--show-bin-path"], check=True, env=environment, stdout=subprocess.PIPE, text=True)
    return os.path.join(folder.stdout.strip(), "workloads")


def processor():
    try:
        with open("/proc/cpuinfo") as file:
            return next(line.split(":", 1)[1].strip() for line in file if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--windows", type=int, default=100, help="windows that slow peers get")
    parser.add_argument("--workloads", default=",".join(WORKLOADS))
    arguments = parser.parse_args()
    workloads = [name for name in WORKLOADS if name in arguments.workloads.split(",")]
    tool = build()
    peers = os.path.join(HERE, "peers.py")
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([tool, "write", folder, str(arguments.windows)], check=True)
        # A row of the table, and how to start the process for a workload; None where the peer has nothing like it.
        rows = [
            ("EdgeDSP", lambda _: ([tool, "serve"], {})),
            ("FFTW alone (measured plans)", lambda _: ([tool, "serve", "fftw"], {})),
            ("FFTW alone, frames shared", lambda _: ([tool, "serve", "fftw-shared"], {})),
        ]
        blocks = os.environ.get("EDGEDSP_BLOCKS")
        if blocks:
            python = os.environ.get("EDGEDSP_BLOCKS_PYTHON", sys.executable)
            rows.append(("Studio's Python blocks", lambda w: (
                [python, peers, "studio", folder, w], {"EDGEDSP_BLOCKS": os.path.abspath(blocks)})))
        for module, name in [
                ("librosa", "librosa"), ("kaldi_native_fbank", "kaldi-native-fbank"), ("torchaudio", "torchaudio")]:
            if importlib.util.find_spec(module):
                rows.append((name, lambda w, module=module: (
                    [sys.executable, peers, module, folder, w], {}) if w in ("W2", "W3", "W3b", "W4") else None))
        workers, times = {}, {}
        for _ in range(arguments.rounds):
            for workload in workloads:
                for name, start in rows:
                    command = start(workload)
                    if command is None:
                        continue
                    key = tuple(command[0])
                    if key not in workers:
                        workers[key] = Worker(*command)
                    times.setdefault((name, workload), []).append(workers[key].ask(workload))
        identical = {
            w: workers[key].ask("check") for key in list(workers) for w in workloads
            if len(key) == 5 and key[2] == "studio" and key[4] == w}
        for worker in workers.values():
            worker.close()

    median = {key: statistics.median(values) for key, values in times.items()}

    def cell(name, workload):
        value = median.get((name, workload), float("nan"))
        return "–" if value != value else f"{value:,.0f}" if value >= 100 else f"{value:.3g}"

    print(f"\n{datetime.date.today()}, {processor()}, one thread, microseconds of CPU time a window, "
          f"medians of {arguments.rounds} rounds that take turns\n")
    print("| | " + " | ".join(workloads) + " |\n|---|" + "---|" * len(workloads))
    for name, _ in rows:
        print(f"| {name} | " + " | ".join(cell(name, w) for w in workloads) + " |")
    for name in [row[0] for row in rows[1:]]:
        ratios = [median.get((name, w), float("nan")) / median[("EdgeDSP", w)] for w in workloads]
        cells = ["–" if r != r else f"{r:,.0f}" if r >= 10 else f"{r:.2f}" for r in ratios]
        print(f"| {name} : EdgeDSP | " + " | ".join(cells) + " |")
    if identical:
        cells = [f"{100 * identical[w]:.3f} %" if w in identical else "–" for w in workloads]
        print("| features bit-identical with Studio's | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
