// The level meter: drawn outside the templates because it changes many times a second.

/** Part of the shown level that is left one frame later when it falls. */
const FALL = 0.8;

/** Shows a microphone's level on every element with an attribute. */
export class LevelMeter {
  private shown = 0;

  constructor(
    private readonly root: ParentNode,
    private readonly attribute: "data-level" | "data-trial" = "data-level",
  ) {}

  /** @param level 0 to 1; null once no more comes, and nothing would let it fall. */
  show(level: number | null): void {
    const next = level === null ? 0 : Math.max(level, this.shown * FALL);
    const value = next < 0.01 ? 0 : next;
    if (value === 0 && this.shown === 0) return;
    this.shown = value;
    for (const element of this.root.querySelectorAll<HTMLElement>(`[${this.attribute}]`)) {
      element.style.setProperty("--level", value.toFixed(2));
    }
  }
}
