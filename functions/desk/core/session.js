// Who is signed in, and what they may do. A function key is kept for this tab only.

export const READ = "Restore.Read";
export const REQUEST = "Restore.Request";
export const OVERRIDE = "Restore.Override";
export const APPROVE = "Restore.Approve";
export const ADMIN = "Restore.Admin";

const KEY = "reprieve.function-key";
const RETURN = "reprieve.return-to";

/** The session of this tab; `mode` is how one signs in here: `entra` or `keys`. */
export class Session {
  constructor({ mode, store = sessionStorage }) {
    this.mode = mode;
    this.store = store;
    this.me = null;
  }

  get key() {
    return this.store.getItem(KEY);
  }

  useKey(key) {
    this.store.setItem(KEY, key.trim());
  }

  forgetKey() {
    this.store.removeItem(KEY);
  }

  can(...roles) {
    return roles.some((role) => this.me?.roles.includes(role) ?? false);
  }

  /** Whether this caller asked for a restore; callers by key are nameless, and all one. */
  owns(restore) {
    const id = restore.requestedBy?.id ?? null;
    return this.me !== null && (this.me.id ?? null) === id;
  }

  /** The platform's own way in, which comes back to `page`; the view is found again by `cameBack`. */
  signInAddress(page, hash) {
    this.store.setItem(RETURN, hash);
    return `/.auth/login/aad?post_login_redirect_uri=${encodeURIComponent(page)}`;
  }

  signOutAddress(page) {
    return `/.auth/logout?post_logout_redirect_uri=${encodeURIComponent(page)}`;
  }

  /** The view that was open before the way through the sign-in, once. */
  cameBack() {
    const hash = this.store.getItem(RETURN);
    this.store.removeItem(RETURN);
    return hash;
  }
}
