"""Ways of spoiling a request. Each takes a request and a source of chance, and changes the request."""
import json

from mutation.requests import SPLICE, multipart

NUMBERS = [
    "0", "-1", "1.5", "1e3", "9223372036854775807", "9223372036854775808", "-9223372036854775809", "4294967296",
    "99999999999999999999999", "0x10", "NaN", "inf", "-inf", "1e999", "", " ", "\u0663", "null", "true", "[]", "+5"]
TEXTS = [
    "", "\0", "a\0b", "\r\nX-Injected: 1", "../" * 12 + SPLICE, "../../" + SPLICE, "..%2f" * 12 + SPLICE,
    "%2e%2e/" * 3 + SPLICE, "..\\..\\" + SPLICE, "/tmp/" + SPLICE, "\u202e", "\U0001f4a5" * 30, "%", "%zz", "%00",
    "%ff%fe", "a" * 300, "a" * 20000, "~", ".", "..", "con", "'; --", "<script>", "{dspId}", "*", "\ud800"]
VALUES = [
    None, True, False, 0, -1, 1 << 63, -(1 << 70), 1e308, 0.1, "", "x", "\0", "nan", [], {}, [[]], [None], {"": ""},
    "../../" + SPLICE, ["a"] * 1000]
METHODS = [
    "PUT", "PATCH", "OPTIONS", "HEAD", "TRACE", "CONNECT", "get", "DELETE", "POST", "GET", "", "G" * 5000, "G\0T",
    "PRI"]


def method(request, rng):
    request.method = rng.choice(METHODS)
    request.may_close = request.may_close or request.method not in ("PUT", "PATCH", "OPTIONS", "DELETE", "POST", "GET")


def path(request, rng):
    parts = request.path.split("/")
    position = rng.randrange(1, len(parts)) if len(parts) > 1 else 0
    change = rng.randrange(5)
    if change == 0:
        parts[position] = rng.choice(NUMBERS)
    elif change == 1:
        parts[position] = rng.choice(TEXTS)
    elif change == 2:
        del parts[position]
    elif change == 3:
        parts.insert(position, rng.choice(["..", ".", "", rng.choice(TEXTS)]))
    else:
        parts = [rng.choice(["http://other.example", "*", "//", "", "\x7f"]) + "/".join(parts)]
    request.path = "/".join(parts)
    request.may_close = request.may_close or any(
        c in request.path for c in "\0\r\n \x7f") or not request.path.startswith("/") or len(request.path) > 15000


def query(request, rng):
    change = rng.randrange(4)
    if change == 0 and request.query:
        del request.query[rng.randrange(len(request.query))]
    elif change == 1 and request.query:
        name, value = rng.choice(request.query)
        request.query += [(name, value)] * rng.choice([1, 3, 500])
    elif change == 2 or not request.query:
        request.query.append((rng.choice(["limit", "x", "", "category", "sliceStart"]), rng.choice(NUMBERS + TEXTS)))
    else:
        index = rng.randrange(len(request.query))
        request.query[index] = (request.query[index][0], rng.choice(NUMBERS + TEXTS))
    request.may_close = request.may_close or any(
        c in name + value for name, value in request.query for c in "\0\r\n ") or sum(
            len(value) for _, value in request.query) > 15000


def header(request, rng):
    change = rng.randrange(8)
    text = rng.choice(TEXTS)
    if change == 0:
        request.headers.append(("X-Long", "v" * rng.choice([1000, 9000, 40000, 200000])))
    elif change == 1:
        request.headers += [(f"X-Many-{n}", "v") for n in range(rng.choice([50, 500, 3000]))]
    elif change == 2:
        name = rng.choice(["x-label", "x-metadata", "x-bounding-boxes", "x-file-name", "Cookie"])
        request.headers.append((name, text))
    elif change == 3:
        request.headers.append(("x-api-key", text))
    elif change == 4:
        kind = rng.choice(["", "text/plain", "multipart/form-data", "a/b; boundary=", text])
        request.headers.append(("Content-Type", kind))
    elif change == 5:
        request.headers.append((rng.choice(["Host", "Origin", "Expect", "Connection", "Upgrade", "Range"]), rng.choice([
            "", "evil.example", "100-continue", "close", "upgrade", "h2c", "bytes=0-1", text])))
    elif change == 6:
        request.headers.append((rng.choice(["", " ", "a b", "a:b", "\0", "é"]), "v"))
    else:
        length = rng.choice(["0", "-1", "5", "x", "99999999999999999999", "1, 1", "0x5"])
        request.headers.append(("Content-Length", length))
    # Header bytes that are none, and lengths that do not fit, break the framing.
    request.may_close = request.may_close or change in (0, 1, 6, 7) or any(c in text for c in "\0\r\n") or change == 5


