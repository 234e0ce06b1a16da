/** For lit's `ref`: focuses an input that the person has just asked for, when it appears. */
export function focusOnce(element: Element | undefined): void {
  if (!(element instanceof HTMLElement) || element.dataset.focused !== undefined) return;
  element.dataset.focused = "";
  // At this moment it is not in the page yet.
  queueMicrotask(() => element.focus());
}
