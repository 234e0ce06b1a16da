// A step of the case that a person asked for, until the server has answered it: pure rules.

import type { Conversation } from "../protocol/fold";
import type { ClientState } from "./client-state";

/** The server answers at once; after this long, ms, the step may be asked for again. */
export const STEP_WITHIN_MS = 15_000;

/** Where the case stands, as far as steps change it. */
function place({ stage }: Conversation): string {
  return stage === null ? "" : `${stage.state} ${stage.read_back_confirmed} ${stage.read_back_doubted}`;
}

/** Waits for the case to move, or for the server's no: asked for twice, what was done is told as an error. */
export class SentStep {
  private readonly troubles: number;
  private readonly from: string;

  /** @param at when it was sent, ms */
  constructor(
    state: ClientState,
    private readonly at: number,
  ) {
    this.troubles = state.lastTrouble?.n ?? 0;
    this.from = place(state.conversation);
  }

  /** True once nothing more is to be waited for. */
  isAnswered({ link, lastTrouble, conversation }: ClientState, now: number): boolean {
    return (
      // What was under way may be lost; the server says where the case stands when it is back.
      link.kind !== "open" ||
      (lastTrouble?.n ?? 0) !== this.troubles ||
      place(conversation) !== this.from ||
      now - this.at >= STEP_WITHIN_MS
    );
  }
}
