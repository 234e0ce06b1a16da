// Where the keyboard is when one screen gives way to another.

/** Moves the focus to the new screen if the pressed button went away with the old one. */
export class ScreenFocus {
  private shown: string | null = null;

  /** Call after every render, with a name for the screen that is shown. */
  afterRender(screen: string): void {
    const changed = this.shown !== null && this.shown !== screen;
    this.shown = screen;
    if (!changed) return;
    const focused = document.activeElement;
    if (focused !== null && focused !== document.body) return;
    document.getElementById("main")?.focus({ preventScroll: true });
  }
}
