// Colours of labels, lines and heat maps.

const style = () => getComputedStyle(document.documentElement);

/** A colour variable of the style sheet. */
export const color = (name) => style().getPropertyValue(`--${name}`).trim();

/** The colour of the line or label with a number from 0; eight are fixed, others go around the circle. */
export function seriesColor(index) {
  if (index < 8) return color(`series-${index + 1}`);
  const isDark = matchMedia("(prefers-color-scheme: dark)").matches;
  return `hsl(${Math.round((index * 137.508) % 360)} 65% ${isDark ? 70 : 38}%)`;
}

let labels = [];

/** Tells which labels there are; each keeps the colour of its place in the list. */
export function useLabels(names) { labels = names; }

/** The colour of a label; grey for none. */
export function labelColor(label) {
  const index = labels.indexOf(label);
  return index < 0 ? color("line-strong") : seriesColor(index);
}

/** Dark blue over green to yellow: rises evenly in lightness, and tells values apart without hues. */
const stops = [
  [68, 1, 84], [71, 44, 122], [59, 81, 139], [44, 113, 142], [33, 144, 141], [39, 173, 129], [92, 200, 99],
  [170, 220, 50], [253, 231, 37],
];

/** Red, green and blue (0 to 255) for a share from 0 to 1. */
export function heat(share) {
  const place = Math.min(1, Math.max(0, share)) * (stops.length - 1);
  const lower = Math.min(stops.length - 2, Math.floor(place));
  return stops[lower].map((value, channel) => value + (stops[lower + 1][channel] - value) * (place - lower));
}
