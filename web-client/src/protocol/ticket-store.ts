// The ticket for the next connection, kept for this tab: a reload comes back to the conversation.

import type { CaseId, Pairing } from "./types";

/** Whose page it is: one browser may have both open. */
export type Seat = "staff" | "citizen";

/** What is kept between reloads. */
export interface Kept {
  case: CaseId;
  ticket: string;
  /** Staff only: how the tablet joins, until when (ms since 1970), and which event was the newest then. */
  pairing?: Pairing & { expires_at: number; after: number };
  /** Another screen has the conversation now: a reload must not take it back by itself. */
  replaced?: true;
}

/** The part of `Storage` that is used. */
export type TextStore = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** Keeps a ticket under one name in `sessionStorage`. */
export class TicketStore {
  /** Used when the browser refuses storage: then a reload starts anew, all else works. */
  private memory: string | null = null;

  constructor(
    private readonly name: string,
    private readonly store: TextStore | null,
    readonly seat: Seat,
  ) {}

  /** What is kept, or null. Anything unreadable counts as nothing. */
  load(): Kept | null {
    const text = this.read();
    if (text === null) return null;
    try {
      const kept: unknown = JSON.parse(text);
      if (typeof kept !== "object" || kept === null) return null;
      const { case: id, ticket } = kept as Kept;
      return typeof id === "string" && typeof ticket === "string" ? (kept as Kept) : null;
    } catch {
      return null;
    }
  }

  save(kept: Kept): void {
    this.memory = JSON.stringify(kept);
    try {
      this.store?.setItem(this.name, this.memory);
    } catch {
      // Full or forbidden: the copy in memory serves until a reload.
    }
  }

  /** A new ticket for the same case. */
  renew(id: CaseId, ticket: string): void {
    const kept = this.load();
    if (kept === null || kept.case !== id) {
      this.save({ case: id, ticket });
      return;
    }
    const { replaced: _, ...same } = kept;
    this.save({ ...same, ticket });
  }

  /** Another screen has the conversation now. */
  markReplaced(): void {
    const kept = this.load();
    if (kept !== null) this.save({ ...kept, replaced: true });
  }

  /** A person took the conversation back: it is this screen's from now on, also if it is loaded anew. */
  markTaken(): void {
    const kept = this.load();
    if (kept?.replaced === undefined) return;
    const { replaced: _, ...rest } = kept;
    this.save(rest);
  }

  /** The code was used: a code is good once. */
  forgetPairing(): void {
    const kept = this.load();
    if (kept?.pairing === undefined) return;
    const { pairing: _, ...rest } = kept;
    this.save(rest);
  }

  clear(): void {
    this.memory = null;
    try {
      this.store?.removeItem(this.name);
    } catch {
      // Nothing was kept.
    }
  }

  private read(): string | null {
    try {
      return this.store?.getItem(this.name) ?? this.memory;
    } catch {
      return this.memory;
    }
  }
}

/** The tab's `sessionStorage`, or null where the browser refuses it. */
export function tabStorage(): TextStore | null {
  try {
    return window.sessionStorage;
  } catch {
    return null;
  }
}
