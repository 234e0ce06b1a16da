// Whether sound still comes from a microphone that is on. A sleeping tablet, a telephone call or
// another program takes it away without any word of an end.

/** How often is looked, ms. */
export const LOOK_MS = 500;
/**
 * So many looks in a row without sound mean that none comes. Looks are counted and not time: while
 * the page itself stands still, it can neither look nor receive what has come.
 */
const STILL_LOOKS = 3;

/** Looks again and again whether sound has come since the last time. */
export class CaptureWatch {
  private came = true;
  private still = 0;
  private timer: number | undefined;

  constructor(
    /** No sound has come for about a second and a half; told once. */
    private readonly onSilent: () => void,
    /** The device holds its sound back: what comes is made-up silence. */
    private readonly heldBack: () => boolean,
  ) {}

  start(): void {
    this.timer = window.setInterval(() => this.look(), LOOK_MS);
  }

  stop(): void {
    window.clearInterval(this.timer);
    this.timer = undefined;
  }

  /** A frame has come. */
  frame(): void {
    if (!this.heldBack()) this.came = true;
  }

  private look(): void {
    this.still = this.came ? 0 : this.still + 1;
    this.came = false;
    if (this.still < STILL_LOOKS) return;
    this.stop();
    this.onSilent();
  }
}
