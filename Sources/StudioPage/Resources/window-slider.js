// The window over the signal: dragged with the mouse or a finger, moved with the keyboard as a slider.

import { h } from "./dom.js";
import { number } from "./format.js";

export class WindowSlider {
  /**
   * @param {Chart} chart the signal, whose abscissa is in seconds.
   * @param {(start: number) => void} onMove gets the first row of the window.
   */
  constructor(chart, onMove) {
    this.chart = chart;
    this.onMove = onMove;
    this.element = h("div", {
      class: "window", role: "slider", tabindex: "0", "aria-label": "Window", "aria-orientation": "horizontal",
      onkeydown: (event) => this.onKey(event),
    });
    this.hide();
    chart.element.append(this.element);
    chart.onDraw = () => this.place();
    chart.element.addEventListener("pointerdown", (event) => this.onPress(event));
    chart.element.addEventListener("pointermove", (event) => this.onDrag(event));
    for (const name of ["pointerup", "pointercancel"]) {
      chart.element.addEventListener(name, () => this.endDrag());
    }
  }

  /** Sets the window: its first row, its length, the length of the signal, and seconds a row. */
  set({ start, rows, total, increase, interval }) {
    Object.assign(this, { start, rows: Math.min(rows, total), total, increase, interval });
    this.element.hidden = false;
    this.element.setAttribute("aria-valuemin", "0");
    this.element.setAttribute("aria-valuemax", String(this.last));
    this.element.setAttribute("aria-valuenow", String(start));
    this.element.setAttribute("aria-valuetext",
      `${number(start * interval)} s to ${number((start + this.rows) * interval)} s`);
    this.place();
  }

  hide() {
    this.element.hidden = true;
    this.total = 0;
  }

  /** The last row at which a window can begin. */
  get last() { return Math.max(0, this.total - this.rows); }

  place() {
    if (!this.total) return;
    const { plot } = this.chart;
    const left = this.chart.xToPixel(this.start * this.interval);
    const right = this.chart.xToPixel((this.start + this.rows) * this.interval);
    const end = Math.min(right, plot.left + plot.width);
    // A window of a few pixels could not be seen, nor grasped.
    const width = Math.max(6, end - left);
    Object.assign(this.element.style, {
      left: `${Math.min(left, plot.left + plot.width - width)}px`, width: `${width}px`, top: `${plot.top}px`,
      height: `${plot.height}px`,
    });
  }

  move(start) {
    const bounded = Math.min(this.last, Math.max(0, Math.round(start)));
    if (bounded !== this.start) this.onMove(bounded);
  }

  pixelOf(event) { return event.clientX - this.chart.element.getBoundingClientRect().left; }
  rowAt(pixel) { return this.chart.pixelToX(pixel) / this.interval; }

  onPress(event) {
    if (!this.total || event.button !== 0) return;
    const row = this.rowAt(this.pixelOf(event));
    const isInside = event.target === this.element || (row >= this.start && row <= this.start + this.rows);
    // Beside the window, it jumps there; inside, it is held where it was grasped.
    this.grip = isInside ? row - this.start : this.rows / 2;
    this.chart.element.setPointerCapture(event.pointerId);
    this.element.classList.add("dragged");
    if (!isInside) this.move(row - this.grip);
    this.element.focus({ preventScroll: true });
    event.preventDefault();
  }

  onDrag(event) {
    if (this.grip === undefined) return;
    this.move(this.rowAt(this.pixelOf(event)) - this.grip);
  }

  endDrag() {
    this.grip = undefined;
    this.element.classList.remove("dragged");
  }

  onKey(event) {
    const step = event.shiftKey ? 1 : this.increase;
    const steps = {
      ArrowRight: step, ArrowUp: step, ArrowLeft: -step, ArrowDown: -step, PageUp: this.rows, PageDown: -this.rows,
      Home: -this.total, End: this.total,
    };
    if (!(event.key in steps) || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    this.move(this.start + steps[event.key]);
  }
}
