"""The impulse: reading it in every version's form, and changing it."""
import json

from report import equal, refused, true


def run(t):
    api, report = t.api.impulse, t.report
    with open(t.studio.impulse) as file:
        stored = json.load(file)["impulse"]

    with report.method("ImpulseApi.get_impulse"):
        compare(api.get_impulse(1).impulse, stored)
    with report.method("ImpulseApi.get_impulse_all"):
        compare(api.get_impulse_all(1).impulse, stored)
    if report.has(api, "get_all_impulses"):
        with report.method("ImpulseApi.get_all_impulses"):
            impulses = api.get_all_impulses(1).impulses
            equal(len(impulses), 1, "impulses")
            compare(impulses[0], stored)

    with report.method("ImpulseApi.get_impulse_blocks"):
        kinds = {block.type for block in api.get_impulse_blocks(1).dsp_blocks}
        wanted = {"spectral-analysis", "flatten", "raw", "mfcc", "mfe", "spectrogram", "image"}
        true(wanted <= kinds, f"processing blocks {sorted(wanted - kinds)} are not offered")

    if report.has(api, "get_new_block_id"):
        with report.method("ImpulseApi.get_new_block_id"):
            used = {block["id"] for kind in ("inputBlocks", "dspBlocks", "learnBlocks") for block in stored[kind]}
            true(api.get_new_block_id(1).block_id not in used, "the new id is in use")

    with report.method("ImpulseApi.verify_dsp_block_url"):
        from edgeimpulse_api import VerifyDspBlockUrlRequest
        request = VerifyDspBlockUrlRequest(url="http://127.0.0.1:9/")
        refused(lambda: api.verify_dsp_block_url(1, request))

    create(t, stored)
    if report.has(api, "update_impulse"):
        with report.method("ImpulseApi.update_impulse"):
            from edgeimpulse_api import UpdateImpulseRequest
            api.update_impulse(1, UpdateImpulseRequest(name="Renamed"))
            equal(api.get_impulse(1).impulse.name, "Renamed", "name")
            with open(t.studio.impulse) as file:
                equal(json.load(file)["impulse"]["name"], "Renamed", "name in the file")

    with report.method("ImpulseApi.delete_impulse"):
        api.delete_impulse(1)
        true(not api.get_impulse(1).impulse, "the impulse is still there")


def compare(got, stored):
    """An impulse as the client has it, with that of the file."""
    equal([block.id for block in got.dsp_blocks], [block["id"] for block in stored["dspBlocks"]], "block ids")
    equal([block.type for block in got.dsp_blocks], [block["type"] for block in stored["dspBlocks"]], "block types")
    equal(got.dsp_blocks[0].axes, ["accX", "accY", "accZ"], "axes")
    equal(got.input_blocks[0].window_size_ms, 2000, "window")
    equal(got.input_blocks[0].window_increase_ms, 80, "increase")
    equal(got.learn_blocks[0].dsp, [2], "blocks of the classifier")


def create(t, stored):
    """Another window, and a block less: features follow, configurations of the others stay."""
    with t.report.method("ImpulseApi.create_impulse"):
        changed = json.loads(json.dumps(stored))
        changed["inputBlocks"][0].update(windowSizeMs=1000, windowIncreaseMs=500)
        changed["dspBlocks"].pop()
        if not t.report.has(t.api.impulse, "update_impulse"):
            for block in changed["inputBlocks"] + changed["dspBlocks"] + changed["learnBlocks"]:
                block["primaryVersion"] = True
        from edgeimpulse_api import models
        kind = next(
            getattr(models, name) for name in ("CreateImpulseRequest", "Impulse") if hasattr(models, name))
        filter_type = filter_of(t)
        t.api.impulse.create_impulse(1, kind.parse_obj(changed))
        impulse = t.api.impulse.get_impulse(1).impulse
        equal([block.id for block in impulse.dsp_blocks], [2, 3], "blocks")
        equal(impulse.input_blocks[0].window_size_ms, 1000, "window")
        equal(filter_of(t), filter_type, "filter after the change")
        refused(lambda: t.api.dsp.get_dsp_config(1, 4))
        equal(t.generate(3).x.shape, (24 * 19, 21), "shape of features with the new window")
        changed["inputBlocks"][0]["windowSizeMs"] = 0
        refused(lambda: t.api.impulse.create_impulse(1, kind.parse_obj(changed)))


def filter_of(t):
    groups = t.api.dsp.get_dsp_config(1, 2).config
    return next(item.value for group in groups for item in group.items if item.param == "filter-type")
