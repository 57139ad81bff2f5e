// Starts the page: reads the project and the impulse, then lets each panel follow what is chosen.

import { followState, readAddress } from "./address.js";
import { get, onKeyNeeded, project, useProject } from "./api.js";
import { useLabels } from "./colors.js";
import { showConfig } from "./config.js";
import { byId, h } from "./dom.js";
import { showExplorer } from "./explorer.js";
import { showFeatures } from "./features.js";
import { plural } from "./format.js";
import { showImpulse } from "./impulse.js";
import { askForKey } from "./key.js";
import { findRecording, load as loadRecordings, showRecordings } from "./recordings.js";
import { showSignal } from "./signal.js";
import { update } from "./state.js";

/** Shows an error above everything until it is put away. */
function report(error) {
  console.error(error);
  const notice = h("div", { class: "notice error" }, h("p", {}, error.message),
    h("div", { class: "actions" },
      error.status === 0 && h("button", { type: "button", onclick: () => location.reload() }, "Try again"),
      h("button", { type: "button", onclick: () => notice.remove() }, "Close")));
  byId("notices").replaceChildren(notice);
}

async function start() {
  const { projects } = await get("v1/api/projects");
  const first = projects[0];
  useProject(first.id);
  const wanted = readAddress();
  const [overview, { impulse }, recording] = await Promise.all([
    get(project("edgedsp/overview")), get(project("impulse")),
    wanted.recording === undefined ? null : findRecording(wanted.recording),
  ]);
  showProject(overview);
  useLabels(overview.labels.map((label) => label.name));
  followState();
  const block = impulse.dspBlocks.find((candidate) => candidate.id === wanted.block) ?? impulse.dspBlocks[0] ?? null;
  update({ overview, impulse, block, recording: recording ?? null, start: recording ? wanted.start ?? 0 : 0 });
  await loadRecordings();
}

function showProject(overview) {
  document.title = `${overview.name} – EdgeDSP`;
  byId("project-name").textContent = overview.name;
  const recordings = overview.categories.reduce((sum, category) => sum + category.recordings, 0);
  byId("project-facts").textContent =
    `${plural(recordings, "recording")} · ${plural(overview.labels.length, "label")} · EdgeDSP ${overview.version}`;
  byId("read-only").hidden = !overview.isReadOnly;
}

onKeyNeeded(askForKey);
showImpulse(byId("impulse"));
showRecordings(report);
showSignal();
showConfig(report);
showFeatures();
showExplorer();
start().catch(report);
