// What a supervisor has written about cases and not sent. Signing in again, or the list in between,
// must not cost it; nor a reload. Kept for this tab, and for the account that wrote it.

import { KeptText, type TextStore } from "../protocol/ticket-store";
import type { CaseId, FieldComment } from "../protocol/types";

/** Remarks and a reason for sending back, as they were typed. */
export interface Draft {
  comments: FieldComment[];
  reason: string;
}

/** Nothing was written. */
export const NO_DRAFT: Draft = { comments: [], reason: "" };

/** True if there is something that approving would drop. */
export function isWritten({ comments, reason }: Draft): boolean {
  return comments.length > 0 || reason.trim() !== "";
}

/** The draft with another remark about a field. */
export function withRemark(draft: Draft, key: string, text: string): Draft {
  const others = draft.comments.filter((one) => one.key !== key);
  const own = text.trim() === "" ? [] : [{ key, text }];
  return { ...draft, comments: [...others, ...own] };
}

interface Kept {
  account: string;
  cases: Record<CaseId, Draft>;
}

const NAME = "tolkebot.supervisor.drafts";

/** The drafts of one account. */
export class Drafts {
  /** Where the browser refuses it, a reload costs them. */
  private readonly kept: KeptText;

  constructor(store: TextStore | null) {
    this.kept = new KeptText(NAME, store);
  }

  of(account: string | null, id: CaseId): Draft {
    const draft = this.load(account)?.cases[id];
    return draft === undefined ? NO_DRAFT : { ...NO_DRAFT, ...draft };
  }

  /** Keeps what was written; a case about which nothing is written any more is forgotten. */
  put(account: string | null, id: CaseId, draft: Draft): void {
    if (account === null) return;
    const { [id]: _, ...others } = this.load(account)?.cases ?? {};
    const cases = isWritten(draft) ? { ...others, [id]: draft } : others;
    if (Object.keys(cases).length === 0) this.clear();
    else this.save({ account, cases });
  }

  clear(): void {
    this.kept.clear();
  }

  private load(account: string | null): Kept | null {
    const text = this.kept.read();
    if (text === null) return null;
    try {
      const kept = JSON.parse(text) as Kept | null;
      return kept !== null && kept.account === account && typeof kept.cases === "object" ? kept : null;
    } catch {
      return null;
    }
  }

  private save(kept: Kept): void {
    this.kept.write(JSON.stringify(kept));
  }
}
