// Points in space on a canvas: turned with the mouse, a finger or the arrow keys, nearer points over farther ones.

import { color } from "./colors.js";
import { framewise, h, prepareCanvas, redrawOnChange } from "./dom.js";
import { extent } from "./ticks.js";

/** The first axis runs to the right, the third to the left, both towards the eye. */
const startView = { turn: -0.65, tilt: 0.4, zoom: 1 };
/** Corners of the unit cube that its axes join. */
const edges = [
  [[0, 0, 0], [1, 0, 0]], [[0, 0, 0], [0, 1, 0]], [[0, 0, 0], [0, 0, 1]],
  [[1, 0, 0], [1, 1, 0]], [[1, 0, 0], [1, 0, 1]], [[0, 1, 0], [1, 1, 0]],
  [[0, 1, 0], [0, 1, 1]], [[0, 0, 1], [1, 0, 1]], [[0, 0, 1], [0, 1, 1]],
];

export class Cloud {
  /**
   * @param listeners `onPoint(point or null)` as one is pointed at, `onPick(point)` as one is clicked,
   *   `isMarked(point)` for those that get an outline.
   */
  constructor(listeners) {
    Object.assign(this, listeners, startView);
    this.points = [];
    this.canvas = h("canvas", {
      class: "chart cloud", role: "application", tabindex: "0", "aria-label": "Feature explorer",
      "aria-roledescription": "three-dimensional chart",
    });
    this.element = h("div", { class: "cloud-box" }, this.canvas,
      h("div", { class: "actions cloud-buttons" },
        this.button("←", "Turn left", () => this.rotate(-0.15, 0)),
        this.button("→", "Turn right", () => this.rotate(0.15, 0)),
        this.button("↑", "Tilt up", () => this.rotate(0, 0.15)),
        this.button("↓", "Tilt down", () => this.rotate(0, -0.15)),
        this.button("+", "Nearer", () => this.scale(1.2)), this.button("−", "Farther", () => this.scale(1 / 1.2)),
        this.button("Reset", "Reset the view", () => this.reset())));
    this.draw = framewise(() => this.drawNow());
    redrawOnChange(this.canvas, this.draw);
    this.listen();
  }

  button(text, title, act) {
    return h("button", { type: "button", class: "quiet", title, "aria-label": title, onclick: act }, text);
  }

  /** Shows points `{place: [x, y, z], label}`; each axis fills the cube with its own range. */
  show(points, names, colorOf) {
    this.names = names;
    this.colors = new Map([...new Set(points.map((point) => point.label))].map((label) => [label, colorOf]));
    const usable = points.filter((point) => point.place.every(Number.isFinite));
    const ranges = [0, 1, 2].map((axis) => extent([usable.map((point) => point.place[axis])]) ?? [0, 1]);
    this.points = usable.map((point) => ({
      ...point, unit: point.place.map((value, axis) => {
        const [low, high] = ranges[axis];
        return high > low ? (value - low) / (high - low) : 0.5;
      }),
    }));
    this.canvas.setAttribute("aria-label",
      `${points.length} windows by ${names.join(", ")}. Arrow keys turn the cube, plus and minus change its size.`);
    this.draw();
  }

