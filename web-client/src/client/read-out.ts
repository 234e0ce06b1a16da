// What is heard of the form that is being read out: pure rules. Its sentences are speech that belongs to no line.

import type { Conversation } from "../protocol/fold";
import type { ErrorCode, ServerMessage, UtteranceId } from "../protocol/types";

/** What becomes of a piece of speech: it stands in line, comes instead of all that does, or is let go. */
export type Heard = "next" | "instead" | "not";

/** Whether speech is a sentence of the form, and not what somebody said. */
export function isReadOut({ lines }: Pick<Conversation, "lines">, utterance: UtteranceId): boolean {
  return !lines.some(({ id }) => id === utterance);
}

function isReading({ stage }: Conversation): boolean {
  return stage?.state === "read_back";
}

/** Follows the form being read out. */
export class ReadOut {
  /** The person stopped it: a slow machine goes on making it. */
  private stopped = false;
  /** The person wants to hear it from the beginning, and neither that nor a no has come. */
  private asked = false;

  /** The person wants to hear nothing more of what is being said. */
  stop(conversation: Conversation): void {
    this.stopped = isReading(conversation);
  }

  /** The person asked to hear it from the beginning. */
  again(): void {
    this.stopped = false;
    this.asked = true;
  }

  /** The server has trouble. */
  trouble(code: ErrorCode): void {
    // It is still being read: nothing of that may be missing.
    if (code === "too_fast") this.asked = false;
    // Until words can be stored they belong to no line either, and must be heard.
    if (code === "not_saved") this.stopped = false;
  }

  hear({ utterance, piece }: { utterance: UtteranceId; piece: number }, conversation: Conversation): Heard {
    if (!isReadOut(conversation, utterance)) return "next";
    if (this.stopped) return "not";
    if (!this.asked || piece !== 0) return "next";
    this.asked = false;
    return "instead";
  }

  /** True if what has come of it is not so any more, or not wanted, with this message. */
  isOver(before: Conversation, message: ServerMessage, now: Conversation): boolean {
    const kind = message.type === "event" ? message.kind : null;
    const given = kind === "read_back_given";
    const left = isReading(before) && !isReading(now);
    if (given || left) {
      this.stopped = false;
      this.asked = false;
    }
    return left || (isReading(before) && (given || kind === "read_back_doubted"));
  }
}
