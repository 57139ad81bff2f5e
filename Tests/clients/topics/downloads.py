"""edgeimpulse.data: finding, downloading and deleting recordings."""
import json

from edgeimpulse import data

from edgeimpulse_data import prepare, uploaded
from reference import recording
from report import equal, refused, true
from topics.uploads import png, table


def run(t):
    prepare(t.studio)
    with t.report.method("data.get_sample_ids"):
        listing(t)
    with t.report.method("data.get_filename_by_id"):
        equal(data.get_filename_by_id(t.sample("wave.4").id), "wave.4", "name")
        equal(data.get_filename_by_id(99999), None, "name of an unknown recording")
    with t.report.method("data.download_samples_by_ids"):
        download(t)
    with t.report.method("data.delete_sample_by_id"):
        number = t.sample("wave.0").id
        equal(data.delete_sample_by_id(number).success, True, "success")
        equal(data.delete_sample_by_id(number), None, "second deletion")
        equal(data.get_filename_by_id(number), None, "name after the deletion")
    with t.report.method("data.delete_samples_by_filename"):
        equal(len(data.delete_samples_by_filename("snake.3", category="training")), 1, "deletions")
        equal(data.get_sample_ids("snake.3", category="training"), [], "recordings of the name")
        equal(data.delete_samples_by_filename("no-such-name"), (), "deletions of an unknown name")
    with t.report.method("data.delete_all_samples"):
        equal(data.delete_all_samples(category="testing").success, True, "success")
        equal(data.get_sample_ids(category="testing"), [], "recordings for testing")
        true(data.get_sample_ids(category="training"), "recordings for training are gone too")
        equal(data.delete_all_samples().success, True, "success")
        equal(data.get_sample_ids(), [], "recordings")


def listing(t):
    everything = data.get_sample_ids()
    equal(len(everything), 32, "recordings")
    equal(len({sample.sample_id for sample in everything}), 32, "ids")
    training = data.get_sample_ids(category="training")
    equal({sample.category for sample in training}, {"training"}, "categories")
    equal(len(training), 24, "recordings for training")
    equal(len(data.get_sample_ids(category="training", labels="wave")), 6, "of a label")
    equal(len(data.get_sample_ids(category="training", labels=["wave", "idle"])), 12, "of two labels")
    found = data.get_sample_ids("wave.4", category="training", num_workers=3)
    equal([(sample.filename, sample.label) for sample in found], [("wave.4", "wave")], "of a name")
    equal(data.get_sample_ids(category="validation"), [], "for validation")


def download(t):
    numbers = [t.sample(name).id for name in ("wave.4", "idle.0", "snake.1")]
    samples = data.download_samples_by_ids(numbers)
    equal(sorted(sample.sample_id for sample in samples), sorted(numbers), "ids")
    wave = next(sample for sample in samples if sample.sample_id == numbers[0])
    payload = recording(t.studio, "training/wave.4.json")
    equal((wave.filename, wave.label, wave.category), ("wave.4.json", "wave", "training"), "name, label, category")
    content = json.loads(wave.data)["payload"]
    equal((content["values"], content["interval_ms"]), (payload["values"], payload["interval_ms"]), "values")
    equal([sensor["name"] for sensor in content["sensors"]], ["accX", "accY", "accZ"], "sensors")
    equal(data.download_samples_by_ids([]), [], "without ids")
    equal(data.download_samples_by_ids(99999), [], "of an unknown recording")
    refused(lambda: data.download_samples_by_ids(["x"]), kind=TypeError)
    picture = data.Sample(filename="dot.png", data=png(5, 5), category="training", label="dot")
    series = data.Sample(filename="round.csv", data=table(41), category="training", label="round")
    uploaded(data.upload_samples([picture, series]))
    (image,) = data.download_samples_by_ids(picture.sample_id)
    equal(image.data.read(), png(5, 5), "the picture's file")
    (back,) = data.download_samples_by_ids(series.sample_id)
    equal(back.filename, "round.json", "name of a time series")
    equal(len(json.loads(back.data)["payload"]["values"]), 200, "rows of a time series")
    # What was downloaded can be uploaded again.
    back.category = "testing"
    (again,) = uploaded(data.upload_samples(back))
    equal(t.api.raw.get_sample(1, again).sample.label, "round", "label after a round trip")
