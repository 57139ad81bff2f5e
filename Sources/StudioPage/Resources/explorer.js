// The feature explorer: generated features of the training windows in three axes, coloured by label, and the job that
// generates them.

import { get, latest, project } from "./api.js";
import { labelColor } from "./colors.js";
import { byId, h } from "./dom.js";
import { Cloud } from "./cloud.js";
import { number, plural } from "./format.js";
import { generateFeatures } from "./job.js";
import { findRecording } from "./recordings.js";
import { inputOf, listen, state, update } from "./state.js";

let parts;
let cloud;
let axes = [0, 1, 2];
let hidden = new Set();
let data = [];

/** Fills the panel. */
export function showExplorer() {
  cloud = new Cloud({
    onPoint: showPoint, onPick: pick, isMarked: (point) => point.source.sample?.id === state.recording?.id,
  });
  const axis = (index) => h("label", {}, `${"XYZ"[index]} axis `, h("select", {
    onchange: (event) => {
      axes[index] = Number(event.target.value);
      loadPoints().catch(showProblem);
    },
  }));
  parts = {
    axes: [0, 1, 2].map(axis), problem: h("div"),
    legend: h("div", { class: "legend", role: "group", "aria-label": "Labels" }),
    facts: h("p", { class: "muted small", role: "status" }), point: h("p", { class: "small point" }),
    generate: h("button", { type: "button", onclick: () => generate().catch(showProblem) }, "Generate features"),
    log: h("pre", { class: "log", hidden: true, tabindex: "0", "aria-label": "Log of the job" }),
  };
  parts.view = h("div", { class: "explorer-view", hidden: true },
    h("div", { class: "explorer-side" }, parts.axes, parts.legend, h("p", { class: "muted small" },
      "Each point is a window; those of the recording above have an outline. Click one to see its window. Drag to " +
      "turn, or use the arrow keys; plus and minus change the size."), parts.point),
    cloud.element);
  byId("explorer").replaceChildren(
    h("div", { class: "actions" }, parts.generate, parts.facts), parts.problem, parts.log, parts.view);
  listen(["block", "savedAt"], () => load().catch(showProblem));
  listen(["recording"], () => cloud.draw());
}

function showProblem(error) {
  parts.problem.replaceChildren(h("div", { class: "notice error" }, h("p", {}, error.message)));
}

const fetchState = latest(async (signal, block) => {
  const [info, metadata, labels, importance] = await Promise.all([
    get(project(`dsp/${block.id}`), {}, { signal }),
    get(project(`dsp/${block.id}/metadata`), { excludeIncludedSamples: true }, { signal }),
    get(project(`dsp/${block.id}/features/labels`), {}, { signal }),
    get(project(`dsp/${block.id}/features/importance`), {}, { signal }).catch(() => ({ labels: {} })),
  ]);
  return { info, metadata, labels: labels.labels, importance };
});

/** Shows whether there are features, whether they are those of the saved parameters, and the points. */
async function load() {
  const { block } = state;
  if (!block) return;
  const found = await fetchState(block);
  if (!found) return;
  parts.problem.replaceChildren();
  const { info, metadata } = found;
  const isGenerated = info.dsp.features.generated;
  parts.generate.textContent = isGenerated ? "Generate again" : "Generate features";
  parts.view.hidden = !isGenerated;
  if (!isGenerated) {
    parts.facts.textContent = `No features yet: ${plural(info.dsp.expectedWindowCount, "training window")} to compute.`;
    return;
  }
  parts.facts.textContent = `${plural(metadata.windowCount, "window")} of ${plural(metadata.featureCount, "feature")}`;
  if (isOutdated(info, metadata)) {
    parts.problem.replaceChildren(h("div", { class: "notice warning" },
      h("p", {}, "These features were generated with other parameters than those that are saved.")));
  }
  fillAxes(found);
  await loadPoints();
}

