// Where the keyboard is when what it was on goes away.

/** A place that may be given the focus and is no control itself. */
const PLACE = '[tabindex="-1"]';

/**
 * Keeps the keyboard where it was when a pressed button goes away: in the place around it, or in the
 * new screen if one screen gives way to another. A focus that nobody had is never taken.
 */
export class ScreenFocus {
  private shown: string | null = null;
  private focused: Element | null = null;
  /** The place around it, while it is still in the page. */
  private around: HTMLElement | null = null;

  /** Call before every render. */
  beforeRender(): void {
    const focused = document.activeElement;
    this.focused = focused === document.body ? null : focused;
    this.around = this.focused?.closest<HTMLElement>(PLACE) ?? null;
  }

  /** Call after every render, with a name for the screen that is shown. */
  afterRender(screen: string): void {
    const changed = this.shown !== null && this.shown !== screen;
    this.shown = screen;
    const lost = this.focused !== null && !this.focused.isConnected;
    if (!changed && !lost) return;
    const focused = document.activeElement;
    if (focused !== null && focused !== document.body) return;
    const place = !changed && this.around?.isConnected === true ? this.around : null;
    (place ?? document.getElementById("main"))?.focus({ preventScroll: true });
  }
}
