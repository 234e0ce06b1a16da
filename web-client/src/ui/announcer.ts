// Tells screen readers what was said, once it will not change any more, and which screen is shown.

import type { PlayerState } from "../audio/player";
import type { Link } from "../protocol/connection";
import { textIn, type Conversation } from "../protocol/fold";
import type { CaseId, Lang, Speaker, UtteranceId } from "../protocol/types";
import { Unspoken } from "./unspoken";

/** Old announcements are of no use. */
const MAX_KEPT = 5;
/** How often it is looked whether speech has come, ms. */
const LOOK_MS = 1_000;

/**
 * Polite live regions: the other side's settled words in the own language, as far as no voice says them
 * (two at once cannot be understood, and the microphone is deaf to one of them only), and the names of screens.
 */
export class Announcer {
  private readonly region: HTMLElement;
  private readonly screen: HTMLElement;
  private readonly unspoken = new Unspoken();
  private player: PlayerState | null = null;
  private looking: ReturnType<typeof setTimeout> | undefined;
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
    this.screen = document.createElement("div");
    this.screen.className = "sr-only";
    this.screen.setAttribute("role", "status");
    parent.append(this.region);
    parent.append(this.screen);
  }

  /**
   * Announces what is new, also what was said while the connection was broken; history that a reload
   * brings back is not read again. Once the conversation
   * was left, lost or taken by another screen, nothing of it stays in the page.
   */
  update(conversation: Conversation, link: Link, player: PlayerState): void {
    this.player = player;
    if (link.kind === "closed" || link.kind === "stopped") this.forget();
    if (conversation.caseId !== this.caseId) {
      this.caseId = conversation.caseId;
      this.historyUntil = conversation.caughtUpAt;
      this.told.clear();
      this.forget();
    }
    const history = conversation.seq <= this.historyUntil;
    for (const line of conversation.lines) {
      if (line.speaker !== this.other || this.told.has(line.id)) continue;
      const text = textIn(line, this.lang);
      if (text === null) continue;
      this.told.add(line.id);
      if (!history) this.unspoken.add(line.id, text, performance.now());
    }
    this.sayUnspoken();
  }

  /** The screen that has come in the place of another, by its heading. */
  name(heading: string, lang: string): void {
    this.screen.lang = lang;
    this.screen.textContent = heading;
  }

  private forget(): void {
    this.unspoken.clear();
    this.region.replaceChildren();
  }

  private sayUnspoken(): void {
    clearTimeout(this.looking);
    if (this.player === null) return;
    for (const { utterance, text } of this.unspoken.take(this.player, performance.now())) {
      this.say(this.present(text, utterance));
    }
    if (this.unspoken.isEmpty) return;
    this.looking = setTimeout(() => this.sayUnspoken(), LOOK_MS);
  }

  private say(text: string): void {
    const item = document.createElement("p");
    item.lang = this.lang;
    item.textContent = text;
    this.region.append(item);
    while (this.region.childElementCount > MAX_KEPT) this.region.firstElementChild?.remove();
  }
}
