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
  /** Staff only: the request for a human interpreter that was answered, by its event. */
  interpreterCalledAt?: number;
  /** Another screen has the conversation now: a reload must not take it back by itself. */
  replaced?: true;
}

/** The part of `Storage` that is used. */
export type TextStore = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** One text under one name in a store; in memory where the browser refuses it. */
export class KeptText {
  private memory: string | null = null;
  /** The newest is in memory only: a reload will not find it. */
  refused = false;

  constructor(
    private readonly name: string,
    private readonly store: TextStore | null,
  ) {}

  read(): string | null {
    // What still stands in the store is older, and may be about somebody else.
    if (this.refused) return this.memory;
    try {
      return this.store?.getItem(this.name) ?? this.memory;
    } catch {
      return this.memory;
    }
  }

  write(text: string): void {
    this.memory = text;
    // Without the older one there may be room; and a reload must not find that instead.
    this.refused = !this.stored(text) && !(this.removed() && this.stored(text));
  }

  clear(): void {
    this.memory = null;
    // What cannot be taken away must not be read again either.
    this.refused = !this.removed();
  }

  private stored(text: string): boolean {
    try {
      this.store?.setItem(this.name, text);
      return this.store !== null;
    } catch {
      return false;
    }
  }

  private removed(): boolean {
    try {
      this.store?.removeItem(this.name);
      return true;
    } catch {
      return false;
    }
  }
}

/** Keeps a ticket under one name in `sessionStorage`. */
export class TicketStore {
  private readonly kept: KeptText;

  constructor(
    name: string,
    store: TextStore | null,
    readonly seat: Seat,
  ) {
    this.kept = new KeptText(name, store);
  }

  /** True if a reload will not find the ticket: the browser refuses to keep it. All else works. */
  get refused(): boolean {
    return this.kept.refused;
  }

  /** What is kept, or null. Anything unreadable counts as nothing. */
  load(): Kept | null {
    const text = this.kept.read();
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
    this.kept.write(JSON.stringify(kept));
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
    this.kept.clear();
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
