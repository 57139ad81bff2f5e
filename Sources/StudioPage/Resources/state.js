// What the page shows just now, and who wants to know when that changes.

const listeners = new Map();
const values = {
  /** Answer of `edgedsp/overview`. */
  overview: null,
  /** The impulse as the server gives it. */
  impulse: null,
  /** The processing block that is shown. */
  block: null,
  /** The recording that is shown: an entry of the sample list. */
  recording: null,
  /** First row of the window, at the impulse's rate. */
  start: 0,
  /** Parameters as the form has them, once the server finds no error in them. */
  parameters: null,
  /** How the features of a window are to be read. */
  output: null,
  /** When parameters were saved last. */
  savedAt: 0,
};

/** The values; change them with `update` alone. */
export const state = values;

/** Sets values and tells those who listen to one of them, each once. */
export function update(changes) {
  const names = Object.keys(changes).filter((name) => values[name] !== changes[name]);
  Object.assign(values, changes);
  const called = new Set(names.flatMap((name) => [...(listeners.get(name) ?? [])]));
  for (const listener of called) listener();
}

/** Calls `listener` whenever one of the named values changes. */
export function listen(names, listener) {
  for (const name of names) {
    if (!listeners.has(name)) listeners.set(name, new Set());
    listeners.get(name).add(listener);
  }
}

/** The input block of a processing block. */
export function inputOf(block) {
  const inputs = values.impulse?.inputBlocks ?? [];
  return inputs.find((input) => input.id === block?.input) ?? inputs[0];
}

/** Rows of a window and of the way to the next one, at an interval in milliseconds. */
export function windowRows(input, intervalMs) {
  if (!input || input.type !== "time-series" || !(intervalMs > 0)) return { rows: 1, increase: 1 };
  // 2000 ms at 62.5 Hz must not lose a row to a rounded quotient.
  const rows = (milliseconds) => Math.max(1, Math.floor(milliseconds / intervalMs + 1e-6));
  return { rows: rows(input.windowSizeMs), increase: rows(input.windowIncreaseMs ?? input.windowSizeMs) };
}
