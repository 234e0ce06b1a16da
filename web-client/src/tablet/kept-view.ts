// What a reload must not cost the citizen: what they have typed, and how large the letters are.

import { KeptText, type TextStore } from "../protocol/ticket-store";
import type { TabletView } from "./context";

/** What is kept of the view for this tab, beside the ticket. */
export type KeptParts = Pick<TabletView, "draft" | "typing" | "wentOnAt"> & {
  /** Which of the sizes of the text. */
  textSize: number;
};

/** Keeps it under one name in `sessionStorage`. */
export class KeptView {
  private readonly kept: KeptText;

  constructor(name: string, store: TextStore | null) {
    this.kept = new KeptText(name, store);
  }

  /** What is kept, or null. Anything unreadable counts as nothing. */
  load(): KeptParts | null {
    try {
      const kept: unknown = JSON.parse(this.kept.read() ?? "null");
      if (typeof kept !== "object" || kept === null) return null;
      const { draft, typing, wentOnAt, textSize } = kept as Partial<KeptParts>;
      return typeof draft === "string" &&
        typeof typing === "boolean" &&
        Number.isInteger(wentOnAt) &&
        Number.isInteger(textSize)
        ? (kept as KeptParts)
        : null;
    } catch {
      return null;
    }
  }

  save({ draft, typing, wentOnAt, textSize }: KeptParts): void {
    this.kept.write(JSON.stringify({ draft, typing, wentOnAt, textSize } satisfies KeptParts));
  }

  clear(): void {
    this.kept.clear();
  }
}
