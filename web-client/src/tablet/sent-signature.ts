// A signature on its way to the server, until the case shows that it arrived or that it didn't: pure rules.

import type { ClientState } from "../client/client-state";
import type { StageView } from "../protocol/types";

/** The server answers at once; after this long, ms, the message was lost on the way. */
export const SIGNATURE_LOST_MS = 15_000;

/** Waits for the case to leave the read-back. */
export class SentSignature {
  private broken = false;
  private readonly troubles: number;
  private readonly stage: StageView | null;

  /** @param at when it was sent, ms */
  constructor(
    state: ClientState,
    private readonly at: number,
  ) {
    this.troubles = state.lastTrouble?.n ?? 0;
    this.stage = state.conversation.stage;
  }

  /** True once it is known that the case has no signature of it. */
  isLost({ link, lastTrouble, conversation }: ClientState, now: number): boolean {
    if (link.kind !== "open") this.broken = true;
    if (link.kind === "stopped") return true;
    if ((lastTrouble?.n ?? 0) !== this.troubles) return true;
    // After a break the server says first where the case stands: what is known from before says nothing.
    if (this.broken) return link.kind === "open" && conversation.stage !== this.stage;
    return now - this.at >= SIGNATURE_LOST_MS;
  }
}
