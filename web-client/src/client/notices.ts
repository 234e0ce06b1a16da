// What a person must be told, and for how long: pure rules, times in ms on one clock.

import type { ErrorCode, Role, ServerMessage, UtteranceId } from "../protocol/types";

/** Something the person must be told. */
export type NoticeCode =
  | ErrorCode
  | "slow_network"
  | "not_sent"
  /** The browser refuses to keep the ticket. */
  | "not_kept"
  | "not_said"
  | "not_heard"
  /** Words were said while the interpreter's voice was heard here. */
  | "spoken_over"
  /** Sound waits, because written words go first; something was being said. */
  | "text_first"
  | "not_repeated";

/** A notice on the screen, until it is dismissed or settled by what follows. */
export interface Notice {
  readonly code: NoticeCode;
  /** Another one with each telling: a screen reader takes it for news. */
  readonly id: number;
  /** How often it was told since it went away last. */
  readonly times: number;
  readonly at: number;
}

/** More would hide the conversation. */
const MAX_NOTICES = 3;
/** What was lost of a person's words: over once the person is heard again. */
const LOST_WORDS: ReadonlySet<NoticeCode> = new Set<NoticeCode>([
  "not_heard",
  "slow_network",
  "spoken_over",
  "text_first",
]);

/** The notices after one more; told again it is the newest. */
export function withNotice(notices: readonly Notice[], code: NoticeCode, now: number): Notice[] {
  const before = notices.find((one) => one.code === code);
  const id = Math.max(0, ...notices.map((one) => one.id)) + 1;
  const notice: Notice = { code, id, times: (before?.times ?? 0) + 1, at: now };
  return [...notices.filter((one) => one !== before), notice].slice(-MAX_NOTICES);
}

/** The notices that still hold once the person was heard with words that began at this time. */
export function afterHeard(notices: readonly Notice[], begun: number): Notice[] {
  return notices.filter(({ code, at }) => !LOST_WORDS.has(code) || at >= begun);
}

/** Finds out when words that have become text were said: the server tells how far behind it was. */
export class HeardWords {
  private readonly lengths = new Map<UtteranceId, number>();

  /** When the words that this message is about began to be said on this device; null if it is about none. */
  begunIn(message: ServerMessage, role: Role | null, now: number): number | null {
    if (message.type === "event") {
      if (message.kind !== "utterance_settled") return null;
      if (message.source !== "speech" || message.speaker !== role) return null;
      this.lengths.set(message.id, message.end_ms - message.start_ms);
      return null;
    }
    if (message.type !== "timing") return null;
    const length = this.lengths.get(message.utterance);
    if (length === undefined) return null;
    this.lengths.delete(message.utterance);
    return now - (message.spoken_ms ?? message.translated_ms) - length;
  }

  /** Another conversation counts its utterances anew. */
  forget(): void {
    this.lengths.clear();
  }
}
