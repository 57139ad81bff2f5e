"""What is derived from features: importance, suggestions of parameters, device estimates, profiles."""
import edgeimpulse_api as client

import strict
from report import equal, refused, true


def run(t):
    api, report = t.api.dsp, t.report
    with report.method("DSPApi.get_dsp_feature_importance"):
        importance(t)
    with report.method("DSPApi.get_performance_all_variants"):
        for block in (2, 3, 4):
            devices = api.get_performance_all_variants(1, block).performance
            true(devices, f"no devices for block {block}")
            for device in devices:
                true(device.mcu and device.latency >= 0 and device.ram > 0, f"estimate for {device}")
        refused(lambda: api.get_performance_all_variants(1, 77), "77")
    with report.method("JobsApi.autotune_dsp_job", "DSPApi.get_autotuner_results"):
        autotune(t)
    with report.method("DSPApi.start_profile_custom_dsp_block", "JobsApi.get_profile_tflite_job_result"):
        request = client.DspRunRequestWithoutFeaturesReadOnly(params={"scale-axes": "1"})
        job = api.start_profile_custom_dsp_block(1, 3, request)
        t.finished(job.id)
        result = t.api.jobs.get_profile_tflite_job_result(1, job.id)
        true(result.device, "no device")
        refused(lambda: api.start_profile_custom_dsp_block(1, 77, request), "77")
    with report.method("JobsApi.get_profile_tflite_job_result"):
        refused(lambda: t.api.jobs.get_profile_tflite_job_result(1, 99999), "99999")


def importance(t):
    """Made on request, for each label and for all, the same every time."""
    api = t.api.dsp
    before = api.get_dsp_feature_importance(1, 2)
    equal((before.has_feature_importance, before.labels), (False, {}), "importance before there are features")

    def calculate():
        request = client.GenerateFeaturesRequest(dspId=2, calculateFeatureImportance=True)
        t.finished(t.api.jobs.generate_features_job(1, request).id)
        # The older client cannot build its own model of an answer that has labels.
        response = api.get_dsp_feature_importance(1, 2, _preload_content=False)
        answer = strict.parse("DspFeatureImportanceResponse", strict.strict_json(response.data))
        equal(answer.has_feature_importance, True, "hasFeatureImportance")
        return {label: [(feature.axis, feature.importance) for feature in entry.features]
                for label, entry in answer.labels.items()}
    first = calculate()
    names = set(api.get_dsp_feature_labels(1, 2).labels)
    true({"idle", "snake", "updown", "wave"} <= set(first), f"labels with importance: {sorted(first)}")
    for label, features in first.items():
        true(features, f"no features for {label}")
        true({axis for axis, _ in features} <= names, f"features of {label} that the block does not have")
        true(all(0 <= value <= 1 for _, value in features), f"importance for {label} outside 0 to 1")
    api.clear_dsp_block(1, 2)
    equal(api.get_dsp_feature_importance(1, 2).has_feature_importance, False, "importance after clearing")
    equal(calculate(), first, "importance of a second run")


def autotune(t):
    """Suggests parameters that the block takes."""
    api = t.api.dsp
    equal(api.get_autotuner_results(1, 2).results, [], "results before a run")
    job = t.api.jobs.autotune_dsp_job(1, client.AutotuneDspRequest(dspId=2))
    t.finished(job.id)
    results = {entry.key: entry.value for entry in api.get_autotuner_results(1, 2).results}
    known = {item.param for group in api.get_dsp_config(1, 2).config for item in group.items}
    true(results, "no results")
    true(set(results) <= known, f"results that are no parameters: {sorted(set(results) - known)}")
    equal(api.set_dsp_config(1, 2, client.DSPConfigRequest(config=results)).success, True, "the block takes them")
    true(api.get_dsp_config(1, 2).dsp.has_autotuner_results, "hasAutotunerResults")
    refused(lambda: t.api.jobs.autotune_dsp_job(1, client.AutotuneDspRequest(dspId=77)), "77")
