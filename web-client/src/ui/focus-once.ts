/** For lit's `ref`: focuses an input that the person has just asked for, when it appears. */
export function focusOnce(element: Element | undefined): void {
  if (!(element instanceof HTMLElement) || element.dataset.focused !== undefined) return;
  element.dataset.focused = "";
  element.focus();
}
