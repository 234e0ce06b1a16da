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
  | "not_repeated"
  /** The chosen microphone is not there: another one is used. */
  | "mic_absent"
  /** The microphone was taken away while it was on, and another one hears now. */
  | "mic_changed"
  /** The chosen one is there again and used. */
  | "mic_back"
  /** The one that was taken away is there again, and may be switched on. */
  | "mic_ready"
  /** The one that was just chosen can't be used. */
  | "mic_unusable"
  | "speaker_absent"
  /** The chosen loudspeaker is there, and the browser does not let the page have it. */
  | "speaker_refused"
  | "speaker_back";

/** A notice on the screen, until it is dismissed or settled by what follows. */
export interface Notice {
  readonly code: NoticeCode;
  /** Another one with each telling: a screen reader takes it for news. */
  readonly id: number;
  /** How often it was told since it went away last. */
  readonly times: number;
  readonly at: number;
  /** Of what it is about: names for the places of its text. */
  readonly names?: Readonly<Record<string, string>>;
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

/** What only the newest is true of: which microphone hears, which loudspeaker speaks. */
const ONE_OF = /^(?:mic|speaker)_/;

/** The notices after one more; told again it is the newest. */
export function withNotice(
  notices: readonly Notice[],
  code: NoticeCode,
  now: number,
  names: object = {},
): Notice[] {
  const same = notices.find((one) => one.code === code);
  // About something else of that name, it is told for the first time.
  const before = same !== undefined && sameNames(same.names, names) ? same : undefined;
  const id = Math.max(0, ...notices.map((one) => one.id)) + 1;
  const notice: Notice = {
    code,
    id,
    times: (before?.times ?? 0) + 1,
    at: now,
    names: { ...names } as Record<string, string>,
  };
  const kind = ONE_OF.exec(code)?.[0];
  const others = notices.filter(
    (one) => one.code !== code && (kind === undefined || !one.code.startsWith(kind)),
  );
  return [...others, notice].slice(-MAX_NOTICES);
}

function sameNames(a: object = {}, b: object): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The notices that still hold once the person was heard with words that began at this time. */
export function afterHeard(notices: readonly Notice[], begun: number): Notice[] {
  return notices.filter(({ code, at }) => !LOST_WORDS.has(code) || at >= begun);
}

/** Which of its names a notice says to be the microphone that hears. */
const HEARS: Partial<Record<NoticeCode, string>> = { mic_changed: "now", mic_unusable: "now", mic_back: "device" };

/** The notices that still hold while the microphone of this name hears; with null, while none does. */
export function whileHearing(notices: readonly Notice[], hears: string | null): Notice[] {
  return notices.filter(({ code, names }) => {
    const place = HEARS[code];
    return place === undefined || names?.[place] === hears;
  });
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
