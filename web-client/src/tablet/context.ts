// What the tablet's views render from.

import type { TypedDraft } from "../client/typed-text";
import type { MessageKey } from "../i18n/i18n";
import type { Ink } from "../protocol/types";
import type { PartContext } from "../ui/parts";
import type { StickyScroll } from "../ui/sticky-scroll";

/** The tablet's own state, beside the conversation. */
export interface TabletView {
  screen: "pair" | "conversation";
  pairing: boolean;
  pairProblem: MessageKey | null;
  /** The newest event when the citizen last went on with the machine, having asked for a human; 0 if not. */
  wentOnAt: number;
  typing: boolean;
  /** What was typed and not sent. */
  draft: string;
  showForm: boolean;
  /** The place to sign has just come: a press was meant for what stood there before. */
  settling: boolean;
  /** The signature is on its way; it did not arrive. */
  signature: "none" | "sending" | "lost";
  /** What was drawn is no signature yet. */
  tooSmall: boolean;
}

/** Everything a tablet view needs. */
export interface TabletContext extends PartContext {
  view: TabletView;
  scroll: StickyScroll;
  draft: TypedDraft;
  set(change: Partial<TabletView>): void;
  pair(typed: string): void;
  sign(digest: string, ink: Ink): void;
  leave(): void;
  askForHuman(): void;
}
