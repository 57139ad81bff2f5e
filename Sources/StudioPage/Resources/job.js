// The job that generates features: start, follow, tell how it ended.

import { get, post, project, ServerError } from "./api.js";

const pause = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); });

/**
 * Generates the features of a block and waits until that is done.
 *
 * @param log an element for the job's own words; it stays visible after a failure alone.
 * @param status an element for one line on what happens.
 */
export async function generateFeatures(id, log, status) {
  const { id: job } = await post(project("jobs/generate-features"), { dspId: id, calculateFeatureImportance: true });
  log.hidden = false;
  log.textContent = "";
  for (let wait = 100; ; wait = Math.min(1000, wait * 1.5)) {
    const [answer, output] = await Promise.all([
      get(project(`jobs/${job}/status`)), get(project(`jobs/${job}/stdout`)).catch(() => ({ stdout: [] })),
    ]);
    show(log, output.stdout ?? []);
    const state = answer.job;
    status.textContent = state.finished ? "" : state.started ? "Generating features…" : "Waiting for another job…";
    if (state.finished) {
      log.hidden = state.finishedSuccessful === true;
      if (state.finishedSuccessful !== true) throw new ServerError("The job failed: its log says why.", 200);
      return;
    }
    await pause(wait);
  }
}

/** Lines in the order of time, whichever way round the server gives them. */
function show(log, lines) {
  const sorted = [...lines].sort((a, b) => String(a.created).localeCompare(String(b.created)));
  log.textContent = sorted.map((line) => line.data).join("").trimEnd();
  log.scrollTop = log.scrollHeight;
}
