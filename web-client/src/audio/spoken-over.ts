// Words that are spoken over the interpreter's voice while the microphone is deaf to it: pure rules.
// What the microphone gets of the loudspeaker is learned while it plays.

/** Frames of 60 ms for which a room goes on sounding, the output's own delay included. */
const ECHO_FRAMES = 8;
/** Echo against the loudspeaker before anything was learned, on `meterLevel`'s scale: -12 dB. */
const USUAL_ECHO = -0.2;
/** The most and the least that is learned. */
const LOUDEST_ECHO = 0.15;
const FAINTEST_ECHO = -0.7;
/** Steps that settle where four frames of five lie below; what is taken for words teaches little. */
const STEP_UP = 0.004;
const STEP_UP_LOUD = 0.001;
const STEP_DOWN = 0.001;
/** A loudspeaker that plays less than this teaches nothing. */
const AUDIBLE = 0.3;
/** A voice is this far above the echo (10 dB), and louder than this in any room. */
const ABOVE_ECHO = 0.17;
const SPOKEN_LEVEL = 0.42;
/** So many loud frames among so many are words. */
const WORD_FRAMES = 5;
const WORD_WITHIN = 10;

/** Finds words that are spoken over a voice. */
export class SpokenOver {
  private played: number[] = [];
  private loud: boolean[] = [];
  private echo = USUAL_ECHO;
  private told = false;

  /**
   * A frame while the microphone is deaf; true once for each voice that is spoken over.
   *
   * @param level of the microphone @param playing of the loudspeaker; both as `meterLevel`
   */
  frame(level: number, playing: number): boolean {
    this.played = [...this.played, playing].slice(-ECHO_FRAMES);
    const loudest = Math.max(...this.played);
    const isLoud = level >= Math.max(SPOKEN_LEVEL, loudest + this.echo + ABOVE_ECHO);
    if (loudest >= AUDIBLE) this.learn(level - loudest, isLoud ? STEP_UP_LOUD : STEP_UP);
    this.loud = [...this.loud, isLoud].slice(-WORD_WITHIN);
    if (this.told || this.loud.filter(Boolean).length < WORD_FRAMES) return false;
    this.told = true;
    return true;
  }

  /** The microphone hears again: the next voice has its own words over it. */
  end(): void {
    this.played = [];
    this.loud = [];
    this.told = false;
  }

  private learn(difference: number, up: number): void {
    const next = this.echo + (difference > this.echo ? up : -STEP_DOWN);
    this.echo = Math.max(FAINTEST_ECHO, Math.min(LOUDEST_ECHO, next));
  }
}
