"""edgeimpulse.data: uploading samples of all kinds, and that the dataset on disk has them afterwards."""
import hashlib
import io
import json
import os
import struct
import wave

from edgeimpulse import data

from edgeimpulse_data import prepare, rows_of, stored
from local_studio import ROOT
from reference import generate
from report import equal, refused, true


def run(t):
    prepare(t.studio)
    with t.report.method("data.upload_samples"):
        time_series(t)
        duplicates(t)
        labels(t)
        sounds_and_pictures(t)
        broken(t)
        survives(t)
    with t.report.method("data.infer_from_filename"):
        sample = data.Sample(data=b"", filename="a.csv")
        data.infer_from_filename(sample, "some/testing/tap.3.csv")
        equal((sample.label, sample.category), ("tap", "testing"), "label and category")


def table(seed, rows=200):
    """A recording as CSV: two axes at 100 Hz."""
    lines = [f"{10 * row},{(row * seed) % 17},{(row * seed) % 5 - 2.5}" for row in range(rows)]
    return "timestamp,x,y\n" + "\n".join(lines) + "\n"


def acquisition(seed, rows=100):
    """A recording in Studio's own format."""
    return json.dumps({
        "protected": {"ver": "v1", "alg": "none", "iat": None}, "signature": None,
        "payload": {
            "device_name": None, "device_type": "TEST", "interval_ms": 16,
            "sensors": [{"name": name, "units": "m/s2"} for name in ("accX", "accY", "accZ")],
            "values": [[seed + row, seed - row, row / 4] for row in range(rows)]}})


def time_series(t):
    """CSV, JSON and a stream; label, category and metadata as given."""
    samples = [
        data.Sample(filename="tap.1.csv", data=table(3), category="training", label="tap", metadata={"site": "Köln"}),
        data.Sample(filename="tap.2.json", data=acquisition(1), category="testing", label="tap"),
        data.Sample(filename="tap.3.csv", data=io.BytesIO(table(5).encode()), category="training", label="knock")]
    result = data.upload_samples(samples)
    equal([str(fail.error) for fail in result.fails], [], "failures")
    equal(len(result.successes), 3, "uploads")
    true(all(sample.sample_id for sample in samples), "ids of the samples")
    first, second, third = (stored(t, sample.sample_id) for sample in samples)
    equal((first.filename, first.label, first.category), ("tap.1", "tap", "training"), "first")
    equal(first.metadata, {"site": "Köln"}, "metadata")
    equal((first.interval_ms, first.values_count), (10, 200), "interval and rows")
    equal((second.filename, second.label, second.category), ("tap.2", "tap", "testing"), "second")
    equal((third.label, third.values_count), ("knock", 200), "third")
    equal(rows_of(t, samples[1].sample_id), [[1 + row, 1 - row, row / 4] for row in range(100)], "values")
    equal(first.sha256_hash, hashlib.sha256(table(3).encode()).hexdigest(), "hash of the stored file")


def duplicates(t):
    """The same bytes are refused, unless asked for; whatever their name."""
    again = data.Sample(filename="other.csv", data=table(3), category="training", label="tap")
    result = data.upload_samples(again)
    equal((len(result.successes), len(result.fails)), (0, 1), "upload of a duplicate")
    true(result.fails[0].error, "no error text for a duplicate")
    result = data.upload_samples(again, allow_duplicates=True)
    equal((len(result.successes), len(result.fails)), (1, 0), "upload of an allowed duplicate")


