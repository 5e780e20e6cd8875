/** `make`, asked again only when one of its arguments is another than the last time. */
export function kept(make) {
  let before = null;
  let result;
  return (...now) => {
    if (before === null || now.some((value, at) => value !== before[at])) {
      result = make(...now);
      before = now;
    }
    return result;
  };
}
