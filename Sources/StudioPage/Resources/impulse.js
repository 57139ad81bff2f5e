// The impulse as a row of blocks: input, processing blocks to choose from, learning blocks, and arrows between them.

import { framewise, h, redrawOnChange, svg } from "./dom.js";
import { capitalized, hertz } from "./format.js";
import { inputOf, listen, state, update } from "./state.js";

/** Draws the impulse into an element and draws it again as it or the choice changes. */
export function showImpulse(element) {
  const arrows = svg("svg", { class: "arrows", "aria-hidden": "true" });
  const columns = h("div", { class: "impulse-columns" });
  element.replaceChildren(arrows, columns);
  const connect = framewise(() => drawArrows(element, arrows));
  listen(["impulse", "block"], () => {
    if (!state.impulse) return;
    const focused = document.activeElement?.dataset?.block;
    columns.replaceChildren(...makeColumns(state.impulse));
    if (focused) columns.querySelector(`[data-block="${focused}"]`)?.focus();
    connect();
  });
  redrawOnChange(columns, connect);
}

function makeColumns(impulse) {
  const inputs = impulse.inputBlocks.map(inputBlock);
  const processing = impulse.dspBlocks.map(processingBlock);
  const learning = impulse.learnBlocks.map(learningBlock);
  return [
    column("Input", inputs), column("Processing", processing),
    learning.length > 0 && column("Learning", learning), column("Output", [outputBlock()]),
  ].filter(Boolean);
}

const column = (title, blocks) => h("div", { class: "impulse-column" }, h("h3", { class: "muted" }, title), blocks);

const card = (kind, block, ...content) =>
  h("div", { class: `block ${kind}`, "data-id": `${kind}-${block.id}` },
    h("strong", {}, block.title || block.name || block.type), content);

function inputBlock(block) {
  if (block.type === "image") {
    const size = `${block.imageWidth} × ${block.imageHeight}`;
    return card("input", block, facts([["Size", size], ["Fit", block.resizeMode]]));
  }
  if (block.type !== "time-series") return card("input", block, facts([["Axes", axesOf(block)]]));
  return card("input", block,
    windowsDrawing(block),
    facts([
      ["Axes", axesOf(block)], ["Rate", block.frequencyHz ? hertz(block.frequencyHz) : "–"],
      ["Window", `${block.windowSizeMs} ms`], ["Increase", `${block.windowIncreaseMs ?? block.windowSizeMs} ms`],
      ["Short recordings", block.padZeros ? "filled with zeros" : "left out"],
    ]));
}

/** Axes of an input block, which may leave them to its processing blocks. */
function axesOf(block) {
  const axes = block.axes ?? [...new Set(state.impulse.dspBlocks.filter((dsp) => inputOf(dsp) === block)
    .flatMap((dsp) => dsp.axes))];
  return axes.join(", ") || "–";
}

const facts = (pairs) => h("dl", { class: "facts" },
  pairs.filter(([, text]) => text).flatMap(([name, text]) => [h("dt", {}, name), h("dd", {}, text)]));

/** Windows above a signal: how long they are next to how far apart. */
function windowsDrawing(block) {
  const increase = block.windowIncreaseMs || block.windowSizeMs;
  // Three windows at most fill the width; steps too small to see are drawn as small ones.
  const step = Math.max(5, Math.min(55, (60 * increase) / block.windowSizeMs));
  const size = Math.min(60, 110 - step);
  let path = "M2 14";
  for (let x = 2; x <= 178; x += 2) path += `L${x} ${(14 + 7 * Math.sin(x / 7) * Math.sin(x / 31)).toFixed(1)}`;
  return svg("svg", { class: "windows", viewBox: "0 0 180 46", "aria-hidden": "true" },
    svg("path", { d: path }),
    [0, 1, 2].map((index) => svg("rect", { x: 4 + index * step, y: 26 + index * 6, width: size, height: 4, rx: 2 })));
}

function processingBlock(block) {
  const isChosen = state.block?.id === block.id;
  return h("button", {
    class: "block processing", type: "button", "data-block": block.id, "data-id": `processing-${block.id}`,
    "aria-pressed": String(isChosen), onclick: () => update({ block }),
  },
    h("strong", {}, block.title || block.name),
    h("span", { class: "muted small" }, block.axes.length > 4 ? `${block.axes.length} axes` : block.axes.join(", ")),
    h("span", { class: "muted small" }, `${block.type}, version ${block.implementationVersion}`));
}

const learningBlock = (block) =>
  card("learning", block, h("span", { class: "muted small" },
    capitalized(block.type.replace(/^keras-?/, "neural network "))));

function outputBlock() {
  const labels = state.overview?.labels ?? [];
  const shown = labels.slice(0, 6).map((label) => label.name);
  const more = labels.length - shown.length;
  return h("div", { class: "block output", "data-id": "output-0" },
    h("strong", {}, labels.length === 1 ? "1 label" : `${labels.length} labels`),
    h("span", { class: "muted small" }, shown.join(", ") + (more > 0 ? ` and ${more} more` : "")));
}

/** Arrows from each block to those that take its output; none where columns stand below each other. */
function drawArrows(element, arrows) {
  const box = element.getBoundingClientRect();
  arrows.replaceChildren();
  arrows.setAttribute("viewBox", `0 0 ${box.width} ${box.height}`);
  const find = (kind, id) => element.querySelector(`[data-id="${kind}-${id}"]`);
  const { dspBlocks, learnBlocks } = state.impulse ?? { dspBlocks: [], learnBlocks: [] };
  const output = find("output", 0);
  const pairs = dspBlocks.map((block) => [find("input", inputOf(block)?.id), find("processing", block.id)]);
  for (const block of learnBlocks) {
    for (const id of block.dsp ?? []) pairs.push([find("processing", id), find("learning", block.id)]);
    pairs.push([find("learning", block.id), output]);
  }
  // Without learning blocks, features are what comes out.
  if (learnBlocks.length === 0) pairs.push(...dspBlocks.map((block) => [find("processing", block.id), output]));
  for (const [from, to] of pairs) {
    if (!from || !to) continue;
    const [a, b] = [from.getBoundingClientRect(), to.getBoundingClientRect()];
    if (b.left <= a.right) continue;
    const [x1, y1] = [a.right - box.left, a.top + a.height / 2 - box.top];
    const [x2, y2] = [b.left - box.left - 5, b.top + b.height / 2 - box.top];
    const bend = (x2 - x1) / 2;
    arrows.append(svg("path", { d: `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}` }),
      svg("path", { class: "head", d: `M${x2 + 5} ${y2}l-7 -4v8z` }));
  }
}
