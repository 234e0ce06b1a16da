// How long a screen has been gone that was there: pure rules.

/** Follows one side's presence. */
export class Absence {
  private here = false;
  private goneAt: number | null = null;

  /** @param now ms */
  update(here: boolean, now: number): void {
    if (here) this.goneAt = null;
    else if (this.here) this.goneAt = now;
    this.here = here;
  }

  /** Since when it has been gone, ms; null if it is here or never was. */
  get since(): number | null {
    return this.goneAt;
  }

  /** Another case: nobody was here. */
  forget(): void {
    this.here = false;
    this.goneAt = null;
  }
}
