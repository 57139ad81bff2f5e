// Features in the form that suits them: a table of features by axes, a picture of frames, or a line.

import { Chart } from "./chart.js";
import { color, seriesColor } from "./colors.js";
import { h } from "./dom.js";
import { number } from "./format.js";
import { HeatMap } from "./heat-map.js";

/** Tables of more rows would be scrolled, not read. */
const mostRows = 64;

export class FeatureView {
  constructor() {
    this.features = [];
    this.table = h("div", { class: "table-scroll", tabindex: "0", role: "region", "aria-label": "Features" });
    this.chart = new Chart({ height: 200, xTitle: "Feature", yTitle: "Value", label: "Features" });
    this.map = new HeatMap("Features");
    this.element = h("div", { class: "feature-view" }, this.table, this.chart.element, this.map.element);
    this.choose(null);
  }

  choose(part) {
    for (const [name, element] of [["table", this.table], ["chart", this.chart.element], ["map", this.map.element]]) {
      element.hidden = name !== part;
    }
  }

  /**
   * Shows features.
   *
   * @param {number[]} features null is a value that is no number.
   * @param {string[]} labels one a feature, or those of the first axis.
   * @param {{type: string, shape: object}} output how the features are to be read.
   */
  show(features, labels, axes, output) {
    this.features = features;
    const matrix = byAxis(features, labels, axes);
    if (output?.type === "spectrogram" && output.shape?.height > 1 && features.length > output.shape.height) {
      this.choose("map");
      const rows = output.shape.height;
      this.map.show(features, Math.floor(features.length / rows), rows, "Frame", "Feature of the frame");
    } else if (output?.type === "image") {
      // The block's own graph is the picture that the features make.
      this.choose(null);
    } else if (matrix && matrix.rows.length <= mostRows) {
      this.choose("table");
      this.table.replaceChildren(featureTable(matrix));
    } else {
      this.choose("chart");
      const names = labels.length === features.length ? labels : undefined;
      this.chart.names = names;
      this.chart.show({
        x: { start: 0, step: 1, count: features.length },
        series: [{ name: "Features", color: seriesColor(0), values: features }],
      });
    }
  }
}

/** Features as rows by name and columns by axis; null where they have no names. */
function byAxis(features, labels, axes) {
  if (labels.length === 0) return null;
  const each = features.length / axes.length;
  const isRepeated = Number.isInteger(each) && (labels.length === each || labels.length === features.length);
  if (!isRepeated) {
    if (labels.length !== features.length) return null;
    return { columns: ["Value"], rows: labels.map((name, row) => ({ name, values: [features[row]] })) };
  }
  const plain = (label) => (label.startsWith(`${axes[0]} `) ? label.slice(axes[0].length + 1) : label);
  return {
    columns: axes,
    rows: labels.slice(0, each).map((label, row) => ({
      name: plain(label), values: axes.map((_, axis) => features[axis * each + row]),
    })),
  };
}

function featureTable({ columns, rows }) {
  return h("table", { class: "features" },
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Feature"),
      columns.map((name, column) => h("th", { scope: "col", class: "number" },
        columns.length > 1 && h("span", { class: "dot", style: { "--chip": seriesColor(column) } }), name)))),
    h("tbody", {}, rows.map((row) => {
      // Bars compare the axes of one feature: features have units of their own.
      const largest = Math.max(...row.values.map((value) => Math.abs(value ?? 0)), 1e-30);
      return h("tr", {}, h("th", { scope: "row" }, row.name), row.values.map((value, column) =>
        h("td", {
          class: "number", style: {
            "--share": `${(100 * Math.abs(value ?? 0)) / largest}%`,
            "--chip": columns.length > 1 ? seriesColor(column) : color("accent"),
          },
        }, number(value))));
    })));
}
