// A chart of lines over a common abscissa, on a canvas. It draws tens of thousands of points without delay: of those
// that share a column of pixels, only the least and the greatest are drawn.

import { color } from "./colors.js";
import { framewise, h, prepareCanvas, redrawOnChange } from "./dom.js";
import { number } from "./format.js";
import { extent, padded, ticks, tickText } from "./ticks.js";

const margin = { left: 56, right: 12, top: 8, bottom: 36 };

export class Chart {
  /**
   * @param {object} options `height` in pixels, `xTitle`, `yTitle`, `label` for people who do not see it.
   */
  constructor(options) {
    this.options = options;
    this.series = [];
    this.canvas = h("canvas", { class: "chart", role: "img", style: { height: `${options.height ?? 220}px` } });
    this.readout = h("div", { class: "readout", "aria-hidden": "true" });
    this.element = h("div", { class: "chart-box" }, this.canvas, this.readout);
    this.draw = framewise(() => this.drawNow());
    redrawOnChange(this.canvas, this.draw);
    this.canvas.addEventListener("pointermove", (event) => this.point(event.offsetX));
    this.canvas.addEventListener("pointerleave", () => this.point(null));
  }

  /**
   * Shows lines.
   *
   * @param {object} data `x` (list, or `{start, step, count}`), `series` (`[{name, color, values}]`, null is a gap),
   *   `xRange` and `yRange` (either end may be undefined: it is left to the data), `logarithmic`, `lineWidth`.
   */
  show(data) {
    Object.assign(this, { lineWidth: 1.25, logarithmic: false, xRange: [], yRange: [] }, data);
    this.hover = null;
    this.readout.textContent = "";
    this.canvas.setAttribute("aria-label", this.describe());
    this.draw();
  }

  get count() { return Array.isArray(this.x) ? this.x.length : this.x?.count ?? 0; }
  xAt(index) { return Array.isArray(this.x) ? this.x[index] : this.x.start + index * this.x.step; }
  yAt(value) { return this.logarithmic ? (value > 0 ? Math.log10(value) : null) : value; }

  /** The rectangle in which lines are drawn, in pixels of the canvas. */
  get plot() {
    return {
      left: margin.left, top: margin.top, width: Math.max(1, this.canvas.clientWidth - margin.left - margin.right),
      height: Math.max(1, this.canvas.clientHeight - margin.top - margin.bottom),
    };
  }

  /** Values at both ends of the abscissa. */
  get xEnds() {
    const [first, last] = [this.xAt(0), this.xAt(Math.max(0, this.count - 1))];
    const low = Math.min(this.xRange[0] ?? first, first);
    const high = Math.max(this.xRange[1] ?? last, last);
    return high > low ? [low, high] : [low, low + 1];
  }

  get yEnds() {
    const shown = (line) => (this.logarithmic ? line.values.map((value) => this.yAt(value)) : line.values);
    const [low, high] = extent(this.series.map(shown)) ?? [0, 1];
    return padded([Math.min(low, this.yRange[0] ?? low), Math.max(high, this.yRange[1] ?? high)]);
  }

  xToPixel(value) {
    const [low, high] = this.xEnds;
    return this.plot.left + ((value - low) / (high - low)) * this.plot.width;
  }

  pixelToX(pixel) {
    const [low, high] = this.xEnds;
    return low + ((pixel - this.plot.left) / this.plot.width) * (high - low);
  }

  describe() {
    const lines = this.series.map((line) => {
      const range = extent([line.values]);
      return range ? `${line.name} from ${number(range[0])} to ${number(range[1])}` : `${line.name} without values`;
    });
    const title = this.options.label ?? this.options.yTitle ?? "Chart";
    const [low, high] = this.count ? this.xEnds : [0, 0];
    return `${title}: ${lines.join("; ")}. ${this.options.xTitle ?? ""} from ${number(low)} to ${number(high)}.`;
  }

  drawNow() {
    const { context, width, height } = prepareCanvas(this.canvas);
    if (!width || !height || !this.count) return;
    const plot = this.plot;
    const yEnds = this.yEnds;
    const yToPixel = (value) => plot.top + plot.height - ((value - yEnds[0]) / (yEnds[1] - yEnds[0])) * plot.height;
    this.drawAxes(context, plot, yEnds, yToPixel);
    context.save();
    context.beginPath();
    context.rect(plot.left, plot.top, plot.width, plot.height);
    context.clip();
    for (const line of this.series) this.drawLine(context, line, yToPixel);
    context.restore();
    if (this.hover !== null && this.hover !== undefined) {
      const x = this.xToPixel(this.xAt(this.hover));
      context.strokeStyle = color("line-strong");
      context.lineWidth = 1;
      context.beginPath();
      context.moveTo(x, plot.top);
      context.lineTo(x, plot.top + plot.height);
      context.stroke();
    }
    this.onDraw?.(context, plot);
  }

