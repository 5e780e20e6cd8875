// Addresses behind `#`: every view, filter and restore can be linked and sent to a colleague.

/** `#/history?status=failed` as `{ path: ["history"], query: { status: "failed" } }`. */
export function read(hash) {
  const [path, query = ""] = hash.replace(/^#\/?/, "").split("?");
  return {
    path: path.split("/").filter(Boolean).map(decoded),
    query: Object.fromEntries(new URLSearchParams(query)),
  };
}

/** The address of a view; parts and values may hold anything, empty values are left out. */
export function to(path, query = {}) {
  const parts = path.map(encodeURIComponent).join("/");
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== "");
  const search = new URLSearchParams(given).toString();
  return `#/${parts}${search ? `?${search}` : ""}`;
}

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
