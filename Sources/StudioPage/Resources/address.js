// What is shown, in the part of the address behind `#`: a page that is reloaded or sent on shows the same.

import { listen, state } from "./state.js";

/** Ids and place that the address names; undefined where it names none. */
export function readAddress() {
  const parameters = new URLSearchParams(location.hash.slice(1));
  const whole = (name) => (/^\d{1,15}$/.test(parameters.get(name) ?? "") ? Number(parameters.get(name)) : undefined);
  return { block: whole("block"), recording: whole("recording"), start: whole("start") };
}

/** Keeps the address in step, without entries in the history. */
export function followState() {
  listen(["block", "recording", "start"], () => {
    const parameters = new URLSearchParams();
    if (state.block) parameters.set("block", state.block.id);
    if (state.recording) parameters.set("recording", state.recording.id);
    if (state.start) parameters.set("start", state.start);
    history.replaceState(null, "", `#${parameters}`);
  });
}
