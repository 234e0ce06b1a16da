// What a screen renders from.

import type { MicHint } from "../audio/input-check";
import type { MicTrouble } from "../audio/microphone-access";
import type { PlayerState } from "../audio/player";
import type { Link } from "../protocol/connection";
import type { Conversation } from "../protocol/fold";
import type { ErrorCode } from "../protocol/types";
import type { Notice } from "./notices";
import type { SoundState } from "./sound-devices";
import type { SoundPause } from "./uplink";

/** Where the microphone stands. */
export type MicState =
  | { kind: "off" }
  | { kind: "starting" }
  | { kind: "on" }
  | { kind: "trouble"; trouble: MicTrouble };

/** All that a screen renders from. */
export interface ClientState {
  conversation: Conversation;
  link: Link;
  /** When whoever opened this client is signed out, ms since 1970; null for no end by the clock. */
  signedInUntil: number | null;
  mic: MicState;
  /** What is wrong with the sound of a microphone that is on. */
  micHint: MicHint | null;
  /** Why no sound goes out although the microphone is on. */
  soundPause: SoundPause | null;
  /** It was on before the page was loaded anew, or the conversation went from the screen. */
  micWentOff: boolean;
  player: PlayerState;
  /** Listen while interpreted speech plays here (headset). Off: the microphone is deaf then. */
  fullDuplex: boolean;
  /** The microphones and loudspeakers to choose from. */
  sound: SoundState;
  notices: readonly Notice[];
  /** Typed text was sent and has not arrived yet. */
  typing: boolean;
  /** A step of the case was asked for and not answered yet. */
  stepping: boolean;
  /** The newest trouble that the server told of; `n` counts them. */
  lastTrouble: { code: ErrorCode; n: number } | null;
}
