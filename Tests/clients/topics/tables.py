"""edgeimpulse.data: uploads from NumPy arrays and pandas frames; values come back as they went."""
import json

import numpy as np
import pandas as pd
from edgeimpulse import data

from edgeimpulse_data import prepare, rows_of, stored, uploaded
from report import equal, true

SENSORS = [{"name": name, "units": "m/s2"} for name in ("accX", "accY", "accZ")]


def run(t):
    prepare(t.studio)
    arrays(t)
    with t.report.method("data.pandas_dataframe_to_sample", "data.upload_pandas_sample"):
        frame_as_sample(t)
    with t.report.method("data.upload_pandas_dataframe"):
        rows_as_samples(t)
    with t.report.method("data.upload_pandas_dataframe_wide"):
        wide(t)
    with t.report.method("data.upload_pandas_dataframe_with_group"):
        groups(t)


def same(got, want, what):
    true(np.allclose(np.array(got, float), np.array(want, float), rtol=1e-6, atol=1e-6), what)


def arrays(t):
    values = np.arange(2 * 50 * 3).reshape(2, 50, 3) / 8
    with t.report.method("data.numpy_timeseries_to_sample"):
        sample = data.numpy_timeseries_to_sample(values[0].tolist(), SENSORS, 20)
        equal(json.loads(sample.data)["payload"]["interval_ms"], 20, "interval")
        sample.data, sample.label, sample.category = sample.data.replace("0.125", "0.375"), "one", "training"
        (number,) = uploaded(data.upload_samples(sample))
        equal((stored(t, number).interval_ms, stored(t, number).label), (20, "one"), "interval and label")
    with t.report.method("data.upload_numpy"):
        result = data.upload_numpy(
            data=values, labels=["up", "down"], sensors=SENSORS, sample_rate_ms=20, category="testing",
            metadata={"by": "numpy"})
        ids = uploaded(result)
        for index, number in enumerate(ids):
            sample = stored(t, number)
            equal((sample.label, sample.category, sample.metadata), (["up", "down"][index], "testing", {"by": "numpy"}))
            equal([sensor.name for sensor in sample.sensors], ["accX", "accY", "accZ"], "sensors")
            same(rows_of(t, number), values[index], f"values of {index}")


def frame_as_sample(t):
    frame = pd.DataFrame({"x": np.arange(80) / 4, "y": -np.arange(80) / 2.0, "label": ["a"] * 30 + ["b"] * 50})
    sample = data.pandas_dataframe_to_sample(
        frame, sample_rate_ms=25, label_col="label", filename="frame", category="training", metadata={"by": "pandas"})
    (number,) = uploaded(data.upload_samples(sample))
    got = stored(t, number)
    equal((got.interval_ms, got.values_count, got.metadata), (25, 80, {"by": "pandas"}), "interval, rows, metadata")
    spans = [(span.start_index, span.end_index, span.label) for span in got.structured_labels]
    equal(spans, [(0, 29, "a"), (30, 79, "b")], "labels of parts")
    plain = pd.DataFrame({"x": np.arange(60) / 3, "y": np.arange(60.0)})
    result = data.upload_pandas_sample(plain, sample_rate_ms=10, label="plain", filename="plain", category="training")
    (number,) = uploaded(result)
    same(rows_of(t, number), plain.to_numpy()[:, -2:], "values")
    equal(stored(t, number).label, "plain", "label")


def rows_as_samples(t):
    frame = pd.DataFrame({
        "height": [1.5, 2.5, 3.5], "weight": [10, 20, 30], "kind": ["s", "m", "l"],
        "part": ["training", "testing", "training"], "note": ["n1", "n2", "n3"]})
    ids = uploaded(data.upload_pandas_dataframe(
        frame, feature_cols=["height", "weight"], label_col="kind", category_col="part", metadata_cols=["note"]))
    equal(len(ids), 3, "uploads")
    for index, number in enumerate(ids):
        sample = stored(t, number)
        row = frame.iloc[index]
        equal((sample.label, sample.category, sample.metadata), (row["kind"], row["part"], {"note": row["note"]}))
        same(rows_of(t, number), [[row["height"], row["weight"]]], f"values of row {index}")


def wide(t):
    columns = {f"v{n}": [n / 2, n / 4] for n in range(40)}
    frame = pd.DataFrame({"id": [7, 8], "label": ["p", "q"], **columns})
    ids = uploaded(data.upload_pandas_dataframe_wide(
        frame, sample_rate_ms=50, data_col_start=2, label_col="label"))
    for index, number in enumerate(ids):
        equal((stored(t, number).label, stored(t, number).values_count), (["p", "q"][index], 40), "label and rows")
        same(rows_of(t, number), [[n / 2 if index == 0 else n / 4] for n in range(40)], f"values of {index}")
    axes = {f"{axis}{n}": [n + shift, 2 * n + shift] for shift, axis in enumerate("xyz") for n in range(30)}
    frame = pd.DataFrame({"label": ["r", "s"], **axes})
    ids = uploaded(data.upload_pandas_dataframe_wide(
        frame, sample_rate_ms=20, label_col="label", data_col_length=30, data_axis_cols=["x", "y", "z"]))
    for index, number in enumerate(ids):
        same(rows_of(t, number), [[(index + 1) * n + shift for shift in range(3)] for n in range(30)], "values of axes")
        equal([sensor.name for sensor in stored(t, number).sensors], ["x", "y", "z"], "axes")


def groups(t):
    frame = pd.DataFrame({
        "run": ["g1"] * 20 + ["g2"] * 30, "time": [n / 10 for n in range(20)] + [n / 10 for n in range(30)],
        "x": np.arange(50) / 2, "kind": ["u"] * 20 + ["v"] * 30})
    ids = uploaded(data.upload_pandas_dataframe_with_group(
        frame, timestamp_col="time", group_by="run", feature_cols=["x"], label_col="kind"))
    found = {stored(t, number).filename: stored(t, number) for number in ids}
    equal(sorted(found), ["g1", "g2"], "names")
    equal((found["g1"].label, found["g1"].values_count, found["g1"].interval_ms), ("u", 20, 100), "first group")
    same(rows_of(t, found["g2"].id), [[n / 2] for n in range(20, 50)], "values of the second group")
