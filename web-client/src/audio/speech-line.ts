// In which order and when interpreted sentences are played: pure rules, times in ms.

/** What is announced with a piece of speech. */
export interface Piece {
  utterance: number;
  sample_rate: number;
  /** 0 begins an utterance. */
  piece: number;
  last: boolean;
}

/** A sentence on its way to the loudspeaker. */
export interface Sentence<Part> {
  readonly utterance: number;
  /** Pieces that are not played yet. */
  parts: Part[];
  /** How much sound has come. */
  soundMs: number;
  /** The last piece is there, or it will not come. */
  complete: boolean;
  readonly firstAt: number;
  lastAt: number;
  /** Since when it could be played and somebody was speaking; null if that was not so. */
  heldSince: number | null;
}

/** Sound that came this many times as fast as it plays goes on coming in time. */
const SURE_RATE = 2;
/** Over at least this time, or the first piece alone would look fast. */
const SURE_AFTER_MS = 700;
const SURE_SOUND_MS = 1_500;
/** Waited for no longer: gaps are better than nothing. */
const WHOLE_WITHIN_MS = 10_000;
/** A piece that comes so much later than the one before does not come. */
const STALLED_MS = 8_000;
/** The voice waits so long for a person who goes on speaking. */
export const HELD_AT_MOST_MS = 8_000;

/** Sentences that wait, and the one that is being played. */
export class SpeechLine<Part> {
  current: Sentence<Part> | null = null;
  private waiting: Sentence<Part>[] = [];

  /** The utterances that wait to be played. */
  get ahead(): number[] {
    return this.waiting.map(({ utterance }) => utterance);
  }

  get isEmpty(): boolean {
    return this.current === null && this.waiting.length === 0;
  }

  /** Takes a piece; one whose beginning was stopped, muted or missed is let go. */
  add({ utterance, piece, last }: Piece, part: Part | null, ms: number, now: number): void {
    const all = this.current === null ? this.waiting : [this.current, ...this.waiting];
    const before = all.find((one) => one.utterance === utterance && !one.complete);
    if (before !== undefined && piece === 0) before.complete = true;
    let sentence = piece === 0 ? undefined : before;
    if (sentence === undefined) {
      if (piece !== 0) return;
      sentence = {
        utterance,
        parts: [],
        soundMs: 0,
        complete: false,
        firstAt: now,
        lastAt: now,
        heldSince: null,
      };
      this.waiting.push(sentence);
    }
    if (part !== null) sentence.parts.push(part);
    sentence.soundMs += ms;
    sentence.lastAt = now;
    sentence.complete = last;
  }

  /**
   * The next sentence becomes the current one, if there is none and it is its time.
   *
   * @param spoken somebody is speaking into this device's open microphone
   */
  advance(now: number, spoken: boolean): void {
    if (this.current !== null) return;
    this.waiting = this.waiting.filter((one) => one.parts.length > 0 || !isOver(one, now));
    const [next] = this.waiting;
    if (next === undefined || next.parts.length === 0 || !isSure(next, now)) return;
    if (spoken) {
      next.heldSince ??= now;
      if (now - next.heldSince < HELD_AT_MOST_MS) return;
    }
    this.waiting.shift();
    this.current = next;
  }

  /** The current sentence ends, if all of it that came has been played and no more is to come. */
  played(now: number): void {
    if (this.current !== null && this.current.parts.length === 0 && isOver(this.current, now)) {
      this.current = null;
    }
  }

  /** The connection broke: what has begun ends where it is, half of what has not is not played. */
  broken(): void {
    if (this.current !== null) this.current.complete = true;
    this.waiting = this.waiting.filter((one) => one.complete);
  }

  /** Lets go of sentences that have not begun. */
  forget(isUnwanted: (utterance: number) => boolean): void {
    this.waiting = this.waiting.filter(({ utterance }) => !isUnwanted(utterance));
  }

  clear(): void {
    this.current = null;
    this.waiting = [];
  }
}

function isOver({ complete, lastAt, soundMs, firstAt }: Sentence<unknown>, now: number): boolean {
  // Long sound that came at once plays for long: only then is the next piece missed.
  return complete || now - Math.max(lastAt, firstAt + soundMs) >= STALLED_MS;
}

function isSure({ complete, firstAt, lastAt, soundMs }: Sentence<unknown>, now: number): boolean {
  const took = now - firstAt;
  return (
    complete ||
    (took >= SURE_AFTER_MS && soundMs >= Math.max(SURE_SOUND_MS, SURE_RATE * took)) ||
    took >= WHOLE_WITHIN_MS ||
    now - lastAt >= STALLED_MS
  );
}
