// Text that was typed and sent, until the conversation shows that it arrived: pure rules.

import type { Link } from "../protocol/connection";
import type { Conversation } from "../protocol/fold";
import type { ServerMessage } from "../protocol/types";

/** Waits for what was typed to become an utterance. */
export class TypedText {
  private broken = false;

  constructor(
    private readonly text: string,
    /** The newest event when it was sent: the same words may have been typed before. */
    private readonly after: number,
  ) {}

  /** True if the message is this very text, settled. */
  arrivedIn(message: ServerMessage, { role }: Pick<Conversation, "role">): boolean {
    return (
      message.type === "event" &&
      message.kind === "utterance_settled" &&
      message.seq > this.after &&
      message.source === "typed" &&
      message.speaker === role &&
      message.text === this.text
    );
  }

  /** True once the connection broke and the next one has told all that arrived. */
  isLost(link: Link, { seq, caughtUpAt, gap }: Pick<Conversation, "seq" | "caughtUpAt" | "gap">): boolean {
    if (link.kind !== "open") this.broken = true;
    return this.broken && link.kind === "open" && !gap && seq >= caughtUpAt;
  }
}
