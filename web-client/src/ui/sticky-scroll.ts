// Keeps a list at its newest entry unless the person has scrolled away.

/** This close to the end counts as at the end, in px. */
const NEAR_PX = 48;

/** Follows the end of a scrolling list. */
export class StickyScroll {
  private element: HTMLElement | null = null;
  private following = true;
  private list: string | null = null;
  /** The sizes with which the list was put where it is. */
  private sizes = "";
  private readonly resized: ResizeObserver | null;
  private watched = new WeakSet<Element>();

  constructor(private readonly onChange: () => void) {
    this.resized =
      typeof ResizeObserver === "undefined" ? null : new ResizeObserver(() => this.afterRender());
  }

  /** For lit's `ref`. */
  readonly attach = (element: Element | undefined): void => {
    this.resized?.disconnect();
    this.watched = new WeakSet();
    this.element = (element as HTMLElement | undefined) ?? null;
  };

  readonly onScroll = (): void => {
    // Larger letters, another window: the browser has moved the list, and not a person.
    if (this.following && this.sizesNow() !== this.sizes) {
      this.afterRender();
      return;
    }
    const following = this.atEnd();
    if (following === this.following) return;
    this.following = following;
    this.onChange();
  };

  /** True if newer entries are out of sight. */
  get away(): boolean {
    return !this.following && !this.atEnd();
  }

  /** Which list is shown: another one is followed again, wherever the person was in the last. */
  show(list: string | null): void {
    if (list === this.list) return;
    this.list = list;
    this.following = true;
  }

  /** Call after every render. */
  afterRender(): void {
    const { element } = this;
    if (element === null) return;
    if (this.following) element.scrollTop = element.scrollHeight;
    this.sizes = this.sizesNow();
    this.watch(element);
  }

  /** The person's own wish to stay where an older entry is. */
  leave(): void {
    this.following = false;
  }

  toEnd(): void {
    this.following = true;
    this.onChange();
    this.afterRender();
  }

  /** Sizes change without a render, too. */
  private watch(element: HTMLElement): void {
    if (this.resized === null) return;
    for (const one of [element, ...element.children]) {
      if (this.watched.has(one)) continue;
      this.watched.add(one);
      this.resized.observe(one);
    }
  }

  private sizesNow(): string {
    const { element } = this;
    return element === null
      ? ""
      : `${element.scrollHeight} ${element.clientHeight} ${element.clientWidth}`;
  }

  private atEnd(): boolean {
    const element = this.element;
    if (element === null) return true;
    return element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_PX;
  }
}
