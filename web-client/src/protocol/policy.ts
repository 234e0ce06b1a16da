// What to do when a connection ends: pure rules.

import type { ErrorCode } from "./types";

/** The WebSocket close code of each kind of trouble (RFC 6455, private range). */
const CLOSE_CODES: Record<ErrorCode, number> = {
  bad_message: 4000,
  too_large: 4001,
  too_fast: 4002,
  bad_ticket: 4003,
  not_allowed: 4004,
  bad_audio: 4005,
  bad_slot: 4006,
  slot_changed: 4007,
  busy: 4008,
  engine_failed: 4009,
  not_saved: 4010,
  replaced: 4011,
  idle_timeout: 4012,
  shutting_down: 4013,
  signed_out: 4014,
};

/** Every kind of trouble. */
export const ERROR_CODES = Object.keys(CLOSE_CODES) as ErrorCode[];

/** The trouble that a WebSocket close code stands for, or null. */
export function codeOfClose(close: number): ErrorCode | null {
  return ERROR_CODES.find((code) => CLOSE_CODES[code] === close) ?? null;
}

/** True if the text is one of the protocol's error codes. */
export function isErrorCode(text: unknown): text is ErrorCode {
  return typeof text === "string" && Object.hasOwn(CLOSE_CODES, text);
}

/** What follows a lost connection. */
export type AfterClose =
  | { kind: "retry"; delayMs: number }
  /** Only a person can go on: press a button, pair again. */
  | { kind: "stop"; code: ErrorCode };

/** First and longest waiting time before a new attempt, ms. */
export const FIRST_DELAY_MS = 500;
export const LONGEST_DELAY_MS = 15_000;
/** Waiting time when the server says that it is full, ms. */
export const BUSY_DELAY_MS = 8_000;
/** The same refusal this often in a row means that trying again will not help. */
const HOPELESS_AFTER = 4;

/**
 * Waiting time before attempt `attempt` (0 is the first new one): doubled each time, with up to a
 * quarter taken off by `random` (0 to 1) so that many screens do not come back at once.
 */
export function backoff(attempt: number, random: number): number {
  const full = Math.min(FIRST_DELAY_MS * 2 ** Math.min(attempt, 20), LONGEST_DELAY_MS);
  return Math.round(full * (1 - 0.25 * random));
}

/** Decides what follows the end of a connection for reason `code` (null: the network). */
export function afterClose(code: ErrorCode | null, attempt: number, random: number): AfterClose {
  switch (code) {
    case "bad_ticket":
    case "not_allowed":
    case "replaced":
    case "idle_timeout":
    case "signed_out":
      return { kind: "stop", code };
    case "busy":
      return { kind: "retry", delayMs: BUSY_DELAY_MS };
    case null:
    case "shutting_down":
    case "not_saved":
      return { kind: "retry", delayMs: backoff(attempt, random) };
    default:
      return attempt >= HOPELESS_AFTER
        ? { kind: "stop", code }
        : { kind: "retry", delayMs: backoff(attempt, random) };
  }
}
