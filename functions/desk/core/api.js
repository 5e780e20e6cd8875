// The one place that talks to the API: problems, pages and waits.
import { pause } from "./poll.js";

/** A "no" of the API, as its problem document has it; `retryAfter` in seconds where it says so. */
export class Problem extends Error {
  constructor(status, document = {}, retryAfter = undefined) {
    super(document.detail ?? document.title ?? `${status}`);
    Object.assign(this, { status, retryAfter });
    this.code = document.code ?? `http-${status}`;
    this.title = document.title ?? "";
    this.fix = document.fix ?? "";
    this.errors = document.errors ?? [];
  }

  /** Whether the same request would hear the same again, and nothing was done; no sign-in and a fault pass. */
  get isFinal() {
    return this.status < 500 && this.status !== 401;
  }
}

/** No answer came; of a change (`isChange`) nobody knows whether it arrived. */
export class Unreachable extends Error {
  constructor(isChange = false) {
    super("no answer");
    this.isChange = isChange;
  }
}

const PATIENCE = 5;
const LONGEST_WAIT = 60;

/**
 * The API of this deployment.
 *
 * Events: `lost` and `found` (the connection), `busy` with `detail.seconds` (it asked for patience),
 * `signed-out` (nobody is known any more), `signed-in` (somebody is again), `role-missing`.
 */
export class Api extends EventTarget {
  constructor({ base, key = () => null, language = () => "en", fetcher, wait = pause }) {
    super();
    this.base = base;
    this.key = key;
    this.language = language;
    this.fetcher = fetcher ?? ((...all) => fetch(...all));
    this.wait = wait;
    this.isLost = false;
    this.isOut = false;
  }

  /** Reads; waits and asks again where the service says so. */
  get(path, { query, signal, accept } = {}) {
    return this.#patient("GET", path, { query, signal, accept });
  }

  /** Asks something that needs a body and changes nothing, with the same patience. */
  ask(path, body, { signal } = {}) {
    return this.#patient("POST", path, { body, signal });
  }

  /** Changes something: sent once. `key` makes a second sending of the same harmless. */
  change(method, path, body, { key, signal } = {}) {
    return this.#send(method, path, { body, key, signal, isChange: true });
  }

  /** The pages of a list, one after the other; `query.top` of the first may be a smaller one. */
  async *pages(path, { query = {}, signal, then = {} } = {}) {
    let asked = query;
    for (;;) {
      const answer = await this.get(path, { query: asked, signal });
      yield answer.body;
      const next = answer.body.nextLink;
      if (!next) return;
      asked = { ...Object.fromEntries(new URL(next, this.base).searchParams), ...then };
    }
  }

  async #patient(method, path, options) {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.#send(method, path, options);
      } catch (error) {
        const isWait = error instanceof Problem && [429, 503].includes(error.status);
        if (!isWait || error.retryAfter === undefined || tries >= PATIENCE) throw error;
        const seconds = Math.min(Math.max(error.retryAfter, 1), LONGEST_WAIT);
        this.dispatchEvent(new CustomEvent("busy", { detail: { seconds } }));
        await this.wait(seconds * 1000, options.signal);
        options.signal?.throwIfAborted();
      }
    }
  }

  async #send(method, path, { query, body, key, signal, accept = "application/json", isChange = false }) {
    const response = await this.#reach(this.#address(path, query), isChange, {
      method,
      headers: this.#headers(method, accept, body, key),
      body: body === undefined ? undefined : JSON.stringify(body),
      signal,
      cache: "no-store",
      credentials: "same-origin",
      redirect: "error",
    });
    if (!response.ok) throw await this.#problem(response, isChange);
    if (this.isOut) {
      this.isOut = false;
      this.dispatchEvent(new Event("signed-in"));
    }
    return { status: response.status, body: await content(response), ...told(response) };
  }

  async #reach(address, isChange, request) {
    try {
      const response = await this.fetcher(address, request);
      this.#connection(isInPlaceOf(response));
      return response;
    } catch (error) {
      if (request.signal?.aborted) throw error;
      this.#connection(true);
      throw new Unreachable(isChange);
    }
  }

  #connection(isLost) {
    if (this.isLost === isLost) return;
    this.isLost = isLost;
    this.dispatchEvent(new Event(isLost ? "lost" : "found"));
  }

  #address(path, query = {}) {
    const address = new URL(path, this.base);
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined && value !== null && value !== "") address.searchParams.set(name, value);
    }
    return address;
  }

  #headers(method, accept, body, key) {
    const headers = { Accept: accept, "Accept-Language": this.language() };
    // Only this page can send it with the session's cookie: another site would have to ask first.
    if (method !== "GET") headers["X-Requested-With"] = "reprieve";
    if (body !== undefined) headers["Content-Type"] = "application/json";
    if (key) headers["Idempotency-Key"] = key;
    const functionKey = this.key();
    if (functionKey) headers["x-functions-key"] = functionKey;
    return headers;
  }

  async #problem(response, isChange) {
    if (isInPlaceOf(response)) return new Unreachable(isChange);
    const document = isJson(response) ? await response.json().catch(() => ({})) : {};
    if (response.status === 401) {
      this.isOut = true;
      this.dispatchEvent(new Event("signed-out"));
    }
    if (document.code === "role-missing") this.dispatchEvent(new Event("role-missing"));
    return new Problem(response.status, document, told(response).retryAfter);
  }
}

const isJson = (response) => (response.headers.get("content-type") ?? "").includes("json");

/** A gateway that answers in place of a service that does not: 502, 503 or 504 without a problem document. */
const isInPlaceOf = (response) => [502, 503, 504].includes(response.status) && !isJson(response);

async function content(response) {
  if (response.status === 204) return null;
  const type = response.headers.get("content-type") ?? "";
  return type.includes("application/json") ? response.json() : response.blob();
}

/** What the headers say: when to ask again, and where the next page is. */
function told(response) {
  const seconds = Number.parseInt(response.headers.get("retry-after") ?? "", 10);
  const next = /<([^>]+)>;\s*rel="next"/.exec(response.headers.get("link") ?? "");
  return { retryAfter: Number.isNaN(seconds) ? undefined : seconds, next: next?.[1] };
}

/** Whether an error is the end of a view that was left, and so nobody's concern. */
export const isLeft = (error) => error?.name === "AbortError";
