// Keeps a list at its newest entry unless the person has scrolled away.

/** This close to the end counts as at the end, in px. */
const NEAR_PX = 48;

/** Follows the end of a scrolling list. */
export class StickyScroll {
  private element: HTMLElement | null = null;
  private following = true;
  private list: string | null = null;

  constructor(private readonly onChange: () => void) {}

  /** For lit's `ref`. */
  readonly attach = (element: Element | undefined): void => {
    this.element = (element as HTMLElement | undefined) ?? null;
  };

  readonly onScroll = (): void => {
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
    if (this.following && this.element !== null) {
      this.element.scrollTop = this.element.scrollHeight;
    }
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

  private atEnd(): boolean {
    const element = this.element;
    if (element === null) return true;
    return element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_PX;
  }
}
