#!/usr/bin/env python3
"""Runs all topics with the client that this Python has: suite.py EDGEDSP RESULTS [TOPIC ...].

Writes results and failures as JSON. Each topic gets a server and a copy of the dataset of its own.
"""
import importlib
import json
import os
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import reference  # noqa: E402
import strict  # noqa: E402
from local_studio import LocalStudio, ServerFailure, wait_until  # noqa: E402
from report import Report  # noqa: E402

TOPICS = [
    "projects", "impulse", "samples", "edits", "dsp_config", "dsp_features", "dsp_data", "dsp_run", "dsp_analysis",
    "jobs", "refusals", "read_only"]
DATA_TOPICS = ["uploads", "folders", "tables", "downloads"]


class Topic:
    """What a topic works with: the server, the client's classes, the report."""

    def __init__(self, studio, report):
        self.studio, self.report, self.api = studio, report, strict.Clients(studio)

    def sample(self, name, category="training"):
        """The recording of that name."""
        found = [s for s in self.api.raw.list_samples(1, category, filename=name).samples if s.filename == name]
        if len(found) != 1:
            raise LookupError(f"{len(found)} recordings are called {name}")
        return found[0]

    def finished(self, job, seconds=120):
        """The job when it has ended well."""
        def state():
            job_state = self.api.jobs.get_job_status(1, job).job
            return job_state if job_state.finished else None
        state = wait_until(state, seconds)
        if not state.finished_successful:
            lines = self.api.jobs.get_jobs_logs(1, job).stdout
            raise RuntimeError("the job failed: " + " / ".join(line.data for line in lines)[-400:])
        return state

    def generate(self, block):
        """Makes a block's features on the server; its arrays."""
        from edgeimpulse_api import GenerateFeaturesRequest
        job = self.api.jobs.generate_features_job(1, GenerateFeaturesRequest(dspId=block))
        self.finished(job.id)

        class Arrays:
            x = reference.array(self.download(block, "x"))
            y = reference.array(self.download(block, "y"))
        return Arrays

    def download(self, block, kind, category="training"):
        """The bytes of an array; kind is x, y or raw."""
        options = dict(_preload_content=False)
        if kind == "y":
            return self.api.dsp.download_dsp_labels(1, block, category, **options).data
        return self.api.dsp.download_dsp_data(1, block, category, raw=kind == "raw", **options).data


def main():
    edgedsp, results, *chosen = sys.argv[1:]
    strict.install()
    report = Report()
    topics = TOPICS + DATA_TOPICS if importlib.util.find_spec("edgeimpulse") else TOPICS
    for name in chosen or topics:
        if name not in topics:
            continue
        start = time.monotonic()
        with report.method(f"topic {name}"):
            with LocalStudio(edgedsp) as studio:
                importlib.import_module(f"topics.{name}").run(Topic(studio, report))
                if not studio.is_up():
                    raise ServerFailure(f"the server is gone: {studio.errors()}")
        print(f"  {strict.VERSION} {name}: {time.monotonic() - start:.1f} s", flush=True)
    with open(results, "w") as file:
        json.dump({"results": report.results, "failures": report.failures}, file)


if __name__ == "__main__":
    main()
