// The graphs that a block draws of a window: lines on a canvas, pictures as they come.

import { Chart, legend } from "./chart.js";
import { seriesColor } from "./colors.js";
import { h } from "./dom.js";
import { state } from "./state.js";

/**
 * Graphs whose numbers are not what Studio's titles say, by name and title of the ordinate: what they are.
 *
 * Clients of the server get Studio's titles; people get these.
 */
const corrections = {
  "After filter\nValue": { xTitle: "Time (ms)" },
  "Filter response\ndB": { yTitle: "Magnitude (dB)", factor: 20, floor: -100 },
  "Spectral power (log)\nEnergy": { yTitle: "log10 of power", shortTitle: "Power density" },
  "Spectral power (linear)\nEnergy": { yTitle: "Power", shortTitle: "Power density" },
  "Wavelet Approximation\nValue": { xTitle: "Rank, over the window's length (ms)", yTitle: "Sorted values" },
  "Wavelet function\nValue": { xTitle: "Time (samples)" },
};

/** Picture formats that a graph may have; nothing else becomes an address. */
const pictureTypes = new Set(["image/svg+xml", "image/png", "image/jpeg"]);

export class GraphList {
  constructor() {
    this.element = h("div", { class: "graphs" });
    this.views = new Map();
  }

  /** Shows Studio's `DspRunGraph`s. A graph of the same name and kind keeps its place, so that nothing jumps. */
  show(graphs) {
    const key = (graph) => `${graph.name}\n${graph.type === "image" ? "image" : "lines"}`;
    const wanted = new Map(graphs.map((graph) => [key(graph), graph]));
    const names = [...wanted.keys()];
    if (names.join("\n\n") !== [...this.views.keys()].join("\n\n")) {
      const old = this.views;
      this.views = new Map(names.map((name) => [name, old.get(name) ?? makeView(wanted.get(name))]));
      this.element.replaceChildren(...[...this.views.values()].map((view) => view.element));
    }
    for (const [name, view] of this.views) view.show(wanted.get(name));
  }
}

const makeView = (graph) => (graph.type === "image" ? new PictureView(graph.name) : new LinesView(graph));

class PictureView {
  constructor(name) {
    this.image = h("img", { alt: name });
    this.element = h("figure", { class: "wide" }, h("figcaption", {}, name), this.image);
  }

  show(graph) {
    if (!pictureTypes.has(graph.imageMimeType)) return;
    this.image.src = `data:${graph.imageMimeType};base64,${graph.image}`;
  }
}

class LinesView {
  constructor(graph) {
    const titles = graph.axisLabels ?? { X: "", y: "" };
    this.correction = corrections[`${graph.name}\n${titles.y}`] ?? {};
    const { xTitle = titles.X, yTitle = titles.y } = this.correction;
    this.chart = new Chart({ height: 200, xTitle, yTitle, label: graph.name });
    this.keys = h("div");
    this.element = h("figure", {}, h("figcaption", {}, graph.name), this.chart.element, this.keys);
  }

  show(graph) {
    const axes = state.block?.axes ?? [];
    const lines = Object.entries(graph.X ?? {});
    const { factor = 1, floor = -Infinity, shortTitle } = this.correction;
    // Version 1 draws densities without the first bin, whatever the title says.
    const isShort = shortTitle !== undefined && lines[0]?.[1].length === graph.y.length - 1;
    if (isShort) this.chart.options.yTitle = shortTitle;
    const corrected = (values) =>
      (factor === 1 ? values : values.map((value) => (value === null ? null : Math.max(floor, value * factor))));
    // The answer's names have no order of their own; axes keep that of the block, and its colours.
    const place = (name) => (axes.includes(name) ? axes.indexOf(name) : axes.length);
    lines.sort(([a], [b]) => place(a) - place(b));
    const series = lines.map(([name, values], index) => ({
      name: name === "0" ? graph.name : name, color: seriesColor(axes.includes(name) ? place(name) : index),
      values: corrected(values),
    }));
    this.chart.show({
      x: graph.y?.slice(isShort ? 1 : 0) ?? [], series, xRange: [graph.suggestedXMin, graph.suggestedXMax],
      yRange: [graph.suggestedYMin, graph.suggestedYMax], logarithmic: graph.type === "logarithmic",
      lineWidth: graph.lineWidth ?? 1.5,
    });
    const legendKey = series.map((line) => line.name).join("\n");
    if (legendKey !== this.legendKey) {
      this.legendKey = legendKey;
      this.keys.replaceChildren(series.length > 1 ? legend(series) : "");
    }
  }
}