def labels(t):
    """Labels from the file name, structured labels, the category that the server chooses, odd names."""
    plain = data.Sample(filename="clap_2-x.01.csv", data=table(7), category="training")
    spans = [{"startIndex": 0, "endIndex": 99, "label": "a"}, {"startIndex": 100, "endIndex": 199, "label": "b"}]
    several = data.Sample(filename="several.csv", data=table(8), category="training", structured_labels=spans)
    split = [data.Sample(filename=f"split.{n}.csv", data=table(20 + n), label="split") for n in range(20)]
    odd = data.Sample(filename="../../évasion & co.csv", data=table(9), category="training", label="odd")
    result = data.upload_samples([plain, several, odd] + split)
    equal([str(fail.error) for fail in result.fails], [], "failures")
    equal(stored(t, plain.sample_id).label, "clap_2-x", "label from the file name")
    equal(stored(t, several.sample_id).structured_labels_list, ["a", "b"], "labels of parts")
    categories = {stored(t, sample.sample_id).category for sample in split}
    equal(categories, {"training", "testing"}, "categories of 20 recordings that the server deals out")
    true("/" not in stored(t, odd.sample_id).filename, "a name with a path")
    true(not os.path.exists(os.path.join(os.path.dirname(t.studio.folder), "évasion & co.csv")), "an escaped file")


def sounds_and_pictures(t):
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16000)
        file.writeframes(b"".join(struct.pack("<h", (37 * n) % 2000 - 1000) for n in range(16000)))
    sound = data.Sample(filename="hum.wav", data=buffer.getvalue(), category="training", label="hum")
    picture = data.Sample(
        filename="dot.png", data=png(6, 4), category="training", label="dot",
        bounding_boxes=[{"label": "dot", "x": 1, "y": 1, "width": 2, "height": 2}])
    result = data.upload_samples([sound, picture])
    equal([str(fail.error) for fail in result.fails], [], "failures")
    equal(stored(t, sound.sample_id).frequency, 16000, "rate of the sound")
    boxes = stored(t, picture.sample_id).bounding_boxes
    equal([(box.label, box.x, box.width) for box in boxes], [("dot", 1, 2)], "boxes of the picture")
    image = t.api.raw.get_sample_as_image(1, picture.sample_id, _preload_content=False).data
    true(image[:4] in (b"\x89PNG", b"\xff\xd8\xff\xe0"), "the picture that comes back is none")


def png(width, height):
    """A picture, as a file."""
    import zlib

    def chunk(kind, content):
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
    rows = b"".join(
        b"\0" + b"".join(bytes((x * 40, y * 60, 90)) for x in range(width)) for y in range(height))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) + chunk(
        b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def broken(t):
    """What cannot be read is refused, and leaves nothing behind."""
    before = t.studio.files()
    for name, content in (
            ("bad.json", "{"), ("bad.csv", "timestamp,x\n0,abc\n10,3\n"), ("bad.wav", b"RIFF\0\0\0\0WAVE"),
            ("empty.csv", b""), ("bad.exe", b"MZ"), ("bad.cbor", b"\xff\xff"), ("bad.png", b"\x89PNG\r\n\x1a\n")):
        result = data.upload_samples(data.Sample(filename=name, data=content, category="training", label="bad"))
        equal((len(result.successes), len(result.fails)), (0, 1), f"upload of {name}")
        true(result.fails[0].error, f"no error text for {name}")
    result = data.upload_samples(data.Sample(filename="a.csv", data=table(11), category="nowhere", label="bad"))
    equal((len(result.successes), len(result.fails)), (0, 1), "upload to a category that is none")
    equal(t.studio.files() - before, set(), "files after refused uploads")
    refused(lambda: t.api.raw.list_samples(1, "training", filename="bad").samples[0], kind=IndexError)


def survives(t):
    """What was acknowledged is there after `kill -9`, and `edgedsp generate` reads it."""
    before = sorted(sample.id for sample in t.api.raw.list_samples(1, "training").samples)
    t.studio.kill()
    t.studio.restart()
    equal(sorted(sample.id for sample in t.api.raw.list_samples(1, "training").samples), before, "recordings")
    for sample in t.api.raw.list_samples(1, "training").samples:
        if not set(("accX", "accY", "accZ")) <= {sensor.name for sensor in sample.sensors}:
            t.api.raw.delete_sample(1, sample.id)
    true(len(generate(t.studio)[3].x) >= 2424, "windows after the uploads")
