// One parameter: its control, its help, and what the server says of its value.

import { h } from "./dom.js";
import { capitalized } from "./format.js";

export class Field {
  /** @param item Studio's `DSPGroupItem`. @param onEdit is called as the value changes. */
  constructor(item, onEdit) {
    this.item = item;
    this.key = item.param;
    const id = `parameter-${item.param}`;
    const shared = {
      id, name: item.param, disabled: item.readonly, "aria-describedby": `${id}-help ${id}-problems`, oninput: onEdit,
    };
    this.help = h("p", { class: "help", id: `${id}-help` }, item.help ?? "");
    this.problems = h("div", { id: `${id}-problems`, "aria-live": "polite" });
    if (item.type === "boolean" || item.type === "flag") {
      this.input = h("input", { type: "checkbox", ...shared });
    } else if (item.type === "select") {
      this.input = h("select", shared, (item.selectOptions ?? []).map((option) =>
        h("option", { value: option.value }, option.optionLabel ?? option.value)));
    } else {
      // A text field even for numbers: what is no number is for the server to explain.
      const mode = { int: "numeric", float: "decimal" }[item.type];
      this.input = h("input", { type: "text", inputmode: mode, spellcheck: "false", ...shared });
    }
  }

  get isSwitch() { return this.input.type === "checkbox"; }
  get isHidden() { return this.element?.hidden ?? false; }
  get value() { return this.isSwitch ? String(this.input.checked) : this.input.value; }

  set value(text) {
    if (this.isSwitch) {
      this.input.checked = text === "true";
      return;
    }
    // A value that the list does not have is shown all the same: the server says what is wrong with it.
    if (this.item.type === "select" && ![...this.input.options].some((option) => option.value === text)) {
      this.input.append(h("option", { value: text }, text));
    }
    this.input.value = text;
  }

  /** Shows what the server says; hides the field where the block does not use it. */
  show(problems, isHidden) {
    const hasError = problems.some((problem) => problem.severity === "error");
    this.element.hidden = isHidden && !hasError;
    this.input.setAttribute("aria-invalid", String(hasError));
    this.problems.replaceChildren(...problems.map((problem) => h("p", { class: `problem ${problem.severity}` },
      `${capitalized(problem.rule)}${problem.suggestion ? `; ${problem.suggestion}` : ""}.`)));
  }
}

/** The field with its label. */
export function control(field) {
  const label = h("label", { for: field.input.id }, field.item.name);
  field.element = h("div", { class: `field${field.isSwitch ? " switch" : ""}`, hidden: !field.item.shouldShow },
    field.isSwitch ? [field.input, label] : [label, field.input], field.help, field.problems);
  return field.element;
}