def body_bytes(request, rng):
    data = bytearray(encoded(request))
    change = rng.randrange(5)
    if change == 0:
        data = data[:rng.randrange(len(data) + 1)]
    elif change == 1:
        for _ in range(rng.choice([1, 4, 50])):
            if data:
                data[rng.randrange(len(data))] = rng.randrange(256)
    elif change == 2:
        data = bytearray(rng.randbytes(rng.choice([0, 1, 100, 5000])))
    elif change == 3:
        position = rng.randrange(len(data) + 1)
        data[position:position] = data[position // 2:position] or b"\xff\xfe\0"
    else:
        data = bytearray(rng.choice([
            b"[" * 100000, b'{"a":' * 50000, b"NaN", b'"' + b"\\ud800" * 50 + b'"', b"\xef\xbb\xbf{}", b"-", b"1e99999",
            b'{"config":{"fft-length":"16","fft-length":"32"}}', b"\xff" * 100, b" " * 100000,
            b'{"features":[1e400]}']))
    kept = bytes(data)
    if request.files is not None and not any(name == "Content-Type" for name, _ in request.headers):
        request.headers.append(("Content-Type", f"multipart/form-data; boundary={request.boundary}"))
    request.body, request.json_body, request.files = kept, None, None


def json_value(request, rng):
    """Replaces, removes or adds one value somewhere in a JSON body."""
    if request.json_body is None:
        return query(request, rng)
    target, place = request.json_body, None
    for _ in range(rng.randrange(1, 5)):
        if isinstance(target, dict) and target:
            place = rng.choice(sorted(target))
        elif isinstance(target, list) and target:
            place = rng.randrange(len(target))
        else:
            break
        parent = target
        target = target[place]
    if place is None:
        return None
    change = rng.randrange(3)
    if change == 0:
        del parent[place]
    elif change == 1 or not isinstance(parent, dict):
        parent[place] = rng.choice(VALUES + NUMBERS + TEXTS)
    else:
        parent[rng.choice(TEXTS)] = rng.choice(VALUES)
    return None


def parts(request, rng):
    """Spoils an upload's parts: names, kinds, number, order, limits."""
    if request.files is None:
        return path(request, rng)
    change = rng.randrange(8)
    index = rng.randrange(len(request.files))
    name, file_name, kind, content = request.files[index]
    if change == 0:
        file_name = rng.choice(TEXTS) + rng.choice(["", ".csv", ".json"])
    elif change == 1:
        name = rng.choice(["", "other", "data\0", "x" * 5000])
    elif change == 2:
        kind = rng.choice(["", "a" * 5000, "text/csv\r\nX-More: 1", "multipart/mixed; boundary=" + request.boundary])
    elif change == 3:
        content = rng.choice([b"", b"\0" * 1000, rng.randbytes(2000), b"--" + request.boundary.encode(), content * 20])
    elif change == 4:
        request.files = request.files * rng.choice([3, 20, 501])
        return None
    elif change == 5:
        file_name = None
    elif change == 6:
        file_name = rng.choice([
            "info.labels", "structured_labels.labels", "bounding_boxes.labels", "samples.json", ".edgedsp/x"])
    else:
        request.boundary = rng.choice(["", "a" * 71, "a b", "é", '"', "--", "a\r\nb"])
        request.may_close = True
        return None
    request.files[index] = (name, file_name, kind, content)
    return None


def framing(request, rng):
    """Spoils how the body is sent: chunks, breaks, pauses in the middle, more than announced."""
    request.wire = rng.choice([
        "chunked", "chunked", "chunk-size", "chunk-end", "chunk-huge", "chunk-extension", "cut-head", "cut-body",
        "half-close", "reset", "pipeline", "both-lengths", "old-version", "no-version", "bare-newlines",
        "garbage-first", "pause"])
    request.may_close = request.may_close or request.wire not in ("chunked", "chunk-extension", "pause")


MUTATORS = [
    method, path, path, query, header, header, body_bytes, json_value, json_value, parts, parts, framing, framing]


def encoded(request):
    """The body's bytes."""
    if request.body is not None:
        return request.body
    if request.files is not None:
        return multipart(request)
    if request.json_body is not None:
        return json.dumps(request.json_body).encode("utf-8", "surrogatepass")
    return b""


def mutate(request, rng):
    """A spoiled copy: mostly one change, sometimes several."""
    changed = request.copy()
    for _ in range(rng.choice([1, 1, 1, 2, 3])):
        rng.choice(MUTATORS)(changed, rng)
    return changed
