// The list of recordings: filters, and rows that exist only where they are seen. Pages of the list are fetched as they
// come into view, so that thousands of recordings cost no more than dozens.

import { get, latest, project } from "./api.js";
import { labelColor } from "./colors.js";
import { byId, debounce, framewise, h } from "./dom.js";
import { capitalized, count, duration, plural } from "./format.js";
import { listen, state, update } from "./state.js";

const rowHeight = 52;
const pageSize = 100;

/** What the list shows: the filter, how many pass it, and the pages that have come. */
let filter = {};
let total = 0;
let pages = new Map();
let active = 0;
/** Whether the active row is to be shown once its page has come. */
let isPending = false;
let list;
let report;

/** Fills the panel. `onError` gets what goes wrong. */
export function showRecordings(onError) {
  report = onError;
  list = byId("recordings");
  list.replaceChildren(h("div", { class: "rows" }));
  list.addEventListener("scroll", render, { passive: true });
  new ResizeObserver(render).observe(list);
  list.addEventListener("keydown", onKey);
  list.addEventListener("click", (event) => {
    const row = event.target.closest("[data-index]");
    if (row) choose(Number(row.dataset.index));
  });
  const apply = () => load(readFilter()).catch(report);
  byId("filters").addEventListener("submit", (event) => event.preventDefault());
  byId("filter-category").addEventListener("change", apply);
  byId("filter-label").addEventListener("change", apply);
  byId("filter-text").addEventListener("input", debounce(apply, 150));
  listen(["overview"], fillFilters);
  listen(["recording"], render);
}

function fillFilters() {
  const { categories, labels, unlabeled } = state.overview;
  const all = categories.reduce((sum, category) => sum + category.recordings, 0);
  const option = (value, text) => h("option", { value }, text);
  replaceOptions(byId("filter-category"), [
    option("all", `All (${count(all)})`),
    ...categories.map(({ name, recordings }) => option(name, `${capitalized(name)} (${count(recordings)})`)),
  ]);
  replaceOptions(byId("filter-label"), [
    option("", "All"), ...labels.map(({ name, recordings }) => option(`=${name}`, `${name} (${count(recordings)})`)),
    ...(unlabeled > 0 ? [option("=", `Without label (${count(unlabeled)})`)] : []),
  ]);
}

function replaceOptions(select, options) {
  const value = select.value;
  select.replaceChildren(...options);
  if (options.some((option) => option.value === value)) select.value = value;
}

function readFilter() {
  const label = byId("filter-label").value;
  return {
    category: byId("filter-category").value || "all",
    // The option's value begins with a sign that tells the empty label from none.
    labels: label ? JSON.stringify([label.slice(1)]) : undefined, search: byId("filter-text").value.trim(),
  };
}

const fetchFirst = latest((signal, wanted) => fetchPage(wanted, 0, signal));

const fetchPage = (wanted, page, signal) => get(project("raw-data"), {
  ...wanted, offset: page * pageSize, limit: pageSize, excludeSensors: true,
}, { signal });

/** Shows what passes a filter, from its first row. */
export async function load(wanted = readFilter()) {
  const answer = await fetchFirst(wanted);
  if (!answer) return;
  filter = wanted;
  total = answer.totalCount;
  pages = new Map([[0, answer.samples]]);
  active = Math.max(0, answer.samples.findIndex((sample) => sample.id === state.recording?.id));
  list.scrollTop = 0;
  byId("recordings-count").textContent = plural(total, "recording");
  render();
  if (!state.recording && answer.samples.length > 0) choose(0);
}

/** The recording with an id; undefined where there is none. */
export async function findRecording(id) {
  const answer = await get(project("raw-data"), { category: "all", minId: id, maxId: id + 1, limit: 1 });
  return answer.samples[0];
}

const sampleAt = (index) => pages.get(Math.floor(index / pageSize))?.[index % pageSize];

/** Fetches the pages of some rows, each once. */
function want(first, last) {
  for (let page = Math.floor(first / pageSize); page * pageSize <= last; page += 1) {
    if (pages.has(page)) continue;
    const mine = pages;
    mine.set(page, null);
    fetchPage(filter, page).then((answer) => {
      mine.set(page, answer.samples);
      if (mine !== pages) return;
      if (isPending && sampleAt(active)) choose(active);
      render();
    }, (error) => {
      mine.delete(page);
      report(error);
    });
  }
}

const render = framewise(() => {
  const rows = list.firstElementChild;
  rows.style.height = `${Math.max(1, total) * rowHeight}px`;
  if (total === 0) {
    rows.replaceChildren(h("p", { class: "empty muted" }, state.overview ? "No recording passes the filters." : ""));
    list.removeAttribute("aria-activedescendant");
    return;
  }
  const first = Math.max(0, Math.floor(list.scrollTop / rowHeight) - 4);
  const last = Math.min(total - 1, Math.ceil((list.scrollTop + list.clientHeight) / rowHeight) + 4);
  want(first, last);
  rows.replaceChildren(...Array.from({ length: last - first + 1 }, (_, place) => row(first + place)));
  list.setAttribute("aria-activedescendant", `recording-${active}`);
});

function row(index) {
  const sample = sampleAt(index);
  const isChosen = sample !== undefined && sample !== null && sample.id === state.recording?.id;
  const labels = sample?.structuredLabelsList?.length ? sample.structuredLabelsList : [sample?.label].filter(Boolean);
  return h("div", {
    id: `recording-${index}`, class: `row${index === active ? " active" : ""}${sample?.isDisabled ? " disabled" : ""}`,
    role: "option", "data-index": index, "aria-selected": String(isChosen), "aria-setsize": total,
    "aria-posinset": index + 1, style: { top: `${index * rowHeight}px` },
  }, sample ? [
    h("span", { class: "name", title: sample.filename }, sample.filename),
    h("span", { class: "labels" },
      labels.slice(0, 2).map((label) => h("span", { class: "chip", style: { "--chip": labelColor(label) } }, label)),
      labels.length > 2 && h("span", { class: "muted small" }, `+${labels.length - 2}`),
      labels.length === 0 && h("span", { class: "muted small" }, "no label")),
    h("span", { class: "muted small" }, sample.category),
    sample.processingError
      ? h("span", { class: "problem error", title: sample.processingErrorString }, "cannot be read")
      : h("span", { class: "muted small number" }, lengthOf(sample)),
  ] : h("span", { class: "muted" }, "…"));
}

/** How long a recording is, in the words of its kind. */
export function lengthOf(sample) {
  if (sample.chartType === "image") {
    const size = sample.imageDimensions;
    return size ? `${size.width} × ${size.height}` : "image";
  }
  return sample.totalLengthMs > 0 ? duration(sample.totalLengthMs) : plural(sample.valuesCount, "row");
}

function choose(index) {
  active = Math.min(total - 1, Math.max(0, index));
  const [top, height] = [active * rowHeight, list.clientHeight];
  if (top < list.scrollTop) list.scrollTop = top;
  if (top + rowHeight > list.scrollTop + height) list.scrollTop = top + rowHeight - height;
  const sample = sampleAt(active);
  isPending = !sample;
  if (sample && sample.id !== state.recording?.id) update({ recording: sample, start: 0 });
  render();
}

function onKey(event) {
  const screen = Math.max(1, Math.floor(list.clientHeight / rowHeight) - 1);
  const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: screen, PageUp: -screen, Home: -total, End: total };
  if (!(event.key in steps) || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  choose(active + steps[event.key]);
}
