// Tells screen readers what was said, once it will not change any more.

import type { Link } from "../protocol/connection";
import { textIn, type Conversation } from "../protocol/fold";
import type { CaseId, Lang, Speaker, UtteranceId } from "../protocol/types";

/** Old announcements are of no use. */
const MAX_KEPT = 5;

/** A polite live region with the other side's settled words in the own language. */
export class Announcer {
  private readonly region: HTMLElement;
  /** Utterances of this case; another case counts from 1 again. */
  private readonly told = new Set<number>();
  private caseId: CaseId | null = null;
  /** The newest event when this page came into the case. */
  private historyUntil = 0;

  constructor(
    parent: HTMLElement,
    private readonly other: Speaker,
    private readonly lang: Lang,
    /** What of an utterance's text may be read aloud. */
    private readonly present: (text: string, id: UtteranceId) => string = (text) => text,
  ) {
    this.region = document.createElement("div");
    this.region.className = "sr-only";
    this.region.setAttribute("role", "log");
    this.region.setAttribute("aria-live", "polite");
    parent.append(this.region);
  }

  /**
   * Announces what is new, also what was said while the connection was broken; history that a reload
   * brings back is not read again. Once the conversation
   * was left, lost or taken by another screen, nothing of it stays in the page.
   */
  update(conversation: Conversation, link: Link): void {
    if (link.kind === "closed" || link.kind === "stopped") this.region.replaceChildren();
    if (conversation.caseId !== this.caseId) {
      this.caseId = conversation.caseId;
      this.historyUntil = conversation.caughtUpAt;
      this.told.clear();
      this.region.replaceChildren();
    }
    const history = conversation.seq <= this.historyUntil;
    for (const line of conversation.lines) {
      if (line.speaker !== this.other || this.told.has(line.id)) continue;
      const text = textIn(line, this.lang);
      if (text === null) continue;
      this.told.add(line.id);
      if (!history) this.say(this.present(text, line.id));
    }
  }

  private say(text: string): void {
    const item = document.createElement("p");
    item.lang = this.lang;
    item.textContent = text;
    this.region.append(item);
    while (this.region.childElementCount > MAX_KEPT) this.region.firstElementChild?.remove();
  }
}
