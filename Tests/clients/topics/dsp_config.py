"""The configuration of a block: reading, changing, keeping, refusing; and clearing its features."""
import json

import edgeimpulse_api as client

from reference import generate
from report import equal, refused, true


def run(t):
    api, report = t.api.dsp, t.report
    with report.method("DSPApi.get_dsp_config"):
        read(t)
    with report.method("DSPApi.set_dsp_config"):
        change(t)
        refuse(t)
    with report.method("DSPApi.clear_dsp_block"):
        t.generate(3)
        equal(api.get_dsp_config(1, 3).dsp.features.generated, True, "generated")
        equal(api.clear_dsp_block(1, 3).success, True, "success")
        equal(api.get_dsp_config(1, 3).dsp.features.generated, False, "generated after clearing")
        refused(lambda: api.clear_dsp_block(1, 77), "77")


def items(t, block):
    """The configuration's items by parameter."""
    return {item.param: item for group in t.api.dsp.get_dsp_config(1, block).config for item in group.items}


def value(item):
    return item.default_value if item.value is None else item.value


def read(t):
    answer = t.api.dsp.get_dsp_config(1, 2)
    equal((answer.dsp.id, answer.dsp.type), (2, "spectral-analysis"), "id and type")
    equal(answer.dsp.window_length, 2000, "window in ms")
    equal(answer.dsp.input_axes, ["accX", "accY", "accZ"], "axes")
    equal(sorted(answer.dsp.classes), ["idle", "snake", "updown", "wave"], "classes")
    equal(answer.dsp.expected_window_count, 2424, "windows")
    with open(t.studio.impulse) as file:
        configs = {entry["blockId"]: entry["config"] for entry in json.load(file)["dspBlockConfigs"]}
    for block, config in configs.items():
        found = items(t, block)
        for name, wanted in config.items():
            true(name in found, f"block {block} does not list {name}")
            equal(value(found[name]), wanted, f"{name} of block {block}")
    choices = [option.value for option in items(t, 2)["filter-type"].select_options]
    equal(choices, ["low", "high", "none"], "choices of filter-type")
    equal(items(t, 2)["wavelet"].should_show, False, "the wavelet shows while the analysis is FFT")
    refused(lambda: t.api.dsp.get_dsp_config(1, 77), "77")


def change(t):
    """A change is partial, comes back, is in the file, survives a restart, and changes features."""
    def set_config(block, **config):
        request = client.DSPConfigRequest(config={key.replace("_", "-"): text for key, text in config.items()})
        equal(t.api.dsp.set_dsp_config(1, block, request).success, True, "success")
    before = {name: value(item) for name, item in items(t, 2).items()}
    set_config(2, fft_length="32", filter_type="none")
    wanted = dict(before, **{"fft-length": "32", "filter-type": "none"})
    equal({name: value(item) for name, item in items(t, 2).items()}, wanted, "configuration after a change")
    with open(t.studio.impulse) as file:
        stored = next(entry["config"] for entry in json.load(file)["dspBlockConfigs"] if entry["blockId"] == 2)
    equal((stored["fft-length"], stored["filter-cutoff"]), ("32", "3"), "configuration in the file")
    features = t.generate(2)
    reference = generate(t.studio)[2]
    equal(t.download(2, "x"), reference.bytes["x"], "bytes of X after the change")
    equal(features.x.shape, reference.x.shape, "shape")
    equal(t.studio.stop(), 0, "exit code")
    t.studio.restart()
    equal({name: value(item) for name, item in items(t, 2).items()}, wanted, "configuration after a restart")
    equal(t.download(2, "x"), reference.bytes["x"], "bytes of X after a restart")
    set_config(2, analysis_type="Wavelet")
    equal(items(t, 2)["wavelet"].should_show, True, "the wavelet shows when the analysis is Wavelet")


def refuse(t):
    """A value that the block does not take is refused, tells the parameter, and nothing is changed."""
    def attempt(block, config, *texts):
        before = {name: value(item) for name, item in items(t, block).items()}
        request = client.DSPConfigRequest(config=config)
        refused(lambda: t.api.dsp.set_dsp_config(1, block, request), *texts, what=config)
        equal({name: value(item) for name, item in items(t, block).items()}, before, "configuration after a refusal")
    attempt(2, {"fft-length": "seventeen"}, "fft-length")
    attempt(2, {"fft-length": "17"}, "fft-length")
    attempt(2, {"filter-type": "band"}, "filter-type")
    attempt(2, {"filter-cutoff": "-3", "filter-type": "low"}, "filter-cutoff")
    attempt(2, {"do-log": "maybe"}, "do-log")
    attempt(2, {"scale-axes": "nan"}, "scale-axes")
    attempt(2, {"no-such-parameter": "1"}, "no-such-parameter")
    attempt(3, {"average": "true", "scale-axes": ""}, "scale-axes")
    refused(lambda: t.api.dsp.set_dsp_config(1, 77, client.DSPConfigRequest(config={"scale-axes": "1"})), "77")
    for body in (b"", b"{", b"[]", b'{"config": 3}', b'{"config": {"fft-length": NaN}}'):
        status, _, answer = t.studio.request(
            "POST", "/v1/api/1/dsp/2", body, {"Content-Type": "application/json"})
        equal((status, json.loads(answer)["success"]), (200, False), f"answer to {body!r}")
