import { isLeft } from "./api.js";

/** One file at a time for the reader: which is being read (`busy`), and why the last one is not there. */
export class Saving {
  constructor(changed) {
    this.changed = changed;
    this.busy = null;
    this.error = null;
  }

  async run(name, work) {
    Object.assign(this, { busy: name, error: null });
    this.changed();
    try {
      await work();
    } catch (error) {
      if (isLeft(error)) return;
      this.error = error;
    }
    this.busy = null;
    this.changed();
  }
}