  listen() {
    let last = null;
    let moved = 0;
    this.canvas.addEventListener("pointerdown", (event) => {
      last = [event.clientX, event.clientY];
      moved = 0;
      this.canvas.setPointerCapture(event.pointerId);
    });
    this.canvas.addEventListener("pointermove", (event) => {
      if (!last) {
        this.hover(event.offsetX, event.offsetY);
        return;
      }
      const [dx, dy] = [event.clientX - last[0], event.clientY - last[1]];
      last = [event.clientX, event.clientY];
      moved += Math.abs(dx) + Math.abs(dy);
      this.rotate(dx * 0.008, dy * 0.008);
    });
    this.canvas.addEventListener("pointerup", () => {
      last = null;
      if (moved < 4 && this.pointed) this.onPick(this.pointed);
    });
    this.canvas.addEventListener("pointercancel", () => { last = null; });
    this.canvas.addEventListener("wheel", (event) => {
      // Without a modifier the page scrolls, as anywhere else.
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      this.scale(event.deltaY < 0 ? 1.1 : 1 / 1.1);
    }, { passive: false });
    this.canvas.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const acts = {
        ArrowLeft: () => this.rotate(-0.1, 0), ArrowRight: () => this.rotate(0.1, 0),
        ArrowUp: () => this.rotate(0, 0.1), ArrowDown: () => this.rotate(0, -0.1),
        "+": () => this.scale(1.2), "=": () => this.scale(1.2),
        "-": () => this.scale(1 / 1.2), 0: () => this.reset(),
      };
      if (!acts[event.key]) return;
      event.preventDefault();
      acts[event.key]();
    });
  }

  rotate(turn, tilt) {
    this.turn += turn;
    this.tilt = Math.min(Math.PI / 2, Math.max(-Math.PI / 2, this.tilt + tilt));
    this.draw();
  }

  scale(factor) {
    this.zoom = Math.min(8, Math.max(0.4, this.zoom * factor));
    this.draw();
  }

  reset() {
    Object.assign(this, startView);
    this.draw();
  }

  /** A function from a place in the unit cube to pixels and depth (larger is nearer). The second axis points up. */
  projection(width, height) {
    const [sinTurn, cosTurn] = [Math.sin(this.turn), Math.cos(this.turn)];
    const [sinTilt, cosTilt] = [Math.sin(this.tilt), Math.cos(this.tilt)];
    const size = Math.min(width, height) * 0.54 * this.zoom;
    return ([a, b, c]) => {
      const [x, y, z] = [a - 0.5, b - 0.5, c - 0.5];
      const side = x * cosTurn + z * sinTurn;
      const back = -x * sinTurn + z * cosTurn;
      const depth = back * cosTilt + y * sinTilt;
      const scale = (size * 2.8) / (2.8 - depth);
      return [width / 2 + side * scale, height / 2 - (y * cosTilt - back * sinTilt) * scale, depth];
    };
  }

  drawNow() {
    const { context, width, height } = prepareCanvas(this.canvas);
    if (!width || !height) return;
    const project = this.projection(width, height);
    this.drawCube(context, project);
    const textColor = color("text");
    const radius = this.points.length > 3000 ? 2 : 3;
    const styles = new Map([...this.colors ?? []].map(([label, colorOf]) => [label, colorOf(label)]));
    this.places = this.points.map((point) => ({ point, pixel: project(point.unit) }))
      .sort((a, b) => a.pixel[2] - b.pixel[2]);
    for (const { point, pixel } of this.places) {
      // Far points fade, which shows depth where points have one size.
      context.globalAlpha = Math.min(1, Math.max(0.35, 0.75 + pixel[2] * 0.5));
      context.fillStyle = styles.get(point.label);
      context.beginPath();
      context.arc(pixel[0], pixel[1], radius * (1 + pixel[2] * 0.4), 0, 2 * Math.PI);
      context.fill();
      if (this.isMarked?.(point)) {
        context.globalAlpha = 1;
        context.strokeStyle = textColor;
        context.lineWidth = 1;
        context.stroke();
      }
    }
    context.globalAlpha = 1;
    this.drawNames(context, project);
    if (this.pointed) {
      const [x, y] = project(this.pointed.unit);
      context.strokeStyle = textColor;
      context.lineWidth = 2;
      context.beginPath();
      context.arc(x, y, radius + 4, 0, 2 * Math.PI);
      context.stroke();
    }
  }

  drawCube(context, project) {
    context.lineWidth = 1;
    edges.forEach(([from, to], index) => {
      context.strokeStyle = color(index < 3 ? "line-strong" : "grid");
      context.beginPath();
      context.moveTo(...project(from).slice(0, 2));
      context.lineTo(...project(to).slice(0, 2));
      context.stroke();
    });
  }

  /** Names of the axes at their ends, readable over points. */
  drawNames(context, project) {
    context.font = "12px system-ui, sans-serif";
    context.fillStyle = color("text");
    context.strokeStyle = color("inset");
    context.lineWidth = 4;
    context.lineJoin = "round";
    context.textAlign = "center";
    context.textBaseline = "middle";
    [[1.08, 0, 0], [0, 1.07, 0], [0, 0, 1.08]].forEach((place, axis) => {
      const [x, y] = project(place);
      const text = `${"XYZ"[axis]} ${this.names?.[axis] ?? ""}`;
      const half = context.measureText(text).width / 2 + 4;
      const left = Math.min(this.canvas.clientWidth - half, Math.max(half, x));
      context.strokeText(text, left, y);
      context.fillText(text, left, y);
    });
  }

  /** Finds the nearest point within a few pixels. */
  hover(x, y) {
    let best = null;
    let least = 64;
    for (const { point, pixel } of this.places ?? []) {
      const distance = (pixel[0] - x) ** 2 + (pixel[1] - y) ** 2;
      if (distance <= least) [best, least] = [point, distance];
    }
    if (best === this.pointed) return;
    this.pointed = best;
    this.onPoint(best);
    this.draw();
  }
}
