// The dialog that asks for the API key.

import { rememberKey } from "./api.js";
import { byId } from "./dom.js";

/**
 * Asks for the key; resolves once one has been given.
 *
 * @param {boolean} wasWrong whether the server refused one.
 */
export function askForKey(wasWrong) {
  const [dialog, input, problem] = [byId("key-dialog"), byId("key-input"), byId("key-problem")];
  problem.hidden = !wasWrong;
  problem.textContent = "The server refused that key.";
  input.value = "";
  if (!dialog.open) dialog.showModal();
  input.focus();
  return new Promise((resolve) => {
    // Without a key nothing can be shown: the dialog stays.
    dialog.oncancel = (event) => event.preventDefault();
    byId("key-form").onsubmit = (event) => {
      event.preventDefault();
      rememberKey(input.value.trim());
      dialog.close();
      resolve();
    };
  });
}
