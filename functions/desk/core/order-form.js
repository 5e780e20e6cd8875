// A form for a standing order: its draft is kept, it is sent once, and a "no" stands beside it.
import { isLeft } from "./api.js";
import { dropDraft, keepDraft, readDraft } from "./drafts.js";

export class OrderForm {
  /** `send(draft)` gives what was made of it; `changed` paints the view again. */
  constructor({ name, empty, send, changed }) {
    Object.assign(this, { name, empty, send, changed });
    this.draft = { ...empty, ...readDraft(name) };
    this.error = null;
    this.isBusy = false;
  }

  write(change) {
    Object.assign(this.draft, change);
    keepDraft(this.name, this.draft);
    this.changed();
  }

  submit = async (event) => {
    event.preventDefault();
    Object.assign(this, { isBusy: true, error: null });
    this.changed();
    try {
      await this.send(this.draft);
      Object.assign(this.draft, this.empty);
      dropDraft(this.name);
    } catch (error) {
      if (isLeft(error)) return;
      this.error = error;
    }
    this.isBusy = false;
    this.changed();
  };
}
