// The raw signal of a recording, at the impulse's rate and with the block's axes, and the window on it.

import { get, getBlob, latest, project } from "./api.js";
import { Chart, legend } from "./chart.js";
import { labelColor, seriesColor } from "./colors.js";
import { byId, h } from "./dom.js";
import { count, duration, hertz, number, plural } from "./format.js";
import { lengthOf } from "./recordings.js";
import { inputOf, listen, state, update, windowRows } from "./state.js";
import { WindowSlider } from "./window-slider.js";

/** Values that are fetched at most; of longer recordings, the least and the greatest value of many parts are. */
const mostValues = 300_000;
const parts = 4000;

let chart;
let slider;
let shown = null;
let elements;

/** Fills the panel. */
export function showSignal() {
  chart = new Chart({ height: 240, xTitle: "Time (s)", yTitle: "Value", label: "Raw signal" });
  slider = new WindowSlider(chart, (start) => update({ start }));
  chart.element.classList.add("signal");
  elements = {
    facts: h("p", { class: "muted small facts-line" }), picture: h("div", { class: "picture", hidden: true }),
    labels: h("div", { class: "label-strip", hidden: true }), legend: h("div"),
    window: h("p", { class: "small window-line", "aria-live": "polite" }), problem: h("div"),
    hint: h("p", { class: "muted small" },
      "Drag the window, or click beside it. Keys: arrows move it by the impulse's increase, with Shift by a row; " +
      "Page Up and Page Down by a window; Home and End to the ends."),
  };
  byId("signal").replaceChildren(elements.facts, elements.problem, chart.element, elements.picture, elements.labels,
    elements.legend, elements.window, elements.hint);
  chart.element.hidden = true;
  elements.hint.hidden = true;
  listen(["recording", "block", "impulse"], () => load());
  listen(["start"], placeWindow);
}

const fetchSignal = latest(async (signal, sample, block) => {
  const limit = Math.max(1, Math.floor(mostValues / Math.max(1, block.axes.length)));
  const answer = await get(project(`dsp/${block.id}/raw-data/${sample.id}`), { limitPayloadValues: limit }, { signal });
  const isLong = answer.payload.values.length < answer.totalPayloadLength;
  const envelope = isLong
    ? await get(project(`edgedsp/dsp/${block.id}/raw-data/${sample.id}/envelope`), { parts }, { signal }) : null;
  const picture = answer.sample.chartType === "image"
    ? await getBlob(project(`raw-data/${sample.id}/image`), {}, { signal }).catch(() => null) : null;
  return { answer, envelope, picture };
});

async function load() {
  const { recording, block } = state;
  if (!recording || !block) return;
  const title = byId("signal-title");
  title.textContent = `Raw data: ${recording.filename}`;
  elements.facts.textContent = "Reading the recording…";
  try {
    const result = await fetchSignal(recording, block);
    if (!result) return;
    elements.problem.replaceChildren();
    show(result);
  } catch (error) {
    shown = null;
    chart.element.hidden = elements.hint.hidden = elements.picture.hidden = elements.labels.hidden = true;
    slider.hide();
    elements.facts.textContent = elements.window.textContent = "";
    elements.legend.replaceChildren();
    elements.problem.replaceChildren(h("div", { class: "notice error" },
      h("p", {}, `${recording.filename} cannot be shown: ${error.message}`)));
  }
}

function show({ answer: { sample, payload, totalPayloadLength }, envelope, picture }) {
  const rows = payload.values;
  const input = inputOf(state.block);
  const interval = payload.intervalMs / 1000;
  const isImage = sample.chartType === "image" || input?.type === "image";
  const isSeries = !isImage && interval > 0 && rows.length > 1;
  shown = isSeries ? { total: totalPayloadLength, interval, ...windowRows(input, payload.intervalMs) } : null;
  chart.element.hidden = isImage || !isSeries;
  elements.hint.hidden = !isSeries;
  showPicture(isImage ? picture : null);
  slider.hide();
  elements.legend.replaceChildren();
  elements.window.textContent = "";
  const unit = [...new Set(payload.sensors.map((sensor) => sensor.units))];
  elements.facts.textContent = [
    ...(isImage ? [`${lengthOf(sample)} pixels`, `${input.imageWidth} × ${input.imageHeight} for the block`] : []),
    ...(isSeries ? [duration(totalPayloadLength * payload.intervalMs), hertz(payload.frequencyHz)] : []),
    ...(isImage ? [] : [plural(totalPayloadLength, "row"), plural(payload.sensors.length, "axis", "axes")]),
    sample.category,
    envelope && `each point of the drawing stands for ${count(envelope.step)} rows`,
  ].filter(Boolean).join(" · ");
  if (isSeries) {
    const series = payload.sensors.map((sensor, axis) => ({
      name: sensor.name, color: seriesColor(axis),
      values: envelope ? interleaved(envelope.lowest[axis], envelope.highest[axis]) : rows.map((row) => row[axis]),
    }));
    const step = envelope ? (envelope.step * interval) / 2 : interval;
    chart.options.yTitle = unit.length === 1 && unit[0] !== "N/A" ? `Value (${unit[0]})` : "Value";
    chart.show({
      x: { start: 0, step, count: series[0].values.length }, series, xRange: [0, totalPayloadLength * interval],
    });
    if (series.length > 1) elements.legend.replaceChildren(legend(series));
  } else if (!isImage && rows.length > 0) {
    elements.legend.replaceChildren(h("dl", { class: "facts single-row" }, payload.sensors.flatMap((sensor, axis) =>
      [h("dt", {}, sensor.name), h("dd", {}, number(rows[0][axis], 6))])));
  }
  showLabels(sample, interval, totalPayloadLength);
  placeWindow();
}

/** Least and greatest values in turns: a line through them fills what the signal fills. */
const interleaved = (lowest, highest) => lowest.flatMap((low, index) => [low, highest[index]]);

/** The picture itself; the address in memory is given back once it is drawn. */
function showPicture(blob) {
  elements.picture.hidden = !blob;
  elements.picture.replaceChildren();
  if (!blob) return;
  const address = URL.createObjectURL(blob);
  elements.picture.append(h("img", { src: address, alt: "The recording", onload: () => URL.revokeObjectURL(address) }));
}

/** Where each label of a recording with several of them holds. */
function showLabels(sample, interval, rows) {
  const labels = shown ? sample.structuredLabels ?? [] : [];
  elements.labels.hidden = labels.length === 0;
  // Rows of labels are those of the file, whose rate may be another.
  const step = (sample.originalIntervalMs || interval * 1000) / 1000;
  const total = rows * interval;
  elements.labels.replaceChildren(...labels.map((span) => h("span", {
    title: `${span.label}: ${number(span.startIndex * step)} s to ${number((span.endIndex + 1) * step)} s`,
    style: {
      left: `${(100 * span.startIndex * step) / total}%`,
      width: `${(100 * (span.endIndex + 1 - span.startIndex) * step) / total}%`,
      "--chip": labelColor(span.label),
    },
  }, span.label)));
}

function placeWindow() {
  if (!shown) return;
  const last = Math.max(0, shown.total - shown.rows);
  if (state.start > last) {
    update({ start: last });
    return;
  }
  slider.set({ start: state.start, ...shown });
  const end = Math.min(shown.total, state.start + shown.rows);
  const seconds = (row) => `${number(row * shown.interval)} s`;
  elements.window.textContent = `Window: ${seconds(state.start)} to ${seconds(end)} ` +
    `(rows ${count(state.start)} to ${count(end - 1)})` +
    (shown.rows > shown.total ? "; the recording is shorter than a window" : "");
}
