"""Reading recordings: lists with filters, values, slices, the stored file, sound, metadata."""
import hashlib
import io
import json
import os
import wave

import numpy as np

from reference import recording
from report import equal, refused, true

NAMES = [f"{label}.{number}" for label in ("idle", "snake", "updown", "wave") for number in range(8)]


def run(t):
    api, report = t.api.raw, t.report
    with report.method("RawDataApi.list_samples"):
        lists(t)
    with report.method("RawDataApi.count_samples"):
        equal(api.count_samples(1, "training").count, 24, "training")
        equal(api.count_samples(1, "testing").count, 8, "testing")
        equal(api.count_samples(1, "training", labels=json.dumps(["wave"])).count, 6, "wave")
        equal(api.count_samples(1, "training", labels="null").count, 24, "without filter")
        equal(api.count_samples(1, "training", filename="idle.1").count, 1, "by name")
    sample = t.sample("wave.4")
    payload = recording(t.studio, "training/wave.4.json")
    with report.method("RawDataApi.get_sample"):
        answer = api.get_sample(1, sample.id)
        equal(answer.payload.values, payload["values"], "values")
        equal([sensor.name for sensor in answer.payload.sensors], ["accX", "accY", "accZ"], "sensors")
        equal(answer.total_payload_length, 625, "rows")
        equal((answer.sample.label, answer.sample.category, answer.sample.values_count), ("wave", "training", 625))
        with open(os.path.join(t.studio.dataset, "training/wave.4.json"), "rb") as file:
            equal(answer.sample.sha256_hash, hashlib.sha256(file.read()).hexdigest(), "hash")
        limited = api.get_sample(1, sample.id, limit_payload_values=10)
        true(0 < len(limited.payload.values) <= 10, "more values than asked for")
        equal(limited.total_payload_length, 625, "rows before the limit")
        refused(lambda: api.get_sample(1, 99999), "No sample found with ID 99999")
    with report.method("RawDataApi.get_sample_slice"):
        answer = api.get_sample_slice(1, sample.id, 100, slice_end=150)
        equal(answer.payload.values, payload["values"][100:150], "values")
        equal(api.get_sample_slice(1, sample.id, 0, slice_end=1).payload.values, payload["values"][:1], "first row")
        refused(lambda: api.get_sample_slice(1, sample.id, 600, slice_end=626))
        refused(lambda: api.get_sample_slice(1, sample.id, 20, slice_end=10))
        refused(lambda: api.get_sample_slice(1, 99999, 0), "No sample found with ID")
    with report.method("RawDataApi.get_sample_as_raw"):
        with open(os.path.join(t.studio.dataset, "training/wave.4.json"), "rb") as file:
            equal(api.get_sample_as_raw(1, sample.id, _preload_content=False).data, file.read(), "file")
    with report.method("RawDataApi.get_sample_as_audio"):
        sound(t, sample, np.array(payload["values"]))
    with report.method("RawDataApi.get_sample_metadata"):
        # The client can only take answers without any metadata: with one it misses a name of its own.
        equal(api.get_sample_metadata(1, "training").success, True, "success")
    pictures(t, sample)


def lists(t):
    api = t.api.raw
    everything = api.list_samples(1, "training")
    equal(len(everything.samples), everything.total_count, "length of the list")
    equal(everything.total_count, 24, "recordings for training")
    ids = [sample.id for sample in everything.samples]
    equal(ids, sorted(ids, reverse=True), "order: newest first")
    equal(len(api.list_samples(1, "testing").samples), 8, "recordings for testing")
    names = sorted(sample.filename for c in ("training", "testing") for sample in api.list_samples(1, c).samples)
    equal(names, NAMES, "names")
    pages = [api.list_samples(1, "training", limit=7, offset=offset).samples for offset in range(0, 35, 7)]
    equal([sample.id for page in pages for sample in page], ids, "ids of pages")
    equal(pages[4], [], "page past the end")
    by_label = api.list_samples(1, "training", labels=json.dumps(["wave", "idle"]))
    equal({sample.label for sample in by_label.samples}, {"wave", "idle"}, "labels")
    equal(by_label.total_count, 12, "of two labels")
    equal([s.filename for s in api.list_samples(1, "training", filename="snake.2").samples], ["snake.2"], "by name")
    equal(api.list_samples(1, "training", filename="no-such").samples, [], "by a name that is not there")
    equal(api.list_samples(1, "training", min_length=10001).total_count, 0, "longer than all")
    equal(api.list_samples(1, "training", min_frequency=62, max_frequency=63).total_count, 24, "by rate")
    equal(len(api.list_samples(1, "training", exclude_sensors=True).samples), 24, "without sensors")
    if "min_id" in api.list_samples.raw_function.__code__.co_varnames:
        equal(len(api.list_samples(1, "all").samples), 32, "all categories")
        # The first is included, the last is not.
        equal([s.id for s in api.list_samples(1, "training", min_id=ids[3], max_id=ids[2]).samples], [ids[3]], "by id")
    refused(lambda: api.list_samples(1, "training", labels="[wave"), "labels")


def sound(t, sample, values):
    """One axis as a wave file: 16 bits, at the recording's rate."""
    api = t.api.raw
    data = api.get_sample_as_audio(1, sample.id, 1, _preload_content=False).data
    with wave.open(io.BytesIO(data)) as file:
        equal((file.getnchannels(), file.getsampwidth(), file.getnframes()), (1, 2, 625), "channels, bytes, frames")
        frames = np.frombuffer(file.readframes(625), "<i2")
    true(np.corrcoef(frames, values[:, 1])[0, 1] > 0.99, "the sound does not follow axis 1")
    part = api.get_sample_as_audio(1, sample.id, 1, slice_start=100, slice_end=200, _preload_content=False).data
    with wave.open(io.BytesIO(part)) as file:
        equal(file.getnframes(), 100, "frames of a slice")
    refused(lambda: api.get_sample_as_audio(1, sample.id, 3))
    refused(lambda: api.get_sample_as_audio(1, 99999, 0), "No sample found with ID")


def pictures(t, sample):
    """The dataset has neither: uploads.py looks at a picture."""
    with t.report.method("RawDataApi.get_sample_as_image"):
        refused(lambda: t.api.raw.get_sample_as_image(1, sample.id))
    with t.report.method("RawDataApi.get_sample_as_video"):
        refused(lambda: t.api.raw.get_sample_as_video(1, sample.id))
