"""Changing recordings; every change holds after a restart, and `edgedsp generate` sees it."""
import json
import os

import edgeimpulse_api as client

from reference import generate
from report import equal, refused, true


def run(t):
    api, report = t.api.raw, t.report
    ids = {name: t.sample(name).id for name in ("wave.0", "wave.1", "idle.0", "snake.0", "updown.0", "updown.1")}
    with report.method("RawDataApi.rename_sample"):
        api.rename_sample(1, ids["wave.0"], client.RenameSampleRequest(name="übung & 1"))
        equal(api.get_sample(1, ids["wave.0"]).sample.filename, "übung & 1", "name")
        refused(lambda: api.rename_sample(1, ids["wave.0"], client.RenameSampleRequest(name="")))
        refused(lambda: api.rename_sample(1, 99999, client.RenameSampleRequest(name="x")), "No sample found with ID")
    with report.method("RawDataApi.edit_label"):
        api.edit_label(1, ids["idle.0"], client.EditSampleLabelRequest(label="resting"))
        equal(api.get_sample(1, ids["idle.0"]).sample.label, "resting", "label")
        equal(api.count_samples(1, "training", labels=json.dumps(["resting"])).count, 1, "recordings of the label")
    with report.method("RawDataApi.move_sample"):
        api.move_sample(1, ids["snake.0"], client.MoveRawDataRequest(newCategory="testing"))
        equal(api.get_sample(1, ids["snake.0"]).sample.category, "testing", "category")
        equal(api.count_samples(1, "testing").count, 9, "recordings for testing")
    with report.method("RawDataApi.set_sample_metadata"):
        metadata = {"site": "Köln", "rig": "7"}
        api.set_sample_metadata(1, ids["updown.0"], client.SetSampleMetadataRequest(metadata=metadata))
        equal(api.get_sample(1, ids["updown.0"]).sample.metadata, metadata, "metadata")
        if "metadata" in api.list_samples.raw_function.__code__.co_varnames:
            def count(*filters):
                return api.list_samples(1, "training", metadata=json.dumps(filters)).total_count
            everything = api.count_samples(1, "training").count
            koln, bonn = ({"key": "site", "op": "eq", "values": [site]} for site in ("Köln", "Bonn"))
            equal((count(koln), count(bonn), count(koln, bonn)), (1, 0, 0), "recordings by site")
            equal(count(koln, bonn, {"filters_combinator": "or"}), 1, "recordings of one site or another")
            equal(count({"key": "site", "op": "eq"}), 1, "recordings of any site")
            equal(count({"key": "site", "op": "neq"}), everything - 1, "recordings without a site")
            equal(count(koln, {"no_metadata": True}), everything, "recordings of a site or without metadata")
            refused(lambda: count({"key": "site", "op": "like"}), "metadata")
        status, _, body = t.studio.request("GET", "/v1/api/1/raw-data/metadata?category=training")
        found = {entry["id"]: entry["metadata"] for entry in json.loads(body)["metadata"]}
        equal(found[ids["updown.0"]], metadata, "metadata in the list")
    with report.method("RawDataApi.set_sample_structured_labels"):
        structured(t, ids["updown.1"])
    with report.method("RawDataApi.disable_sample"):
        api.disable_sample(1, ids["wave.1"])
        equal(api.get_sample(1, ids["wave.1"]).sample.is_disabled, True, "isDisabled")
        equal(api.count_samples(1, "training", include_disabled="enabled").count, 22, "enabled recordings")
    with report.method("values after a restart"):
        before = snapshot(t)
        equal(t.studio.stop(), 0, "exit code")
        t.studio.restart()
        equal(snapshot(t), before, "recordings after a restart")
        reference = generate(t.studio)[3]
        true(ids["snake.0"] not in reference.y[:, 1], "generate still has the recording that was moved")
        true("resting" in reference.metadata["labels"], "generate does not have the new label")
        got = t.generate(3)
        equal(got.y.tolist(), reference.y.tolist(), "y after the changes")
        true((got.x == reference.x).all(), "X after the changes")
    with report.method("RawDataApi.enable_sample"):
        api.enable_sample(1, ids["wave.1"])
        equal(api.get_sample(1, ids["wave.1"]).sample.is_disabled, False, "isDisabled")
    deletions(t, ids)


def structured(t, sample):
    api = t.api.raw
    spans = [dict(startIndex=0, endIndex=299, label="up"), dict(startIndex=300, endIndex=624, label="down")]

    def request(spans):
        return client.SetSampleStructuredLabelsRequest.parse_obj({"structuredLabels": spans})
    api.set_sample_structured_labels(1, sample, request(spans))
    got = api.get_sample(1, sample).sample.structured_labels
    equal([(span.start_index, span.end_index, span.label) for span in got], [(0, 299, "up"), (300, 624, "down")])
    refused(lambda: api.set_sample_structured_labels(1, sample, request(spans[:1])))
    refused(lambda: api.set_sample_structured_labels(1, sample, request([dict(spans[0], endIndex=625)])))


def snapshot(t):
    """Everything that edits can change, of all recordings."""
    return sorted(
        (s.id, s.filename, s.label, s.category, sorted((s.metadata or {}).items()), s.is_disabled,
         str(s.structured_labels_list))
        for category in ("training", "testing") for s in t.api.raw.list_samples(1, category).samples)


def deletions(t, ids):
    api = t.api.raw
    with t.report.method("RawDataApi.delete_sample"):
        path = os.path.join(t.studio.dataset, "training", "wave.0.json")
        true(os.path.exists(path), "the recording's file is not where it was")
        api.delete_sample(1, ids["wave.0"])
        refused(lambda: api.get_sample(1, ids["wave.0"]), "No sample found with ID")
        refused(lambda: api.delete_sample(1, ids["wave.0"]), "No sample found with ID")
        true(not os.path.exists(path), "the recording's file is still there")
    with t.report.method("RawDataApi.delete_all_samples_by_category"):
        api.delete_all_samples_by_category(1, "testing")
        equal(api.count_samples(1, "testing").count, 0, "recordings for testing")
        equal(api.count_samples(1, "training").count, 22, "recordings for training")
    with t.report.method("RawDataApi.delete_all_samples"):
        api.delete_all_samples(1)
        equal(api.count_samples(1, "training").count, 0, "recordings")
        t.studio.stop()
        t.studio.restart()
        equal(api.list_samples(1, "training").samples, [], "recordings after a restart")
