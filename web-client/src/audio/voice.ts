// Whether somebody speaks into the own microphone: pure rules over the levels of its frames.

/** Frames of 60 ms that the room's noise is taken from: 5 s. */
const ROOM_FRAMES = 84;
/** The room before anything is known of it, and for how many frames that counts. */
const QUIET_ROOM = 0.15;
const QUIET_FRAMES = 20;
/** Quieter is nobody at this microphone, about -42 dB on `meterLevel`'s scale. */
export const QUIETEST_VOICE = 0.3;
/** A voice stands out from the room by 10 dB. */
const ABOVE_ROOM = 0.17;
/** So many loud frames among so many are the beginning of a word; fewer are a cough or a click. */
const WORD_FRAMES = 3;
const WORD_WITHIN = 6;
/** A pause of this many frames, about 0.7 s, ends what was being said. */
export const PAUSE_FRAMES = 12;

/** Level, 0 to 1, that one frame in ten lies below: what is left between words. */
export function roomLevel(levels: readonly number[]): number {
  const sorted = [...levels].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 10)] ?? 0;
}

/** How far a frame must stand out to be a voice in this room. */
export function standsOut(level: number, room: number): boolean {
  return level >= room + ABOVE_ROOM;
}

/** Follows the levels of the own microphone while it is open. */
export class VoiceActivity {
  private room: number[] = [];
  private loud: boolean[] = [];
  private quietFor = 0;
  private speaking = false;

  constructor() {
    this.reset();
  }

  /** Somebody has begun to speak and not paused yet. */
  get active(): boolean {
    return this.speaking;
  }

  /** Takes a frame's level, 0 to 1. */
  push(level: number): void {
    const isLoud = level >= QUIETEST_VOICE && standsOut(level, roomLevel(this.room));
    this.room = [...this.room, level].slice(-ROOM_FRAMES);
    this.loud = [...this.loud, isLoud].slice(-WORD_WITHIN);
    this.quietFor = isLoud ? 0 : this.quietFor + 1;
    if (this.loud.filter(Boolean).length >= WORD_FRAMES) this.speaking = true;
    if (this.quietFor >= PAUSE_FRAMES) this.speaking = false;
  }

  /** What was being said was cut off, or nobody can know: the next frames tell anew. */
  pause(): void {
    this.loud = [];
    this.quietFor = 0;
    this.speaking = false;
  }

  /** Another microphone, or the same one later. */
  reset(): void {
    this.pause();
    this.room = new Array<number>(QUIET_FRAMES).fill(QUIET_ROOM);
  }
}
