// Which words a loudspeaker does not say, so that a screen reader must: pure rules.

import type { PlayerState } from "../audio/player";

/** Speech begins sooner than this after its text, ms, unless none is coming. */
export const SPEECH_WITHIN_MS = 5_000;

/** Texts that are shown and for which speech may be on its way. */
export class Unspoken {
  private readonly waiting = new Map<number, { text: string; since: number }>();

  /** An utterance's text is there; `now` in ms. */
  add(utterance: number, text: string, now: number): void {
    this.waiting.set(utterance, { text, since: now });
  }

  /** The utterances that nobody hears, each once: the voice is off, or nothing came of it. */
  take(
    { speaking, waiting, muted, blocked, volume }: PlayerState,
    now: number,
  ): { utterance: number; text: string }[] {
    const silent = muted || blocked || volume === 0;
    const unheard: { utterance: number; text: string }[] = [];
    if (speaking !== null) this.waiting.delete(speaking);
    for (const [utterance, one] of this.waiting) {
      // What is being said goes first, and takes its time; so does a voice that lets a person finish.
      if (speaking !== null || waiting.includes(utterance)) one.since = now;
      if (!silent && now - one.since < SPEECH_WITHIN_MS) continue;
      this.waiting.delete(utterance);
      unheard.push({ utterance, text: one.text });
    }
    return unheard;
  }

  get isEmpty(): boolean {
    return this.waiting.size === 0;
  }

  clear(): void {
    this.waiting.clear();
  }
}
