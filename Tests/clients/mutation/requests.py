"""The sound requests that mutations start from: every kind of call, of path value and of body."""
import copy
import json

CSV = b"timestamp,accX,accY,accZ\n" + b"".join(b"%d,%d,%d,%d\n" % (16 * n, n, -n, n % 7) for n in range(150))
ACQUISITION = json.dumps({
    "protected": {"ver": "v1", "alg": "none"}, "signature": "0",
    "payload": {"device_type": "TEST", "interval_ms": 16, "sensors": [{"name": "accX", "units": "m/s2"}],
                "values": [[n / 4] for n in range(150)]}}).encode()
SPANS = {"version": 1, "type": "structured-labels", "structuredLabels": {
    "a.csv": [{"startIndex": 0, "endIndex": 149, "label": "x"}]}}
PARAMETERS = {"scale-axes": "1", "fft-length": "16", "filter-type": "none"}
SPLICE = "edgedsp-escape"


class Request:
    """A request before it becomes bytes: parts stay apart so that each can be mutated."""

    def __init__(self, method, path, query=None, json_body=None, files=None, body=None, kind=None):
        self.method, self.path, self.query, self.version = method, path, list((query or {}).items()), "HTTP/1.1"
        self.headers, self.json_body, self.files, self.body = [], json_body, files, body
        self.boundary = "mutation-boundary"
        # What the wire does beside sending everything at once: nothing, or a way of breaking off.
        self.wire = None
        # Whether the framing may be broken: the client then ends its side, since what is waited for does not come.
        self.may_close = False
        if kind:
            self.headers.append(("Content-Type", kind))

    def copy(self):
        return copy.deepcopy(self)


def multipart(request):
    """The body of an upload."""
    parts = []
    for name, file_name, kind, content in request.files:
        disposition = f'form-data; name="{name}"' + (f'; filename="{file_name}"' if file_name is not None else "")
        fields = f"Content-Disposition: {disposition}\r\nContent-Type: {kind}\r\n\r\n".encode("utf-8", "surrogatepass")
        parts.append(b"--" + request.boundary.encode() + b"\r\n" + fields + content + b"\r\n")
    return b"".join(parts) + b"--" + request.boundary.encode() + b"--\r\n"


def upload(category, *files, **options):
    return Request("POST", f"/api/{category}/files", files=[
        ("data", name, kind, content) for name, kind, content in files], **options)


def reading():
    """Calls that change nothing."""
    api = "/v1/api/1"
    yield Request("GET", "/")
    yield Request("GET", "/v1/api/projects")
    for path in (
            "", "/public-info", "/data-axes", "/data-summary", "/impulse", "/impulse/blocks", "/jobs", "/jobs/all"):
        yield Request("GET", api + path)
    yield Request("GET", api + "/raw-data", {
        "category": "training", "limit": "10", "offset": "2", "labels": '["wave"]', "filename": "wave",
        "minLength": "5"})
    yield Request("GET", api + "/raw-data/count", {"category": "testing", "labels": "null"})
    yield Request("GET", api + "/raw-data/metadata", {"category": "training"})
    yield Request("GET", api + "/raw-data/5", {"limitPayloadValues": "20"})
    yield Request("GET", api + "/raw-data/6/slice", {"sliceStart": "3", "sliceEnd": "200"})
    yield Request("GET", api + "/raw-data/7/raw")
    yield Request("GET", api + "/raw-data/8/wav", {"axisIx": "1", "sliceStart": "0", "sliceEnd": "100"})
    for path in ("", "/metadata", "/features/labels", "/features/importance", "/performance", "/get-autotuner-results"):
        yield Request("GET", api + "/dsp/2" + path)
    yield Request("GET", api + "/dsp/3/features/get-graph/classification/9")
    yield Request("GET", api + "/dsp/2/features/get-graph/training", {
        "featureAx1": "0", "featureAx2": "1", "featureAx3": "2"})
    yield Request("GET", api + "/dsp/%7BdspId%7D/raw-data/4", {"limitPayloadValues": "10"})
    yield Request("GET", api + "/dsp/2/raw-data/4/slice", {"sliceStart": "0"})
    yield Request("GET", api + "/dsp/2/raw-data/4/slice/run/readonly", {"sliceStart": "10", "sliceEnd": "135"})
    yield Request("GET", api + "/dsp-data/2/x/training", {"raw": "True"})
    yield Request("GET", api + "/dsp-data/3/y/training")
    yield Request("GET", api + "/jobs/1/status")
    yield Request("GET", api + "/jobs/1/stdout", {"limit": "5"})
    run = {"features": [1, 2.5, -3] * 125, "params": PARAMETERS, "drawGraphs": True, "requestPerformance": False}
    yield Request("POST", api + "/dsp/2/run", json_body=run)
    yield Request("POST", api + "/dsp/2/raw-data/4/slice/run", {"sliceStart": "0", "sliceEnd": "125"}, json_body={
        "params": PARAMETERS, "store": False})


def changing():
    """Calls that change something; without those that take everything away."""
    api = "/v1/api/1"
    yield Request("POST", api + "/dsp/2", json_body={"config": {"fft-length": "32", "do-log": "true"}})
    yield Request("POST", api + "/raw-data/10/rename", json_body={"name": "new name"})
    yield Request("POST", api + "/raw-data/11/edit-label", json_body={"label": "other"})
    yield Request("POST", api + "/raw-data/12/move", json_body={"newCategory": "testing"})
    yield Request("POST", api + "/raw-data/13/metadata", json_body={"metadata": {"site": "x"}})
    yield Request("POST", api + "/raw-data/14/structured-labels", json_body={
        "structuredLabels": [{"startIndex": 0, "endIndex": 624, "label": "x"}]})
    yield Request("POST", api + "/raw-data/15/disable")
    yield Request("POST", api + "/raw-data/15/enable")
    yield Request("POST", api + "/impulse/update", json_body={"name": "Motion"})
    yield Request("POST", api + "/jobs/generate-features", json_body={"dspId": 3})
    yield Request("POST", api + "/jobs/1/cancel")
    yield Request("DELETE", api + "/raw-data/30")


def uploads():
    """Calls of the ingestion paths."""
    for category in ("training", "testing", "split", "anomaly"):
        yield upload(category, ("a.csv", "text/csv", CSV), ("b.json", "application/json", ACQUISITION))
    with_labels = upload("training", ("a.csv", "text/csv", CSV), (
        "structured_labels.labels", "application/json", json.dumps(SPANS).encode()))
    with_labels.headers += [("x-label", "wave"), ("x-metadata", '{"a": "b"}'), ("x-disallow-duplicates", "1")]
    yield with_labels
    boxes = upload("training", ("a.png", "image/png", b"\x89PNG\r\n\x1a\n" + bytes(40)))
    boxes.headers.append(("x-bounding-boxes", '[{"label": "a", "x": 0, "y": 0, "width": 1, "height": 1}]'))
    yield boxes
    for name, content in (("c.json", ACQUISITION), ("d.csv", CSV)):
        single = Request("POST", "/api/training/data", body=content, kind="application/json")
        single.headers.append(("x-file-name", name))
        yield single


def destructive():
    """Calls that take everything away: only near the end of a round."""
    yield Request("POST", "/v1/api/1/raw-data/delete-all/testing")
    yield Request("POST", "/v1/api/1/dsp/2/clear")
    yield Request("POST", "/v1/api/1/raw-data/delete-all")
    yield Request("DELETE", "/v1/api/1/impulse")
