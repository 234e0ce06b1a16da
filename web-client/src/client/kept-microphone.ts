// That the microphone was on: a reload takes it away, or signing in again, and nobody must go on talking to nobody.

import { KeptText, type TextStore } from "../protocol/ticket-store";
import type { CaseId } from "../protocol/types";

/** Kept for this tab and one case. */
export class KeptMicrophone {
  private readonly kept: KeptText;

  constructor(name: string, store: TextStore | null) {
    this.kept = new KeptText(name, store);
  }

  on(id: CaseId | null): void {
    if (id !== null) this.kept.write(id);
  }

  off(): void {
    this.kept.clear();
  }

  wasOn(id: CaseId | null): boolean {
    return id !== null && this.kept.read() === id;
  }
}
