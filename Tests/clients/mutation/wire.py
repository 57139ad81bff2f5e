"""Requests as bytes on a socket, and answers as they have to be."""
import json
import socket
import struct
import time

from mutation.mutators import encoded

# What `edgedsp serve --help` documents: done or refused, unsound, key, foreign page, unknown, too slow, too large, no
# name, too many jobs, not now.
DOCUMENTED = {200, 400, 401, 403, 404, 408, 413, 421, 429, 503}


class BadAnswer(Exception):
    """An answer that is not documented, or none where there has to be one."""


def octets(text):
    return text.encode("utf-8", "surrogatepass")


def head(request, port, key, length):
    """The request line and the header fields."""
    target = request.path
    if request.query:
        target += "?" + "&".join(f"{name}={value}" for name, value in request.query)
    version = {"old-version": " HTTP/1.0", "no-version": ""}.get(request.wire, " HTTP/1.1")
    fields = [("Host", f"127.0.0.1:{port}")] if not any(name == "Host" for name, _ in request.headers) else []
    if key and not any(name == "x-api-key" for name, _ in request.headers):
        fields.append(("x-api-key", key))
    fields += request.headers
    names = {name for name, _ in fields}
    if request.files is not None and "Content-Type" not in names:
        fields.append(("Content-Type", f"multipart/form-data; boundary={request.boundary}"))
    if request.json_body is not None and "Content-Type" not in names:
        fields.append(("Content-Type", "application/json"))
    if length is None or request.wire == "both-lengths":
        fields.append(("Transfer-Encoding", "chunked"))
    if length is not None and "Content-Length" not in names and (length or request.method in ("POST", "PUT", "PATCH")):
        fields.append(("Content-Length", str(length)))
    newline = "\n" if request.wire == "bare-newlines" else "\r\n"
    lines = [f"{request.method} {target}{version}"] + [f"{name}: {value}" for name, value in fields]
    return octets(newline.join(lines) + newline * 2)


def chunks(body, wire, rng):
    """The body in chunks, of which some are wrong."""
    result, position = [], 0
    while position < len(body):
        size = rng.choice([1, 10, 1000, 100000])
        piece = body[position:position + size]
        position += size
        label = b"%x" % len(piece)
        if wire == "chunk-extension":
            label += b";name=" + b"v" * rng.choice([1, 100, 3000])
        if wire == "chunk-size" and rng.random() < 0.5:
            label = rng.choice([b"-1", b"g", b"", b"0x5", b"ffffffffffffffffffff", b" 5", b"%x" % (len(piece) + 7)])
        if wire == "chunk-huge":
            label = rng.choice([b"7fffffffffffffff", b"ffffffff", b"fffffffffffffffe"])
        result.append(label + b"\r\n" + piece + b"\r\n")
        if len(result) > 5000:
            result.append(b"%x\r\n" % len(body[position:]) + body[position:] + b"\r\n")
            break
    ending = {"chunk-end": rng.choice([b"", b"0\r\n", b"0\r\nX: y\r\n", b"0\r\n" + b"X: y\r\n" * 500 + b"\r\n"])}
    return b"".join(result) + ending.get(wire, b"0\r\n\r\n")


def send(request, port, key, rng, seconds=20):
    """Sends, and returns the first answer as (status, headers, body), or None where the connection just ended."""
    body = encoded(request)
    chunked = (request.wire or "").startswith("chunk")
    data = head(request, port, key, None if chunked else len(body))
    if chunked:
        body = chunks(body, request.wire, rng)
    data += body
    cut = None
    if request.wire == "cut-head":
        cut = rng.randrange(1, max(2, len(data) - len(body)))
    elif request.wire in ("cut-body", "reset"):
        cut = len(data) - rng.randrange(0, len(body) + 1)
    elif request.wire == "garbage-first":
        data = rng.choice([b"\r\n\r\n", b"\0\0\0", b"\x16\x03\x01\x02\x00", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"]) + data
    elif request.wire == "pipeline":
        data = data * 3
    with socket.create_connection(("127.0.0.1", port), timeout=seconds) as connection:
        try:
            if request.wire == "pause":
                connection.sendall(data[:len(data) // 2])
                time.sleep(0.05)
                connection.sendall(data[len(data) // 2:])
            else:
                connection.sendall(data[:cut])
            if request.wire == "reset":
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                return None
            if cut is not None or request.may_close:
                # Whatever is still waited for does not come.
                connection.shutdown(socket.SHUT_WR)
        except (BrokenPipeError, ConnectionResetError, OSError):
            pass  # The server may answer and close while a body that is too large is still being sent.
        return receive(connection, request.method == "HEAD")


# What a client gets that said `Expect: 100-continue`; the answer follows.
INVITATION = b"HTTP/1.1 100 Continue\r\n\r\n"


def receive(connection, is_head=False):
    """One answer, or None where the connection ended before it."""
    data = b""
    try:
        while b"\r\n\r\n" not in data or data.startswith(INVITATION):
            data = data.removeprefix(INVITATION)
            if b"\r\n\r\n" in data:
                continue
            more = connection.recv(65536)
            if not more:
                if data:
                    raise BadAnswer(f"half an answer: {data[:200]!r}")
                return None
            data += more
        top, _, body = data.partition(b"\r\n\r\n")
        lines = top.decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
        parts = lines[0].split(" ", 2)
        if not parts[0].startswith("HTTP/1.") or not parts[1].isdigit():
            raise BadAnswer(f"no status line: {lines[0]!r}")
        if "chunked" in headers.get("transfer-encoding", ""):
            while not body.endswith(b"0\r\n\r\n"):
                body += some(connection)
            return int(parts[1]), headers, unchunked(body)
        length = int(headers.get("content-length", 0))
        while len(body) < length and not is_head:
            body += some(connection)
        return int(parts[1]), headers, body[:length]
    except ConnectionResetError:
        return None
    except TimeoutError:
        raise BadAnswer(f"nothing more for so long, after {data[:100]!r}") from None


def some(connection):
    data = connection.recv(65536)
    if not data:
        raise BadAnswer("the connection ended inside an answer")
    return data


def unchunked(body):
    result = b""
    while body:
        size, _, body = body.partition(b"\r\n")
        length = int(size.split(b";")[0], 16)
        result, body = result + body[:length], body[length + 2:]
        if length == 0:
            break
    return result


def check(request, answer):
    """Raises BadAnswer unless the answer is one that the server documents."""
    if answer is None:
        if request.wire != "reset":
            raise BadAnswer("no answer")
        return "none"
    status, headers, body = answer
    if status not in DOCUMENTED:
        raise BadAnswer(f"status {status}: {body[:200]!r}")
    if request.method == "HEAD":
        return str(status)
    kind = headers.get("content-type", "")
    if status != 200 and not kind.startswith("application/json"):
        raise BadAnswer(f"status {status} with {kind or 'no kind'}: {body[:200]!r}")
    if "x-injected" in headers or "x-more" in headers:
        raise BadAnswer("a header of the answer comes from the request")
    if kind.startswith("application/json"):
        def refuse(word):
            raise BadAnswer(f"a bare {word} in JSON")
        try:
            value = json.loads(body, parse_constant=refuse)
        except ValueError as error:
            raise BadAnswer(f"no JSON: {error}: {body[:200]!r}") from None
        if type(value.get("success")) is not bool:
            raise BadAnswer(f"no success: {body[:200]!r}")
        if value["success"] and status != 200:
            raise BadAnswer(f"success with status {status}")
        if not value["success"] and not value.get("error"):
            raise BadAnswer(f"a refusal without error: {body[:200]!r}")
    return str(status)
