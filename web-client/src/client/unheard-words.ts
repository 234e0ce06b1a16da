// Words that were said while nothing could be sent: pure rules.

/** Louder than a quiet room on `meterLevel`'s scale, about -36 dB. */
const SPOKEN_LEVEL = 0.4;
/** So many frames of 60 ms are a word; fewer are a cough or a chair. */
const WORD_FRAMES = 4;

/** Remembers whether somebody spoke into a broken connection. */
export class UnheardWords {
  private frames = 0;

  /** A frame that did not go out; `level` as the microphone measured it. */
  dropped(level: number): void {
    if (level >= SPOKEN_LEVEL) this.frames += 1;
  }

  /** Sound that was handed to a connection which broke before it had gone out. */
  stuck(): void {
    this.frames += WORD_FRAMES;
  }

  /** True if words were missed since the last time; they are told once. */
  take(): boolean {
    const spoken = this.frames >= WORD_FRAMES;
    this.frames = 0;
    return spoken;
  }
}
