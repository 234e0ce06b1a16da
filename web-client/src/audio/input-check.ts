// Whether what the microphone gives can be understood: pure rules over its frames of 60 ms.

import { QUIETEST_VOICE, roomLevel, standsOut } from "./voice";

/** What is wrong with the sound of a microphone that works. */
export type MicHint =
  /** Nothing at all: its switch is off, or it is another one than the person speaks into. */
  | "no_sound"
  /** Somebody seems to speak, far too quietly. */
  | "too_quiet"
  /** It is overdriven: words are distorted. */
  | "too_loud";

/** What is looked at of a frame. */
export interface InputFrame {
  /** As `meterLevel`: 0 is -60 dB or less. */
  level: number;
  /** Part of the samples that are as loud as can be, 0 to 1. */
  clipped: number;
}

/** Nothing for 5 s means that nothing comes; once somebody was heard, a quiet room may be as quiet for 20 s. */
const NOTHING_FRAMES = 84;
const NOTHING_LATER_FRAMES = 333;
/** What is looked back at: 6 s. */
const RECENT_FRAMES = 100;
/** So much of it, about 1.2 s, stands out from the room as words do. */
const WORDS_FRAMES = 20;
/** Below, it is the device's own noise. */
const FAINTEST = 0.1;
/** Frames that are looked at for distortion: 3 s, and of those with a voice so many. */
const LOUD_WITHIN = 50;
const LOUD_FRAMES = 8;
const LOUD_LEVEL = 0.5;
const CLIPPED_SHARE = 0.01;
/** A hint is left to be read, about 4 s. */
const SHOWN_FRAMES = 67;

/** Judges the sound of one microphone, from when it was switched on. */
export class InputCheck {
  private nothingFor = 0;
  private heard = false;
  private recent: InputFrame[] = [];
  private shown: MicHint | null = null;
  private shownFor = 0;

  /**
   * Takes a frame that the microphone heard with no voice playing here.
   *
   * @param otherSpeaks the other person is being heard: at a distance, and so quietly, here too
   */
  push(frame: InputFrame, otherSpeaks: boolean): MicHint | null {
    this.nothingFor = frame.level === 0 ? this.nothingFor + 1 : 0;
    if (frame.level >= QUIETEST_VOICE) this.heard = true;
    this.recent = [...this.recent, frame].slice(-RECENT_FRAMES);
    const now = this.now(otherSpeaks);
    this.shownFor += 1;
    const stays = this.shown !== null && this.shown !== "no_sound" && this.shownFor < SHOWN_FRAMES;
    if (now !== null || !stays) {
      if (now !== null) this.shownFor = 0;
      this.shown = now;
    }
    return this.shown;
  }

  private now(otherSpeaks: boolean): MicHint | null {
    if (this.nothingFor >= (this.heard ? NOTHING_LATER_FRAMES : NOTHING_FRAMES)) return "no_sound";
    if (this.isDistorted()) return "too_loud";
    return !otherSpeaks && this.isTooQuiet() ? "too_quiet" : null;
  }

  private isDistorted(): boolean {
    const loud = this.recent.slice(-LOUD_WITHIN).filter(({ level }) => level >= LOUD_LEVEL);
    const share = loud.reduce((sum, { clipped }) => sum + clipped, 0) / loud.length;
    return loud.length >= LOUD_FRAMES && share > CLIPPED_SHARE;
  }

  private isTooQuiet(): boolean {
    if (this.heard) return false;
    const room = roomLevel(this.recent.map(({ level }) => level));
    const words = this.recent.filter(({ level }) => level >= FAINTEST && standsOut(level, room));
    return words.length >= WORDS_FRAMES;
  }
}
