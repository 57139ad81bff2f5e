"""A server with --read-only: everything can be read and computed, nothing can be changed."""
import hashlib
import os

import edgeimpulse_api as client

from local_studio import LocalStudio
from report import equal, refused
from strict import Clients


def run(t):
    with t.report.method("read-only"), LocalStudio(t.studio.edgedsp, ["--read-only"]) as studio:
        api, before = Clients(studio), contents(studio)
        numbers = [sample.id for sample in api.raw.list_samples(1, "training").samples]
        first = numbers[0]
        for call in (
                lambda: api.raw.rename_sample(1, first, client.RenameSampleRequest(name="x")),
                lambda: api.raw.edit_label(1, first, client.EditSampleLabelRequest(label="x")),
                lambda: api.raw.move_sample(1, first, client.MoveRawDataRequest(newCategory="testing")),
                lambda: api.raw.set_sample_metadata(1, first, client.SetSampleMetadataRequest(metadata={"a": "b"})),
                lambda: api.raw.disable_sample(1, first), lambda: api.raw.delete_sample(1, first),
                lambda: api.raw.delete_all_samples(1), lambda: api.raw.delete_all_samples_by_category(1, "training"),
                lambda: api.dsp.set_dsp_config(1, 2, client.DSPConfigRequest(config={"fft-length": "32"})),
                lambda: api.dsp.run_dsp_sample_slice(1, 2, first, 0, client.DspRunRequestWithoutFeatures(
                    params={"fft-length": "32"}, store=True))):
            refused(call)
        body = (
            b'--b\r\nContent-Disposition: form-data; name="data"; filename="a.csv"\r\n\r\n'
            b'timestamp,x\n0,1\n10,2\n\r\n--b--\r\n')
        status, _, answer = studio.request(
            "POST", "/api/training/files", body, {"Content-Type": "multipart/form-data; boundary=b"})
        equal(b'"success":true' in answer, False, f"success of an upload with status {status}")
        equal([sample.id for sample in api.raw.list_samples(1, "training").samples], numbers, "recordings")
        equal(api.dsp.run_dsp_sample_slice_read_only(1, 2, first, 0).success, True, "a run that stores nothing")
        equal(contents(studio), before, "files")


def contents(studio):
    """Hashes of the dataset's files and of the impulse; without what the server derives from them."""
    result = {}
    for path in studio.files():
        if path != "stderr.txt" and ".edgedsp" not in path:
            with open(os.path.join(studio.folder, path), "rb") as file:
                result[path] = hashlib.sha256(file.read()).hexdigest()
    return result
