// Numbers, times and words as people read them.

/** A number with `digits` significant digits, without a tail of zeros; `–` for none. */
export function number(value, digits = 4) {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 1e6 || size < 1e-4) return value.toExponential(Math.max(0, digits - 2)).replace("e+", "e");
  const rounded = Number(value.toPrecision(digits));
  return (size >= 10 ** digits ? Math.round(value) : rounded).toLocaleString("en", {
    maximumFractionDigits: 10, useGrouping: Math.abs(rounded) >= 10000,
  });
}

/** A whole number with separators between thousands. */
export const count = (value) => Math.round(value).toLocaleString("en");

/** Milliseconds as `850 ms`, `2 s`, `1:05 min` or `2:03 h`. */
export function duration(milliseconds) {
  if (!(milliseconds > 0)) return "–";
  if (milliseconds < 1000) return `${number(milliseconds, 3)} ms`;
  if (milliseconds < 60_000) return `${number(milliseconds / 1000, 4)} s`;
  const minutes = Math.floor(milliseconds / 60_000);
  const pad = (part) => String(Math.floor(part)).padStart(2, "0");
  if (minutes < 60) return `${minutes}:${pad((milliseconds / 1000) % 60)} min`;
  return `${Math.floor(minutes / 60)}:${pad(minutes % 60)} h`;
}

/** `1 window`, `2,554 windows`. */
export const plural = (value, noun, many = `${noun}s`) => `${count(value)} ${value === 1 ? noun : many}`;

/** Hertz as `62.5 Hz` or `16 kHz`. */
export const hertz = (value) => (value >= 1000 ? `${number(value / 1000)} kHz` : `${number(value, 6)} Hz`);

/** A first letter in upper case. */
export const capitalized = (text) => text.charAt(0).toUpperCase() + text.slice(1);
