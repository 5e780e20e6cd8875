// Runs before the first paint, so that a reader who chose a colour never sees the other one flash.
(() => {
  try {
    const chosen = localStorage.getItem("reprieve.theme");
    if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
  } catch {
    // No storage is no choice: the system's colours apply.
  }
})();
