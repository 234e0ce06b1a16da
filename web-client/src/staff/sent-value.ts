// A value that staff sent, until the form has it or somebody says why not: pure rules.

import type { ClientState } from "../client/client-state";
import { findSlot } from "../form/persons";
import type { MessageKey } from "../i18n/i18n";
import type { ErrorCode, FormView, SlotView } from "../protocol/types";

/** What came of it so far. */
export type Answer =
  | { kind: "waiting" }
  | { kind: "saved" }
  | { kind: "refused"; code: ErrorCode }
  /** The connection broke, and the form that came afterwards does not have it. */
  | { kind: "lost" };

/** What the server says when it takes no value. Other trouble is not about the form. */
const REFUSALS: ReadonlySet<ErrorCode> = new Set([
  "bad_message",
  "too_large",
  "too_fast",
  "not_allowed",
  "bad_slot",
  "slot_changed",
  "not_saved",
]);

type Seen = Pick<ClientState, "link" | "lastTrouble"> & {
  conversation: Pick<ClientState["conversation"], "form">;
};

/** Waits for the answer to a value; null empties the slot. Forms that come meanwhile may be about something else. */
export class SentValue {
  private readonly before: string;
  private readonly troubleBefore: number;
  /** The form as it was when the connection broke. */
  private brokenAt: { form: FormView | null } | null = null;

  constructor(
    readonly key: string,
    private readonly value: unknown,
    state: Seen,
  ) {
    this.before = decision(findSlot(state.conversation.form, key));
    this.troubleBefore = state.lastTrouble?.n ?? 0;
  }

  /** What is known now; ask after every change of the state. */
  answer(state: Seen): Answer {
    const { form } = state.conversation;
    const slot = findSlot(form, this.key);
    if (this.isIn(form, slot)) return { kind: "saved" };
    const { lastTrouble: trouble } = state;
    if (trouble !== null && trouble.n > this.troubleBefore && REFUSALS.has(trouble.code)) {
      return { kind: "refused", code: trouble.code };
    }
    if (state.link.kind !== "open") {
      this.brokenAt ??= { form };
    } else if (this.brokenAt !== null && form !== null && form !== this.brokenAt.form) {
      return { kind: "lost" };
    }
    return { kind: "waiting" };
  }

  private isIn(form: FormView | null, slot: SlotView | null): boolean {
    // A further person's slot is gone from the form when it is emptied.
    if (slot === null) return this.value === null && form !== null;
    const wanted = this.value === null ? "cleared" : "corrected";
    // A server that names no decisions: what it shows must do.
    if (slot.decided === undefined) {
      return slot.status === wanted && JSON.stringify(slot.value) === JSON.stringify(this.value);
    }
    const { what, actor } = slot.decided;
    return what === wanted && actor === "staff" && decision(slot) !== this.before;
  }
}

/** What the editor says of a refusal. */
export function refusal({ key }: { key: string }, { code }: { code: ErrorCode }): MessageKey {
  // Its parts are there, and would say something else behind it.
  if (code === "bad_slot" && key === "to.address_line") return "slot.invalid.address_line";
  return `error.${code}`;
}

function decision(slot: SlotView | null): string {
  return JSON.stringify(slot?.decided ?? null);
}
