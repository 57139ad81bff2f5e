// The parameters of a block as a form. The server looks at them as they are typed: its messages stand at the fields,
// and features follow as soon as it finds no error.

import { get, latest, post, project } from "./api.js";
import { byId, debounce, h } from "./dom.js";
import { control, Field } from "./config-field.js";
import { listen, state, update } from "./state.js";

/** What has been typed and not saved, for each block. */
const drafts = new Map();
let form = null;
let report;

/** Fills the panel. `onError` gets what goes wrong. */
export function showConfig(onError) {
  report = onError;
  listen(["block"], () => load().catch(report));
  // A tab with unsaved parameters asks before it closes.
  addEventListener("beforeunload", (event) => {
    if (form?.isChanged || drafts.size > 0) event.preventDefault();
  });
}

const fetchConfig = latest((signal, id) => get(project(`dsp/${id}`), {}, { signal }));

async function load() {
  const { block } = state;
  if (!block) return;
  if (form?.isChanged) drafts.set(form.block.id, form.values);
  form = null;
  update({ parameters: null });
  byId("config-title").textContent = `Parameters: ${block.title || block.name}`;
  const answer = await fetchConfig(block.id);
  if (!answer) return;
  form = new ConfigForm(block, answer, drafts.get(block.id));
  drafts.delete(block.id);
  byId("config").replaceChildren(form.element);
  await form.check();
}

class ConfigForm {
  constructor(block, answer, draft) {
    this.block = block;
    const items = (answer.config ?? []).flatMap((group) => group.items);
    this.fields = items.map((item) => new Field(item, () => this.edited()));
    this.saved = Object.fromEntries(items.map((item) => [item.param, item.value ?? item.defaultValue]));
    this.standard = Object.fromEntries(items.map((item) => [item.param, item.defaultValue]));
    for (const field of this.fields) field.value = draft?.[field.key] ?? this.saved[field.key];
    this.check = latest((signal) => this.checkNow(signal));
    this.checkSoon = debounce(() => this.check().catch(report), 120);
    /** How the last attempt to save went; empty once something is typed. */
    this.outcome = "";
    this.hasErrors = false;
    this.general = h("div", { class: "general" });
    this.status = h("span", { class: "muted small", role: "status" });
    this.save = h("button", { class: "primary", type: "submit" }, "Save");
    this.undo = h("button", { type: "button", onclick: () => this.fill(this.saved) }, "Undo changes");
    this.defaults = h("button", { type: "button", onclick: () => this.fill(this.standard) }, "Defaults");
    this.groups = (answer.config ?? []).map((group) => h("fieldset", {}, h("legend", {}, group.group),
      group.items.map((item) => control(this.fields.find((field) => field.item === item)))));
    this.element = h("form", {
      class: "config", autocomplete: "off", novalidate: true, onsubmit: (event) => this.onSave(event),
    },
      answer.configError && h("div", { class: "notice error" }, h("p", {}, answer.configError)),
      this.groups, this.general,
      h("div", { class: "actions sticky" }, this.save, this.undo, this.defaults, this.status));
  }

  get values() { return Object.fromEntries(this.fields.map((field) => [field.key, field.value])); }
  get isChanged() { return this.fields.some((field) => field.value !== this.saved[field.key]); }

  fill(values) {
    for (const field of this.fields) field.value = values[field.key] ?? field.value;
    this.edited();
  }

  edited() {
    this.outcome = "";
    this.showButtons();
    this.checkSoon();
  }

  showButtons() {
    const isReadOnly = state.overview?.isReadOnly ?? false;
    this.save.disabled = isReadOnly || !this.isChanged || this.hasErrors;
    this.save.title = isReadOnly ? "The server is read-only." : "";
    this.undo.disabled = !this.isChanged;
    const note = this.isChanged ? (this.hasErrors ? "Not valid yet" : "Not saved") : "";
    this.status.textContent = isReadOnly ? "The server is read-only: changes are tried out, not saved."
      : this.outcome || note;
  }

  /** Asks the server what it thinks of the values, and hands them on where it finds no error. */
  async checkNow(signal) {
    const values = this.values;
    const answer = await post(project(`edgedsp/dsp/${this.block.id}/check`), { config: values }, {}, { signal });
    if (signal.aborted || form !== this) return;
    this.showProblems(answer);
    if (this.hasErrors) update({ parameters: null, output: { refused: true } });
    else update({ parameters: values, output: { type: answer.outputType, shape: answer.outputShape } });
  }

  showProblems({ problems, hidden }) {
    this.hasErrors = problems.some((problem) => problem.severity === "error");
    const plain = (key) => key.replaceAll("_", "-");
    const general = [];
    for (const field of this.fields) {
      const own = problems.filter((problem) => plain(problem.parameter) === plain(field.key));
      field.show(own, hidden.includes(field.key));
    }
    for (const problem of problems) {
      const field = this.fields.find((candidate) => plain(candidate.key) === plain(problem.parameter));
      if (!field || field.isHidden) general.push(problem);
    }
    this.general.replaceChildren(...general.map((problem) => h("div", { class: `notice ${problem.severity}` },
      h("p", {}, `${problem.parameter}: ${problem.rule}${problem.suggestion ? `; ${problem.suggestion}` : ""}`))));
    for (const group of this.groups) group.hidden = !group.querySelector(".field:not([hidden])");
    this.showButtons();
  }

  async onSave(event) {
    event.preventDefault();
    if (this.save.disabled) return;
    const values = this.values;
    this.outcome = "Saving…";
    this.showButtons();
    this.save.disabled = true;
    try {
      await post(project(`dsp/${this.block.id}`), { config: values });
      this.saved = values;
      this.outcome = "Saved";
      update({ savedAt: Date.now() });
    } catch (error) {
      this.outcome = "";
      report(error);
    }
    this.showButtons();
  }
}