function isOutdated(info, metadata) {
  const items = (info.config ?? []).flatMap((group) => group.items);
  return items.some((item) => metadata.dspConfig[item.param] !== undefined &&
    metadata.dspConfig[item.param] !== (item.value ?? item.defaultValue));
}

/** Names in the lists of axes; chosen are the features that tell labels apart best, else the first. */
function fillAxes({ metadata, labels, importance }) {
  const names = Array.from({ length: metadata.featureCount }, (_, index) => labels[index] ?? `Feature ${index}`);
  const ranking = rank(importance.labels, names);
  axes = ranking.length >= 3 ? ranking.slice(0, 3) : [0, 1, 2].map((index) => Math.min(index, names.length - 1));
  parts.axes.forEach((label, index) => {
    const select = label.querySelector("select");
    select.replaceChildren(...names.map((name, value) => h("option", { value }, name)));
    select.value = String(axes[index]);
  });
}

/** Features by importance for all labels together. */
function rank(labels, names) {
  const sums = new Map();
  for (const { features = [] } of Object.values(labels ?? {})) {
    for (const { axis, importance } of features) sums.set(axis, (sums.get(axis) ?? 0) + importance);
  }
  return [...sums].sort((a, b) => b[1] - a[1]).map(([name]) => names.indexOf(name)).filter((index) => index >= 0);
}

const fetchPoints = latest((signal, id, [featureAx1, featureAx2, featureAx3]) =>
  get(project(`dsp/${id}/features/get-graph/training`), { featureAx1, featureAx2, featureAx3 }, { signal }));

async function loadPoints() {
  const answer = await fetchPoints(state.block.id, axes);
  if (!answer) return;
  data = answer.data;
  if (data.length < answer.totalSampleCount) {
    parts.facts.textContent = `${plural(answer.totalSampleCount, "window")}, of which ${data.length} are drawn`;
  }
  const names = [...new Set(data.map((point) => point.yLabel))].sort();
  hidden = new Set([...hidden].filter((name) => names.includes(name)));
  parts.legend.replaceChildren(...names.map(legendEntry));
  draw();
}

/** A label with a switch for its points. */
function legendEntry(name) {
  const change = (event) => {
    if (event.target.checked) hidden.delete(name);
    else hidden.add(name);
    draw();
  };
  return h("label", { class: "chip", style: { "--chip": labelColor(name) } },
    h("input", { type: "checkbox", checked: !hidden.has(name), onchange: change }), name || "no label");
}

function draw() {
  const names = parts.axes.map((label) => label.querySelector("select").selectedOptions[0]?.textContent ?? "");
  const points = data.filter((point) => !hidden.has(point.yLabel)).map((point) => ({
    // Three axes may name one feature twice: the answer then has fewer values.
    place: axes.map((axis) => point.X[axis] ?? 0), label: point.yLabel, source: point,
  }));
  cloud.show(points, names, labelColor);
}

function showPoint(point) {
  if (!point) {
    parts.point.textContent = "";
    return;
  }
  const { sample, yLabel } = point.source;
  const values = point.place.map((value) => number(value)).join(", ");
  const place = sample && `${sample.name}, ${number(sample.startMs / 1000)} s to ${number(sample.endMs / 1000)} s`;
  parts.point.textContent = `${[place, yLabel || "no label"].filter(Boolean).join(", ")}: ${values}`;
}

/** Shows the recording and the window of a point. */
async function pick(point) {
  const source = point.source.sample;
  if (!source) return;
  try {
    const sample = await findRecording(Math.round(source.id));
    if (!sample) throw new Error(`${source.name} is no longer in the dataset.`);
    const input = inputOf(state.block);
    update({ recording: sample, start: Math.round((source.startMs * (input?.frequencyHz ?? 0)) / 1000) });
  } catch (error) {
    showProblem(error);
  }
}

async function generate() {
  parts.generate.disabled = true;
  parts.problem.replaceChildren();
  try {
    await generateFeatures(state.block.id, parts.log, parts.facts);
  } finally {
    parts.generate.disabled = false;
  }
  await load();
}
