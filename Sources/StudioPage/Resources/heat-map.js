// A matrix as colours, on a canvas, with its scale and the value under the pointer.

import { color, heat } from "./colors.js";
import { framewise, h, prepareCanvas, redrawOnChange } from "./dom.js";
import { number } from "./format.js";
import { extent, ticks } from "./ticks.js";

const margin = { left: 44, right: 70, top: 8, bottom: 36 };

export class HeatMap {
  constructor(label) {
    this.label = label;
    this.canvas = h("canvas", { class: "chart", role: "img", style: { height: "260px" } });
    this.readout = h("div", { class: "readout", "aria-hidden": "true" });
    this.element = h("div", { class: "chart-box" }, this.canvas, this.readout);
    this.draw = framewise(() => this.drawNow());
    redrawOnChange(this.canvas, this.draw);
    this.canvas.addEventListener("pointermove", (event) => this.point(event.offsetX, event.offsetY));
    this.canvas.addEventListener("pointerleave", () => { this.readout.textContent = ""; });
  }

  /** Shows `columns` columns of `rows` values, column after column; the first value of a column is at the bottom. */
  show(values, columns, rows, xTitle, yTitle) {
    Object.assign(this, { values, columns, rows, xTitle, yTitle });
    this.range = extent([values]) ?? [0, 1];
    this.canvas.setAttribute("aria-label",
      `${this.label}: ${columns} frames of ${rows} values from ${number(this.range[0])} to ${number(this.range[1])}`);
    this.readout.textContent = "";
    this.paint();
    this.draw();
  }

  /** The matrix, a pixel a cell. */
  paint() {
    const [low, high] = this.range;
    const image = new ImageData(this.columns, this.rows);
    for (let column = 0; column < this.columns; column += 1) {
      for (let row = 0; row < this.rows; row += 1) {
        const value = this.values[column * this.rows + row];
        if (value === null || value === undefined) continue;
        const place = ((this.rows - 1 - row) * this.columns + column) * 4;
        image.data.set(heat(high > low ? (value - low) / (high - low) : 0), place);
        image.data[place + 3] = 255;
      }
    }
    this.cells = new OffscreenCanvas(this.columns, this.rows);
    this.cells.getContext("2d").putImageData(image, 0, 0);
  }

  get plot() {
    return {
      left: margin.left, top: margin.top, width: Math.max(1, this.canvas.clientWidth - margin.left - margin.right),
      height: Math.max(1, this.canvas.clientHeight - margin.top - margin.bottom),
    };
  }

  drawNow() {
    const { context, width } = prepareCanvas(this.canvas);
    if (!width || !this.cells) return;
    const plot = this.plot;
    context.imageSmoothingEnabled = false;
    context.drawImage(this.cells, plot.left, plot.top, plot.width, plot.height);
    context.font = "12px system-ui, sans-serif";
    context.fillStyle = color("muted");
    context.textAlign = "center";
    context.textBaseline = "top";
    for (const value of ticks(0, this.columns, plot.width / 80)) {
      if (value >= this.columns) continue;
      context.fillText(value, plot.left + ((value + 0.5) / this.columns) * plot.width, plot.top + plot.height + 5);
    }
    context.fillText(this.xTitle, plot.left + plot.width / 2, plot.top + plot.height + 20);
    context.textAlign = "right";
    context.textBaseline = "middle";
    for (const value of ticks(0, this.rows, plot.height / 40)) {
      if (value >= this.rows) continue;
      context.fillText(value, plot.left - 5, plot.top + plot.height * (1 - (value + 0.5) / this.rows));
    }
    context.save();
    context.translate(10, plot.top + plot.height / 2);
    context.rotate(-Math.PI / 2);
    context.textAlign = "center";
    context.fillText(this.yTitle, 0, 0);
    context.restore();
    this.drawScale(context, plot);
  }

  drawScale(context, plot) {
    const left = plot.left + plot.width + 12;
    for (let y = 0; y < plot.height; y += 1) {
      context.fillStyle = `rgb(${heat(1 - y / plot.height).map(Math.round).join(" ")})`;
      context.fillRect(left, plot.top + y, 10, 1.5);
    }
    context.fillStyle = color("muted");
    context.textAlign = "left";
    const [low, high] = this.range;
    for (const [value, y] of [[high, 6], [(low + high) / 2, plot.height / 2], [low, plot.height - 6]]) {
      context.fillText(number(value, 3), left + 14, plot.top + y);
    }
  }

  point(x, y) {
    if (!this.cells) return;
    const plot = this.plot;
    const column = Math.floor(((x - plot.left) / plot.width) * this.columns);
    const row = Math.floor((1 - (y - plot.top) / plot.height) * this.rows);
    const isInside = column >= 0 && column < this.columns && row >= 0 && row < this.rows;
    this.readout.textContent = isInside
      ? `${this.xTitle.toLowerCase()} ${column}, feature ${row}: ${number(this.values[column * this.rows + row])}` : "";
  }
}
