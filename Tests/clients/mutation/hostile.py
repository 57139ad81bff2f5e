"""Clients that are slow, silent, greedy, or hang up: each has to be answered or dropped in the documented time."""
import concurrent.futures
import socket
import time

from local_studio import LocalStudio, ServerFailure, wait_until
from mutation.requests import CSV
from mutation.wire import BadAnswer, receive

# Seconds that the server documents, and how much later an end may come.
HEAD, IDLE, LATE = 10, 60, 10


def connect(studio, seconds=100):
    return socket.create_connection(("127.0.0.1", studio.port), timeout=seconds)


def request_head(studio, method="GET", path="/v1/api/projects", fields=""):
    line = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{studio.port}\r\n"
    return f"{line}x-api-key: {studio.key}\r\n{fields}\r\n".encode()


def ended(connection, limit, statuses=(408,)):
    """The connection ends in time, with one of these answers or without."""
    start = time.monotonic()
    answer = receive(connection)
    if answer and answer[0] not in statuses:
        raise BadAnswer(f"answered with {answer[0]}: {answer[2][:100]!r}")
    if time.monotonic() - start > limit + LATE:
        raise BadAnswer(f"held for {time.monotonic() - start:.0f} s, {limit} s are documented")


def slow_head(studio):
    """A head of which a byte comes now and then."""
    with connect(studio) as connection:
        end = time.monotonic() + HEAD + LATE
        for byte in request_head(studio):
            try:
                connection.send(bytes([byte]))
                connection.settimeout(1)
                if connection.recv(1, socket.MSG_PEEK) is not None:
                    break
            except TimeoutError:
                pass
            except OSError:
                return
            if time.monotonic() > end:
                raise BadAnswer("a head of a byte a second is still being read")
        connection.settimeout(60)
        ended(connection, HEAD)


def no_head(studio):
    """A connection without a byte."""
    with connect(studio) as connection:
        ended(connection, IDLE)


def silent_after_answer(studio):
    """A connection that stays open after an answer."""
    with connect(studio) as connection:
        connection.sendall(request_head(studio))
        answer = receive(connection)
        if not answer or answer[0] != 200:
            raise BadAnswer(f"the sound request got {answer and answer[0]}")
        ended(connection, IDLE)


def silent_body(studio):
    """A body of which only the start comes."""
    for path, kind in (
            ("/v1/api/1/dsp/2", "application/json"), ("/api/training/files", "multipart/form-data; boundary=b")):
        with connect(studio) as connection:
            fields = f"Content-Type: {kind}\r\nContent-Length: 1000\r\n"
            connection.sendall(request_head(studio, "POST", path, fields) + b'--b\r\n{"con')
            ended(connection, IDLE)


def no_reader(studio):
    """Large answers that nobody reads, while others are served."""
    connections = [connect(studio) for _ in range(20)]
    for connection in connections:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.sendall(request_head(studio, path="/v1/api/1/raw-data/5") * 50)
    start = time.monotonic()
    status, _, _ = studio.request("GET", "/v1/api/projects", timeout=20)
    if status != 200 or time.monotonic() - start > 5:
        raise BadAnswer(f"others wait for those that do not read: {status}, {time.monotonic() - start:.1f} s")
    for connection in connections:
        connection.close()


def oversized(studio):
    """More than the documented limits, announced and not."""
    def expect(data, statuses, what, more=()):
        with connect(studio, 30) as connection:
            try:
                connection.sendall(data)
                for piece in more:
                    connection.sendall(piece)
            except OSError:
                pass  # The answer may come, and the connection end, before all is sent.
            answer = receive(connection)
            if answer is not None and answer[0] not in statuses:
                raise BadAnswer(f"{what}: {answer[0]} {answer[2][:100]!r}")
    json_head = "Content-Type: application/json\r\n"
    length = f"Content-Length: {1 << 40}\r\n"
    expect(request_head(studio, "POST", "/v1/api/1/dsp/2", json_head + length), (413,), "length")
    chunked = request_head(studio, "POST", "/v1/api/1/dsp/2", json_head + "Transfer-Encoding: chunked\r\n")
    expect(chunked, (413,), "chunks", (b"100000\r\n" + b" " * 0x100000 + b"\r\n" for _ in range(64)))
    upload = "Content-Type: multipart/form-data; boundary=b\r\n"
    expect(request_head(studio, "POST", "/api/training/files", upload + length), (413,), "upload")
    part = b'--b\r\nContent-Disposition: form-data; name="data"; filename="a%d.csv"\r\n\r\n' + CSV + b"\r\n"
    parts = b"".join(part.replace(b"%d", b"%d" % n) for n in range(1100)) + b"--b--\r\n"
    expect(request_head(studio, "POST", "/api/training/files", upload + f"Content-Length: {len(parts)}\r\n") + parts,
           (413,), "parts")
    expect(request_head(studio, fields="X-Long: " + "v" * (1 << 20) + "\r\n"), (413,), "a header field")
    expect(request_head(studio, path="/v1/api/" + "p" * (1 << 20)), (413,), "a path")
    file = b'--b\r\nContent-Disposition: form-data; name="data"; filename="a.csv"\r\n\r\n'
    big = request_head(studio, "POST", "/api/training/files", upload + "Transfer-Encoding: chunked\r\n")
    pieces = [b"%x\r\n" % len(file) + file + b"\r\n"] + [b"100000\r\n" + b"1" * 0x100000 + b"\r\n"] * 120
    expect(big, (413,), "a file", pieces + [b"7\r\n\r\n--b--\r\n", b"0\r\n\r\n"])


def half_closed(studio):
    """Clients that end their side: after a whole request, inside a head, inside a body."""
    for data in (request_head(studio), request_head(studio)[:-20], request_head(
            studio, "POST", "/v1/api/1/dsp/2", "Content-Type: application/json\r\nContent-Length: 50\r\n") + b'{"con'):
        with connect(studio, 30) as connection:
            connection.sendall(data)
            connection.shutdown(socket.SHUT_WR)
            answer = receive(connection)
            if answer and answer[0] not in (200, 400, 408):
                raise BadAnswer(f"half-closed: {answer[0]}")


def run(edgedsp, everything):
    """Failures; the short form leaves out what takes a minute."""
    cases = [slow_head, oversized, half_closed, no_reader]
    if everything:
        cases += [no_head, silent_after_answer, silent_body]
    failures = []
    try:
        with LocalStudio(edgedsp) as studio:
            start = studio.files()
            with concurrent.futures.ThreadPoolExecutor(len(cases)) as pool:
                for case, result in [(case, pool.submit(case, studio)) for case in cases]:
                    try:
                        result.result()
                    except (BadAnswer, OSError) as error:
                        failures.append(f"{case.__name__}: {type(error).__name__}: {error}")
            status, _, _ = studio.request("GET", "/v1/api/projects")
            if status != 200:
                failures.append(f"a sound request after hostile clients: {status}")
            left = {name for name in studio.files() - start if ".labels" not in name}
            try:
                wait_until(lambda: not [n for n in studio.files() - start if ".labels" not in n], 5)
            except ServerFailure:
                failures.append(f"files that are left: {sorted(left)[:5]}")
    except ServerFailure as error:
        failures.append(str(error))
    print(f"{len(cases)} hostile clients")
    return failures
