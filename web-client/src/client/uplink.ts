// What becomes of the microphone's frames on a network that is slower than they come: pure rules.
// Words with a hole are worse than words that are asked for again, and written words go first.

import { MAX_WAITING_BYTES, USUAL_WAITING_BYTES } from "../protocol/connection";

/** Why no sound goes out although the microphone is on. */
export type SoundPause =
  /** The network is too slow for it. */
  | "slow"
  /** What was typed is on its way. */
  | "text";

/** What is to be done with a frame. */
export type FrameStep =
  | "send"
  | "drop"
  /** Drop it, end what was being said, and tell the person. */
  | "pause"
  /** Begin anew with this frame. */
  | "resume";

/** Frames of 60 ms, 15 s: whoever has not paused for so long, or sits in such noise, is listened to again. */
const PAUSE_AT_MOST = 250;

/** Decides frame by frame. */
export class Uplink {
  private why: SoundPause | null = null;
  private frames = 0;

  get paused(): SoundPause | null {
    return this.why;
  }

  /**
   * @param waiting bytes that wait in the socket
   * @param speaking somebody speaks into the microphone
   * @param typing typed text has not arrived yet
   */
  frame({ waiting, speaking, typing }: { waiting: number; speaking: boolean; typing: boolean }): FrameStep {
    const crowded = waiting > USUAL_WAITING_BYTES;
    if (this.why === null) {
      if (typing && crowded) this.why = "text";
      else if (waiting > MAX_WAITING_BYTES) this.why = "slow";
      else return "send";
      this.frames = 0;
      return "pause";
    }
    this.frames += 1;
    const blocked = crowded || (typing && this.why === "text");
    if (blocked || (speaking && this.frames < PAUSE_AT_MOST)) return "drop";
    this.why = null;
    return "resume";
  }

  /** A new connection, or a microphone that was switched: nothing waits. */
  reset(): void {
    this.why = null;
  }
}
