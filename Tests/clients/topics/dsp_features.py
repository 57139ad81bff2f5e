"""Features of one recording, three axes of all, names, metadata, and what goes into a block."""
import numpy as np

from reference import close, generate, recording
from report import equal, refused, true


def run(t):
    api, report = t.api.dsp, t.report
    features = generate(t.studio)
    sample = t.sample("wave.4")
    with report.method("DSPApi.get_dsp_raw_sample"):
        raw_sample(t, sample)
    with report.method("DSPApi.get_dsp_sample_slice"):
        values = recording(t.studio, "training/wave.4.json")["values"]
        answer = api.get_dsp_sample_slice(1, 2, sample.id, 100, slice_end=225)
        equal(answer.payload.values, values[100:225], "values")
        equal(len(api.get_dsp_sample_slice(1, 2, sample.id, 0).payload.values), 125, "rows of a slice without end")
        refused(lambda: api.get_dsp_sample_slice(1, 2, sample.id, 600, slice_end=725))
        refused(lambda: api.get_dsp_sample_slice(1, 2, 99999, 0), "No sample found with ID")
    with report.method("DSPApi.get_dsp_metadata"):
        api.get_dsp_metadata(1, 2)
        equal(t.api.latest_json()["generated"], False, "generated")
    for block in (2, 3, 4):
        t.generate(block)
    with report.method("DSPApi.dsp_get_features_for_sample"):
        for block in (2, 3, 4):
            for name in ("wave.4", "idle.0", "snake.5"):
                one_recording(t, block, features[block], t.sample(name))
        one_recording(t, 3, generate(t.studio, "testing")[3], t.sample("idle.7", "testing"), category="testing")
        refused(lambda: api.dsp_get_features_for_sample(1, 2, 99999), "No sample found with ID")
        refused(lambda: api.dsp_get_features_for_sample(1, 77, sample.id), "77")
    with report.method("DSPApi.dsp_sample_trained_features"):
        three_axes(t, features[2])
    with report.method("DSPApi.get_dsp_feature_labels"):
        for block in (2, 3, 4):
            labels = api.get_dsp_feature_labels(1, block).labels
            equal(len(labels), features[block].x.shape[1], f"number of names of block {block}")
            equal(len(set(labels)), len(labels), "different names")
            written = features[block].labels["featureLabels"]
            for index, label in enumerate(labels if written else []):
                # The files name the features of one axis.
                true(label.endswith(written[index % len(written)]), f"name {index} of block {block} is {label}")
    with report.method("DSPApi.get_dsp_metadata"):
        for block in (2, 3, 4):
            metadata(t, block, features[block])


def raw_sample(t, sample):
    """The block's axes only; block 0 is the recording itself, which the client asks for by a placeholder."""
    api = t.api.dsp
    payload = recording(t.studio, "training/wave.4.json")
    answer = api.get_dsp_raw_sample(1, 2, sample.id)
    equal(answer.payload.values, payload["values"], "values")
    equal(answer.total_payload_length, 625, "rows")
    equal([sensor.name for sensor in answer.payload.sensors], ["accX", "accY", "accZ"], "axes")
    equal(api.get_dsp_raw_sample(1, 0, sample.id).payload.values, payload["values"], "values for block 0")
    limited = api.get_dsp_raw_sample(1, 2, sample.id, limit_payload_values=30)
    true(0 < len(limited.payload.values) <= 30, "more values than asked for")
    equal(limited.total_payload_length, 625, "rows before the limit")
    refused(lambda: api.get_dsp_raw_sample(1, 2, 99999), "No sample found with ID")
    refused(lambda: api.get_dsp_raw_sample(1, 77, sample.id), "77")


def one_recording(t, block, reference, sample, category="training"):
    answer = t.api.dsp.dsp_get_features_for_sample(1, block, sample.id)
    rows = reference.rows(sample.id)
    equal(len(answer.data), len(rows), "windows of the recording")
    got = [window.x for window in answer.data]
    true(close(got, reference.x[rows]), f"features of recording {sample.id}, block {block}")
    for window, row in zip(answer.data, reference.y[rows].tolist()):
        equal([window.y, window.sample.id, window.sample.start_ms, window.sample.end_ms], row, "row of y")
        equal(window.y_label, sample.label, "label")
        equal(window.sample.name, sample.filename, "name")
    if category == "training":
        equal(answer.total_sample_count, len(reference.x), "windows of the dataset")


def three_axes(t, reference):
    api = t.api.dsp
    columns = [0, 5, 17]
    answer = api.dsp_sample_trained_features(1, 2, *columns, "training")
    equal(answer.total_sample_count, len(reference.x), "windows of the dataset")
    true(0 < len(answer.data) <= len(reference.x), "number of points")
    rows = {tuple(row[1:]): index for index, row in enumerate(reference.y.tolist())}
    for point in answer.data:
        equal(sorted(point.x), sorted(str(column) for column in columns), "axes of a point")
        row = rows[int(point.sample.id), int(point.sample.start_ms), int(point.sample.end_ms)]
        true(close([point.x[str(column)] for column in columns], reference.x[row, columns]), f"features of row {row}")
        equal(point.y, int(reference.y[row, 0]), "class")
        equal(point.y_label, reference.labels["labels"][point.y - 1], "label")
    equal({point.y_label for point in answer.data}, {"idle", "snake", "updown", "wave"}, "labels of the points")
    refused(lambda: api.dsp_sample_trained_features(1, 2, 0, 1, 18, "training"), "18")
    refused(lambda: api.dsp_sample_trained_features(1, 2, 0, 1, -1, "training"))


def metadata(t, block, reference):
    answer = t.api.dsp.get_dsp_metadata(1, block)
    written = reference.metadata
    equal(t.api.latest_json()["generated"], True, "generated")
    equal((answer.window_count, answer.feature_count), reference.x.shape, "windows and features")
    equal((answer.window_size_ms, answer.window_increase_ms, answer.frequency), (2000, 80, 62.5), "window")
    included = [(entry.id, entry.window_count) for entry in answer.included_samples]
    equal(included, [(entry["id"], entry["windowCount"]) for entry in written["includedSamples"]], "recordings")
    order = [int(sample) for sample in dict.fromkeys(reference.y[:, 1].tolist())]
    equal([sample for sample, _ in included], order, "order of the recordings")
    equal(answer.dsp_config, written["dspConfig"], "configuration")
    equal(answer.labels, written["labels"], "labels")
    equal(answer.output_config.shape.width, int(np.prod(reference.x.shape[1:])), "width")
    without = t.api.dsp.get_dsp_metadata(1, block, exclude_included_samples=True)
    equal(without.included_samples, [], "recordings when they are excluded")
