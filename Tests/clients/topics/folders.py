"""edgeimpulse.data: uploading folders, plain and exported."""
import json
import os

from edgeimpulse import data

from edgeimpulse_data import prepare, rows_of, stored, uploaded
from report import equal, true
from topics.uploads import acquisition, table


def run(t):
    prepare(t.studio)
    with t.report.method("data.upload_plain_directory"):
        plain(t)
    with t.report.method("data.upload_exported_dataset"):
        folder = exported(t, "exported", 40)
        check_exported(t, uploaded(data.upload_exported_dataset(folder)))
    with t.report.method("data.upload_directory"):
        folder = exported(t, "again", 60)
        check_exported(t, uploaded(data.upload_directory(folder)))
        folder = write(t, "simple", {"shake.1.csv": table(71), "shake.2.json": acquisition(72)})
        ids = uploaded(data.upload_directory(folder, category="testing", label="shake"))
        equal([stored(t, sample).label for sample in ids], ["shake", "shake"], "labels")
        equal({stored(t, sample).category for sample in ids}, {"testing"}, "categories")


def write(t, name, files):
    """A folder with files."""
    folder = os.path.join(t.studio.folder, name)
    for path, text in files.items():
        path = os.path.join(folder, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w") as file:
            file.write(text)
    return folder


def plain(t):
    """Files below the folder, with label and category taken from their names."""
    folder = write(t, "plain", {
        "training/nod.1.csv": table(31), "training/nod.2.json": acquisition(32), "testing/shrug.1.csv": table(33),
        "notes.txt": "not a recording", ".hidden/nod.9.csv": table(34)})
    result = data.upload_directory(folder, transform=data.infer_from_filename)
    ids = uploaded(result)
    equal(len(ids), 3, "uploads")
    found = sorted((s.filename, s.label, s.category) for s in (stored(t, sample) for sample in ids))
    wanted = [("nod.1", "nod", "training"), ("nod.2", "nod", "training"), ("shrug.1", "shrug", "testing")]
    equal(found, wanted, "recordings")
    again = data.upload_plain_directory(folder, category="training", label="nod")
    equal((len(again.successes), len(again.fails)), (0, 3), "second upload of the same folder")


def exported(t, name, seed):
    """A dataset as Studio exports it."""
    spans = [{"startIndex": 0, "endIndex": 59, "label": "low"}, {"startIndex": 60, "endIndex": 99, "label": "high"}]
    entries = [
        {"path": "training/one.json", "category": "training", "label": {"type": "label", "label": "one"},
         "metadata": {"rig": "7"}, "boundingBoxes": []},
        {"path": "training/parts.json", "category": "training", "boundingBoxes": [],
         "label": {"type": "multi-label", "labels": spans}},
        {"path": "testing/none.json", "category": "testing", "label": {"type": "unlabeled"}, "boundingBoxes": []}]
    files = {entry["path"]: acquisition(seed + index) for index, entry in enumerate(entries)}
    return write(t, name, dict(files, **{"info.labels": json.dumps({"version": 1, "files": entries})}))


def check_exported(t, ids):
    found = {stored(t, sample).filename: stored(t, sample) for sample in ids}
    equal(sorted(found), ["none", "one", "parts"], "names")
    equal((found["one"].label, found["one"].category, found["one"].metadata), ("one", "training", {"rig": "7"}))
    spans = [(span.start_index, span.end_index, span.label) for span in found["parts"].structured_labels]
    equal(spans, [(0, 59, "low"), (60, 99, "high")], "labels of parts")
    equal(found["none"].category, "testing", "category")
    true(len(rows_of(t, found["one"].id)) == 100, "rows")