  drawAxes(context, plot, yEnds, yToPixel) {
    context.font = "12px system-ui, sans-serif";
    context.lineWidth = 1;
    context.strokeStyle = color("grid");
    context.fillStyle = color("muted");
    context.textBaseline = "middle";
    context.textAlign = "right";
    const yTicks = ticks(yEnds[0], yEnds[1], plot.height / 32);
    const yText = tickText(yTicks.map((value) => (this.logarithmic ? 10 ** value : value)));
    for (const value of yTicks) {
      const y = Math.round(yToPixel(value)) + 0.5;
      context.beginPath();
      context.moveTo(plot.left, y);
      context.lineTo(plot.left + plot.width, y);
      context.stroke();
      context.fillText(this.logarithmic ? number(10 ** value, 2) : yText(value), plot.left - 6, y);
    }
    context.textAlign = "center";
    context.textBaseline = "top";
    const xTicks = ticks(...this.xEnds, plot.width / 60);
    const xText = tickText(xTicks);
    for (const value of xTicks) {
      const x = Math.round(this.xToPixel(value)) + 0.5;
      context.beginPath();
      context.moveTo(x, plot.top);
      context.lineTo(x, plot.top + plot.height);
      context.stroke();
      context.fillText(xText(value), Math.min(x, plot.left + plot.width - 8), plot.top + plot.height + 5);
    }
    context.fillText(this.options.xTitle ?? "", plot.left + plot.width / 2, plot.top + plot.height + 20);
    context.save();
    context.translate(11, plot.top + plot.height / 2);
    context.rotate(-Math.PI / 2);
    context.fillText(this.options.yTitle ?? "", 0, -6);
    context.restore();
  }

  drawLine(context, line, yToPixel) {
    context.strokeStyle = line.color;
    context.lineWidth = this.lineWidth;
    context.lineJoin = "round";
    context.beginPath();
    const total = Math.min(this.count, line.values.length);
    const step = Math.max(1, total / (this.plot.width * 2));
    let isOpen = false;
    const add = (index) => {
      const value = this.yAt(line.values[index]);
      if (value === null || !Number.isFinite(value)) {
        isOpen = false;
        return;
      }
      const [x, y] = [this.xToPixel(this.xAt(index)), yToPixel(value)];
      if (isOpen) context.lineTo(x, y);
      else context.moveTo(x, y);
      isOpen = true;
    };
    if (step === 1) {
      for (let index = 0; index < total; index += 1) add(index);
    } else {
      for (let from = 0; from < total; from += step) {
        const to = Math.min(total, Math.floor(from + step));
        for (const index of extremes(line.values, Math.floor(from), to)) add(index);
      }
    }
    context.stroke();
  }

  /** Shows the values nearest to a pixel; none for null. */
  point(pixel) {
    if (!this.count) return;
    const plot = this.plot;
    const isInside = pixel !== null && pixel >= plot.left - 4 && pixel <= plot.left + plot.width + 4;
    this.hover = isInside ? this.nearest(this.pixelToX(pixel)) : null;
    this.readout.textContent = this.hover === null ? "" : this.readoutText(this.hover);
    this.draw();
  }

  readoutText(index) {
    const name = (line) => (this.series.length > 1 ? `${line.name} ` : "");
    const values = this.series.map((line) => name(line) + number(line.values[index]));
    const at = this.names?.[index] ?? number(this.xAt(index));
    return `${at}: ${values.join(", ")}`;
  }

  nearest(value) {
    if (!Array.isArray(this.x)) {
      return Math.min(this.count - 1, Math.max(0, Math.round((value - this.x.start) / (this.x.step || 1))));
    }
    let [low, high] = [0, this.count - 1];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.x[middle] <= value) low = middle;
      else high = middle;
    }
    return value - this.x[low] <= this.x[high] - value ? low : high;
  }
}

/** Places of the least and the greatest value of a part of a list, in order. */
function extremes(values, from, to) {
  let [low, high] = [from, from];
  for (let index = from; index < to; index += 1) {
    if (values[index] < values[low]) low = index;
    if (values[index] > values[high]) high = index;
  }
  return low === high ? [low] : low < high ? [low, high] : [high, low];
}

/** A legend for lines. */
export function legend(series) {
  return h("ul", { class: "legend" }, series.map((line) =>
    h("li", { class: "chip", style: { "--chip": line.color } }, line.name)));
}
