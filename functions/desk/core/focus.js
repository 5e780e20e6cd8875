/**
 * Keeps the keyboard in the view: what a paint takes away, or switches off for a moment, would
 * otherwise leave the focus nowhere, and a screen reader at the top of the page.
 *
 * Gives `mend()`, to be called after each paint.
 */
export function keepFocus(view) {
  let last = null;
  const isNowhere = () => document.activeElement === null || document.activeElement === document.body;
  view.addEventListener("focusin", (event) => (last = event.target));
  view.addEventListener("focusout", () =>
    queueMicrotask(() => {
      // Somebody has clicked beside it: that is where they want to be.
      if (isNowhere() && last?.isConnected && !last.disabled) last = null;
    }),
  );
  function look() {
    if (last === null || !isNowhere()) return;
    if (!last.isConnected) view.focus({ preventScroll: true });
    else if (!last.disabled) last.focus({ preventScroll: true });
  }
  // Later: on its way from one element to the next, the focus is nowhere for a moment, too.
  return () => setTimeout(look);
}
