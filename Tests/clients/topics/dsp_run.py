"""Running a block: on an array, on a slice with and without storing, on a slice with what is stored."""
import json

import edgeimpulse_api as client
import numpy as np

from reference import close, generate, recording
from report import equal, refused, true

PARAMETERS = {
    "scale-axes": "1", "input-decimation-ratio": "1", "filter-type": "low", "filter-cutoff": "3", "filter-order": "6",
    "analysis-type": "FFT", "fft-length": "16", "do-log": "true", "do-fft-overlap": "true", "extra-low-freq": "false"}


def run(t):
    report = t.report
    features = generate(t.studio)
    values = recording(t.studio, "training/wave.4.json")["values"]
    sample = t.sample("wave.4")
    with report.method("DSPApi.run_dsp_on_features_array"):
        on_array(t, features, values, sample)
    with report.method("DSPApi.run_dsp_sample_slice_read_only"):
        read_only(t, features, values, sample)
    with report.method("DSPApi.run_dsp_sample_slice"):
        on_slice(t, features, values, sample)


def check_answer(answer, wanted, labels):
    """What every run gives: features, their names, something to draw."""
    true(close(answer.features, wanted), "features of the window")
    if answer.labels is not None:
        equal(len(answer.labels) % len(labels), 0, "number of names of the features")
    for graph in answer.graphs:
        true(graph.type in ("linear", "logarithmic", "image"), f"type of a graph: {graph.type}")
        true(graph.image or (graph.x and graph.y is not None), f"the graph {graph.name} is empty")


def on_array(t, features, values, sample):
    api = t.api.dsp
    window = np.array(values[:125]).flatten().tolist()
    row = features[2].rows(sample.id)[0]

    def run(block=2, window=window, graphs=True, **changes):
        # The client's own model takes whole numbers only; scripts with fractions build it unchecked.
        request = client.DspRunRequestWithFeatures.construct(
            features=window, params=dict(PARAMETERS, **changes) if block == 2 else {"scale-axes": "1"},
            draw_graphs=graphs, request_performance=True)
        return api.run_dsp_on_features_array(1, block, request)
    answer = run()
    check_answer(answer, features[2].x[row], features[2].labels["featureLabels"])
    true(answer.graphs, "no graphs")
    true(answer.performance.latency >= 0, "no performance")
    equal(run(graphs=False).graphs, [], "graphs that were not asked for")
    true(close(run(block=4).features, features[4].x[features[4].rows(sample.id)[0]]), "features of block 4")
    whole = [int(value) for value in np.rint(window)]
    request = client.DspRunRequestWithFeatures(
        features=whole, params={"scale-axes": "1"}, drawGraphs=False, requestPerformance=False)
    equal(api.run_dsp_on_features_array(1, 4, request).features, [float(value) for value in whole], "whole numbers")
    changed = run(**{"fft-length": "32"})
    true(len(changed.features) != len(answer.features), "the parameters were not used")
    config = json.loads(t.studio.request("GET", "/v1/api/1/dsp/2")[2])
    stored = {item["param"]: item.get("value") for group in config["config"] for item in group["items"]}
    equal(stored["fft-length"], "16", "a run on an array changed the configuration")
    refused(lambda: run(**{"fft-length": "seventeen"}), "fft-length")
    refused(lambda: run(window=window[:-1]), "3")
    refused(lambda: run(window=[]))
    refused(lambda: run(block=77), "77")


def read_only(t, features, values, sample):
    api = t.api.dsp
    for block in (2, 3, 4):
        rows = features[block].rows(sample.id)
        answer = api.run_dsp_sample_slice_read_only(1, block, sample.id, 0)
        check_answer(answer, features[block].x[rows[0]], features[block].labels["featureLabels"])
        later = api.run_dsp_sample_slice_read_only(1, block, sample.id, 50, slice_end=175)
        check_answer(later, features[block].x[rows[10]], features[block].labels["featureLabels"])
        equal(later.sample.payload.values, values[50:175], "rows of the slice")
        equal(later.label_at_end_of_window, "wave", "label")
    refused(lambda: api.run_dsp_sample_slice_read_only(1, 2, 99999, 0), "No sample found with ID")
    refused(lambda: api.run_dsp_sample_slice_read_only(1, 2, sample.id, 600, slice_end=725))
    refused(lambda: api.run_dsp_sample_slice_read_only(1, 77, sample.id, 0), "77")


def on_slice(t, features, values, sample):
    api = t.api.dsp

    def run(store, **changes):
        request = client.DspRunRequestWithoutFeatures(params=dict(PARAMETERS, **changes), store=store)
        return api.run_dsp_sample_slice(1, 2, sample.id, 0, request, slice_end=125)

    def length():
        groups = api.get_dsp_config(1, 2).config
        return next(item.value for group in groups for item in group.items if item.param == "fft-length")
    row = features[2].rows(sample.id)[0]
    check_answer(run(False), features[2].x[row], features[2].labels["featureLabels"])
    run(False, **{"fft-length": "64"})
    equal(length(), "16", "fft-length after a run that does not store")
    refused(lambda: run(True, **{"fft-length": "3"}), "fft-length")
    equal(length(), "16", "fft-length after a refusal")
    stored = run(True, **{"fft-length": "64"})
    equal(length(), "64", "fft-length after a run that stores")
    changed = generate(t.studio)[2]
    true(close(stored.features, changed.x[changed.rows(sample.id)[0]]), "features with the new parameters")
    equal(stored.sample.payload.values, values[:125], "rows of the slice")
    reading = api.run_dsp_sample_slice_read_only(1, 2, sample.id, 0)
    true(close(reading.features, stored.features), "features of the read-only run afterwards")
