// What staff typed in a case and has not sent, and what of it is covered: a reload must not cost it.
// Kept for this tab, beside the ticket, until the case is left.

import { KeptText, type TextStore } from "../protocol/ticket-store";
import type { CaseId, UtteranceId } from "../protocol/types";
import type { Editing, StaffView } from "./context";

/** What is kept between reloads. */
export interface Work {
  /** What was typed to be said. */
  draft: string;
  /** The field to type in was open. */
  typing: boolean;
  /** The open editor with what stood in it. */
  editing: (Pick<Editing, "key" | "initial" | "person" | "text"> & { others?: unknown[] }) | null;
  /** Sentences in which something sensitive was said; the form names only those it rests on now. */
  covered: UtteranceId[];
}

/** Nothing was begun. */
export const NO_WORK: Work = { draft: "", typing: false, editing: null, covered: [] };

/** The view that goes on with it. */
export function resumed(work: Work): Pick<StaffView, "draft" | "typing" | "editing" | "covered"> {
  const { draft, typing, editing, covered } = work;
  const fresh = { told: null, pending: null, problem: null };
  return {
    draft,
    typing,
    editing: editing && { ...editing, others: editing.others ?? [], ...fresh },
    covered: new Set(covered),
  };
}

const NAME = "tolkebot.staff.work";

/** The work in one case. */
export class KeptWork {
  private readonly kept: KeptText;

  constructor(store: TextStore | null) {
    this.kept = new KeptText(NAME, store);
  }

  /** What was begun in this case; nothing of another one. */
  of(id: CaseId): Work {
    try {
      const kept = JSON.parse(this.kept.read() ?? "null") as ({ case: CaseId } & Work) | null;
      if (kept === null || kept.case !== id) return NO_WORK;
      const { case: _, ...work } = kept;
      return { ...NO_WORK, ...work };
    } catch {
      return NO_WORK;
    }
  }

  put(id: CaseId, work: Work): void {
    this.kept.write(JSON.stringify({ case: id, ...work }));
  }

  clear(): void {
    this.kept.clear();
  }
}
