// Features of the window and the block's graphs, run again whenever the window or a parameter changes.

import { post, project } from "./api.js";
import { byId, framewise, h } from "./dom.js";
import { count, plural } from "./format.js";
import { FeatureView } from "./feature-view.js";
import { GraphList } from "./graphs.js";
import { listen, state } from "./state.js";

let parts;
const view = new FeatureView();
const graphs = new GraphList();
/** Whether a run is under way, and whether another one is to follow it. */
let isRunning = false;
let isStale = false;

/** Fills the panel. */
export function showFeatures() {
  parts = {
    summary: h("p", { class: "muted small", role: "status" }), problem: h("div"),
    copy: h("button", { type: "button", class: "quiet", onclick: copy }, "Copy features"),
  };
  byId("features").replaceChildren(
    h("div", { class: "feature-head" }, parts.summary, parts.copy), parts.problem, view.element, graphs.element);
  parts.copy.hidden = true;
  listen(["recording", "start", "parameters", "output"], framewise(refresh));
}

const run = (block, recording, start, parameters) => post(
  project(`dsp/${block.id}/raw-data/${recording.id}/slice/run`), { params: parameters, store: false },
  { sliceStart: start });

/** What is wrong with the window's own values; nothing for a server that does not tell. */
const check = (block, recording, start, parameters) => post(
  project(`edgedsp/dsp/${block.id}/raw-data/${recording.id}/check`), { config: parameters }, { sliceStart: start },
).then((answer) => answer.problems, () => []);

/** While the window is dragged, one run follows the other without a queue between them. */
async function refresh() {
  if (isRunning) {
    isStale = true;
    return;
  }
  const { block, recording, start, parameters, output } = state;
  if (!block || !recording) return;
  if (!parameters) {
    if (output?.refused) showProblem("The parameters are not valid: see the messages beside them.", "warning");
    return;
  }
  isRunning = true;
  isStale = false;
  byId("features-panel").setAttribute("aria-busy", "true");
  try {
    const values = [block, recording, start, parameters];
    const [answer, warnings] = await Promise.all([run(...values), check(...values)]);
    if (state.block === block) show(answer, warnings, block, output);
  } catch (error) {
    showProblem(error.message, "error");
  } finally {
    isRunning = false;
    byId("features-panel").setAttribute("aria-busy", "false");
    if (isStale) refresh();
  }
}

function showProblem(text, severity) {
  parts.problem.replaceChildren(h("div", { class: `notice ${severity}` }, h("p", {}, text)));
  // What is still shown belongs to other settings.
  for (const element of [view.element, graphs.element]) element.classList.add("outdated");
  parts.summary.textContent = "";
  parts.copy.hidden = true;
}

function show(answer, warnings, block, output) {
  parts.problem.replaceChildren(...warnings.map((warning) => h("div", { class: "notice warning" },
    h("p", {}, `${warning.parameter}: ${warning.rule}${warning.suggestion ? `; ${warning.suggestion}` : ""}.`))));
  for (const element of [view.element, graphs.element]) element.classList.remove("outdated");
  const label = answer.labelForWindow ?? answer.labelAtEndOfWindow;
  const { performance } = answer;
  parts.summary.textContent = [
    plural(answer.features.length, "feature"), label && `label ${label}`,
    performance && `about ${count(performance.latency)} ms and ${count(performance.ram / 1024)} KB on a device`,
  ].filter(Boolean).join(" · ");
  parts.copy.hidden = false;
  view.show(answer.features, answer.labels ?? [], block.axes, output);
  graphs.show(answer.graphs);
}

async function copy() {
  const text = view.features.join(", ");
  try {
    await navigator.clipboard.writeText(text);
    parts.copy.textContent = "Copied";
  } catch {
    parts.copy.textContent = "The browser refused";
  }
  setTimeout(() => { parts.copy.textContent = "Copy features"; }, 1500);
}
