// Keeps the screen on.

/** The part of `navigator.wakeLock` that is used. */
export interface WakeLocks {
  request(type: "screen"): Promise<Pick<WakeLockSentinel, "released" | "release">>;
}

/** Holds at most one wake lock, however often it is told what is wanted. */
export class ScreenAwake {
  private held: Pick<WakeLockSentinel, "released" | "release"> | null = null;
  private asking = false;
  private wanted = false;

  /** @param locks the browser's; undefined where it has none, and the screen goes dark */
  constructor(private readonly locks: WakeLocks | undefined) {}

  /** Says whether the screen is to stay on. The browser takes its lock back when the page is hidden. */
  want(wanted: boolean): void {
    this.wanted = wanted;
    if (!wanted) {
      const { held } = this;
      this.held = null;
      if (held !== null) void letGo(held);
    } else if (!this.asking && (this.held === null || this.held.released)) {
      void this.ask();
    }
  }

  private async ask(): Promise<void> {
    if (this.locks === undefined) return;
    this.asking = true;
    try {
      const lock = await this.locks.request("screen");
      if (this.wanted) this.held = lock;
      else void letGo(lock);
    } catch {
      // Low battery or forbidden.
    } finally {
      this.asking = false;
    }
  }
}

async function letGo(lock: Pick<WakeLockSentinel, "release">): Promise<void> {
  try {
    await lock.release();
  } catch {
    // It was gone already.
  }
}
