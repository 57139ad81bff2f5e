// Calls to the server: Studio's REST paths, the key, and errors in words.

const storageKey = "edgedsp-api-key";

/** What the server refused, or that it could not be reached. */
export class ServerError extends Error {
  /** @param {number} status HTTP status; 0 where there was no answer. */
  constructor(message, status) {
    super(message);
    this.name = "ServerError";
    this.status = status;
  }
}

let projectID = 1;
/** Asks for a key; resolves once there is a new one. Set by the page. */
let askForKey = () => Promise.reject(new ServerError("The server asks for an API key.", 401));
let asking = null;

/** Sets who asks for the key. */
export function onKeyNeeded(ask) { askForKey = ask; }

/** Sets the project that `project` paths are about. */
export function useProject(id) { projectID = id; }

/** Keeps the key until the tab is closed. */
export function rememberKey(key) { sessionStorage.setItem(storageKey, key); }

/** The path of a call of the project. */
export const project = (path = "") => `v1/api/${projectID}${path && "/"}${path}`;

/** GET with query values; those that are undefined or empty are left out. */
export const get = (path, query = {}, options = {}) => json("GET", path + queryText(query), undefined, options);

/** POST of a JSON body. */
export const post = (path, body = {}, query = {}, options = {}) =>
  json("POST", path + queryText(query), body, options);

/** GET of bytes, as a Blob. */
export async function getBlob(path, query = {}, options = {}) {
  const response = await send("GET", path + queryText(query), undefined, options);
  const type = response.headers.get("Content-Type") ?? "";
  if (type.startsWith("application/json")) throw new ServerError((await response.json()).error ?? "refused", 200);
  return response.blob();
}

function queryText(query) {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== "") parameters.set(name, value);
  }
  const text = parameters.toString();
  // A plus sign stands for itself in Studio's queries.
  return text && `?${text.replaceAll("+", "%20")}`;
}

async function json(method, path, body, options) {
  const response = await send(method, path, body, options);
  let answer;
  try {
    answer = await response.json();
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new ServerError(`The answer to ${path} is no JSON.`, response.status);
  }
  if (answer.success === false) throw new ServerError(answer.error ?? "The server refused without a reason.", 200);
  return answer;
}

/** Sends a request; asks for the key and sends it again where that is missing. */
async function send(method, path, body, options) {
  for (;;) {
    const key = sessionStorage.getItem(storageKey);
    const headers = {};
    if (key) headers["x-api-key"] = key;
    if (body !== undefined) headers["Content-Type"] = "application/json";
    let response;
    try {
      response = await fetch(new URL(path, document.baseURI), {
        method, headers, body: body === undefined ? undefined : JSON.stringify(body), signal: options.signal,
        cache: "no-store", credentials: "omit",
      });
    } catch (error) {
      if (error.name === "AbortError") throw error;
      throw new ServerError("The server does not answer. Is it still running?", 0);
    }
    if (response.status === 401) {
      // Calls that run side by side share one question.
      asking ??= askForKey(key !== null).finally(() => { asking = null; });
      await asking;
      continue;
    }
    if (!response.ok) throw new ServerError(await reason(response), response.status);
    return response;
  }
}

async function reason(response) {
  const answer = await response.json().catch(() => ({}));
  if (response.status === 404) return "This server does not have that path. Page and server may differ in version.";
  return answer.error ?? `The server answered ${response.status}.`;
}

/**
 * A function that runs `work(signal, …values)` and drops earlier calls that are still under way.
 *
 * It resolves to undefined for calls that were dropped.
 */
export function latest(work) {
  let controller;
  return async (...values) => {
    controller?.abort();
    const mine = (controller = new AbortController());
    try {
      const result = await work(mine.signal, ...values);
      return mine.signal.aborted ? undefined : result;
    } catch (error) {
      if (mine.signal.aborted) return undefined;
      throw error;
    }
  };
}
