"""What the server does not do, it says: success false with HTTP 200 and a text that tells what was wrong."""
import json

import edgeimpulse_api

from report import equal, refused, true


def run(t):
    with t.report.method("refusals"):
        unknown(t)
        wrong_values(t)
        statuses(t)


def unknown(t):
    """Projects, blocks and recordings that do not exist."""
    dsp, raw = t.api.dsp, t.api.raw
    for call in (
            lambda: raw.get_sample(1, 4711), lambda: raw.delete_sample(1, 4711), lambda: raw.enable_sample(1, 4711),
            lambda: raw.get_sample_as_raw(1, 4711), lambda: dsp.get_dsp_raw_sample(1, 2, 4711),
            lambda: dsp.get_dsp_sample_slice(1, 2, 4711, 0), lambda: dsp.dsp_get_features_for_sample(1, 2, 4711)):
        words = refused(call)
        true(words.startswith("No sample found with ID 4711"), f"an unknown recording is called: {words}")
    for call in (
            lambda: dsp.get_dsp_config(1, 4711), lambda: dsp.get_dsp_metadata(1, 4711),
            lambda: dsp.get_dsp_feature_labels(1, 4711), lambda: dsp.get_dsp_feature_importance(1, 4711),
            lambda: dsp.get_autotuner_results(1, 4711)):
        refused(call, "4711")
    for call in (lambda: dsp.get_dsp_config(4711, 2), lambda: raw.list_samples(4711, "training")):
        refused(call, "4711")
    missing = edgeimpulse_api.exceptions.NotFoundException
    refused(lambda: t.api.client.call_api(
        "/api/1/no-such-call", "GET", {}, [], {}, response_types_map={}, auth_settings=["ApiKeyAuthentication"]),
        kind=missing)


def wrong_values(t):
    """Values that a call does not take, as no client of ours would send them."""
    base = "/v1/api/1"
    sample = t.sample("wave.4").id
    for path, text in (
            ("/raw-data?category=nothing", "nothing"), ("/raw-data?category=training&limit=many", "limit"),
            ("/raw-data/first", "first"), (f"/raw-data/{sample}/slice", "sliceStart"),
            (f"/raw-data/{sample}/slice?sliceStart=x", "sliceStart"), (f"/raw-data/{sample}/wav?axisIx=9", "9"),
            ("/dsp/two", "two"), ("/dsp/2/metadata?excludeIncludedSamples=perhaps", "excludeIncludedSamples"),
            ("/dsp/2/features/get-graph/training?featureAx1=0&featureAx2=1", "featureAx3"),
            ("/dsp-data/2/x/nothing", "nothing"), ("/dsp/2/raw-data/99999999999999999999", "99999999999999999999")):
        answer = refusal(t, "GET", base + path)
        true(text in answer, f"{path}: the refusal does not say {text!r}: {answer}")
    depth = '{"config":' + '{"a":' * 5000 + "1" + "}" * 5001
    for path, body in (
            ("/dsp/2", '{"config": {"fft-length": 16}, '), ("/dsp/2", "null"),
            ("/dsp/2/run", '{"features": ["1"], "params": {}, "drawGraphs": false, "requestPerformance": false}'),
            ("/dsp/2/run", '{"features": [1e999], "params": {}, "drawGraphs": false, "requestPerformance": false}'),
            ("/dsp/2/run", '{"features": [NaN], "params": {}, "drawGraphs": false, "requestPerformance": false}'),
            (f"/raw-data/{sample}/move", '{"newCategory": "../../etc"}'), (f"/raw-data/{sample}/rename", "{}"),
            ("/jobs/generate-features", '{"dspId": "two"}')):
        refusal(t, "POST", base + path, body)
    status, _, answer = t.studio.request("POST", base + "/dsp/2", depth, {"Content-Type": "application/json"})
    equal((status, json.loads(answer)["success"]), (413, False), "a body that is nested too deeply")
    equal(refused_count(t), 0, "recordings that disappeared")


def refusal(t, method, path, body=None):
    """The error text of an answer that has to be a refusal."""
    status, headers, data = t.studio.request(method, path, body, {"Content-Type": "application/json"} if body else None)
    answer = json.loads(data)
    equal((status, answer["success"]), (200, False), f"{method} {path}")
    true(isinstance(answer["error"], str) and answer["error"], f"{method} {path}: no error text")
    return answer["error"]


def refused_count(t):
    return 24 - t.api.raw.count_samples(1, "training").count


def statuses(t):
    """What is no call at all has a status of its own, and the same form of body."""
    for method, path, status in (
            ("GET", "/v1/api/1/nothing", 404), ("GET", "/v1/nothing", 404), ("GET", "/v2/api/projects", 404),
            ("GET", "/v1/api/1/../../../etc/passwd", 404), ("POST", "/api/elsewhere/data/x", 404)):
        got, _, data = t.studio.request(method, path)
        equal(got, status, f"status of {method} {path}")
        equal(json.loads(data)["success"], False, f"success of {method} {path}")
    got, _, data = t.studio.request("POST", "/v1/api/1/dsp/2", b" " * (33 << 20), {"Content-Type": "application/json"})
    equal((got, json.loads(data)["success"]), (413, False), "a body over the limit")
