"""The arrays: X, unprocessed windows, y, and artifacts, byte for byte what `edgedsp generate` writes."""
from reference import array, generate
from report import equal, refused, true


def run(t):
    api, report = t.api.dsp, t.report
    features = generate(t.studio)
    with report.method("DSPApi.download_dsp_data"):
        refused(lambda: api.download_dsp_data(1, 2, "training"))
    with report.method("JobsApi.generate_features_job"):
        for block in (2, 3, 4):
            t.generate(block)
    with report.method("DSPApi.download_dsp_data"):
        for block, reference in features.items():
            equal(t.download(block, "x"), reference.bytes["x"], f"bytes of X, block {block}")
            equal(t.download(block, "raw"), reference.bytes["raw"], f"bytes of raw X, block {block}")
        # The plain call returns text, which is the file again as latin-1.
        plain = api.download_dsp_data(1, 2, "training")
        equal(plain.encode("latin-1"), features[2].bytes["x"], "bytes of X from the plain call")
        equal(array(plain.encode("latin-1")).dtype.str, "<f4", "type of X")
        testing(t)
        refused(lambda: api.download_dsp_data(1, 77, "training"), "77")
    with report.method("DSPApi.download_dsp_labels"):
        for block, reference in features.items():
            equal(t.download(block, "y"), reference.bytes["y"], f"bytes of y, block {block}")
        plain = api.download_dsp_labels(1, 3, "training").encode("latin-1")
        equal(plain, features[3].bytes["y"], "bytes of y from the plain call")
        labels = array(plain)
        equal((labels.dtype.str, labels.shape), ("<i4", (2424, 4)), "type and shape of y")
        equal(sorted(set(labels[:, 0].tolist())), [1, 2, 3, 4], "classes")
        refused(lambda: api.download_dsp_labels(1, 77, "training"), "77")
    if report.has(api, "download_dsp_artifact"):
        with report.method("DSPApi.download_dsp_artifact"):
            artifact(t)
    with report.method("DSPApi.clear_dsp_block"):
        api.clear_dsp_block(1, 3)
        refused(lambda: api.download_dsp_data(1, 3, "training"))
        equal(t.download(2, "x"), features[2].bytes["x"], "bytes of another block's X")


def testing(t):
    reference = generate(t.studio, "testing")
    for block in (2, 3):
        equal(t.download(block, "x", "testing"), reference[block].bytes["x"], f"bytes of X for testing, block {block}")
        equal(t.download(block, "y", "testing"), reference[block].bytes["y"], f"bytes of y for testing, block {block}")


def artifact(t):
    """Which keys there are is not documented: a refusal has to name those that there are."""
    words = refused(lambda: t.api.dsp.download_dsp_artifact(1, 2, "no-such-key"), "no-such-key")
    keys = [word.strip(" ,.:;\"'") for word in words.split()]
    found = [key for key in keys if "." in key and key != "no-such-key"]
    true(found, f"the refusal names no artifact: {words}")
    data = t.api.dsp.download_dsp_artifact(1, 2, found[0], _preload_content=False).data
    true(len(data) > 0, f"{found[0]} is empty")
