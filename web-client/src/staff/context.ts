// What the staff console's views render from.

import type { TypedDraft } from "../client/typed-text";
import type { PartContext } from "../ui/parts";
import type { StickyScroll } from "../ui/sticky-scroll";
import type { MessageKey } from "../i18n/i18n";
import type { ApiTrouble, SessionState } from "../protocol/api";
import type { CaseId, EvidenceView, OwnCase, SlotView, UtteranceId } from "../protocol/types";
import type { Kept } from "../protocol/ticket-store";
import type { SeenSlot } from "./heard-meanwhile";
import type { MitId } from "./mitid";
import type { SentValue } from "./sent-value";

/** The slot that is being edited. */
export interface Editing {
  key: string;
  /** What stood there when editing began: what is heard later must not replace what is typed. */
  initial: unknown;
  /** Whom the row was about then; undefined if the key is of no person's row. */
  person: string | undefined;
  /** The other values that had been heard then. */
  others: unknown[];
  /** What stood there when somebody pressed to save, having been told of it; null before that. */
  told: SeenSlot | null;
  /** What was sent; the form has not answered yet. */
  pending: SentValue | null;
  /** What stood in the editor before the page was loaded anew; null if it begins with the value. */
  text: string | null;
  problem: MessageKey | null;
}

/** Somebody who is to be taken out of the form; staff is being asked about it. */
export interface Removing {
  /** The row of the household, or of a child that has none there. */
  row: string;
  /** The given names that it showed. */
  person: string;
  /** What the person was called on the screen. */
  name: string;
}

/** The console's own state, beside the conversation. */
export interface StaffView {
  screen: "start" | "case";
  opening: boolean;
  startTrouble: ApiTrouble | null;
  /** Somebody must sign in before a case is opened. */
  signingIn: boolean;
  /** Whoever signs in comes back into the case that is still open. */
  returning: boolean;
  /** Where people can sign in besides accounts. */
  provider: NonNullable<SessionState["provider"]> | null;
  /** Who is signed in. */
  account: string | null;
  /** Cases that wait for who is signed in; unknown if the server could not say. */
  ownCases: OwnCase[] | "unknown";
  pairing: Kept["pairing"] | null;
  /** Since when a tablet that was here has been gone, ms since 1970; null if none is. */
  tabletGoneAt: number | null;
  /** The code is shown although a tablet is connected. */
  showPairing: boolean;
  pairTrouble: ApiTrouble | null;
  editing: Editing | null;
  /** Sensitive slots that are shown in full. */
  revealed: ReadonlySet<string>;
  highlight: EvidenceView | null;
  typing: boolean;
  /** What was typed and not sent. */
  draft: string;
  showEmpty: boolean;
  /** The citizen's request for a human interpreter that staff has answered, by its event; 0 for none. */
  interpreterCalledAt: number;
  /** A change that would make the signature void; staff is being asked about it. */
  voiding: (() => void) | null;
  removing: Removing | null;
  /** Sentences that were covered before the page was loaded anew. */
  covered: ReadonlySet<UtteranceId>;
  /** The server can judge what was signed at NemLog-in. */
  nemlogin: boolean;
  /** A document on its way there and back. */
  mitId: MitId | null;
}

/** Everything a staff view needs. */
export interface StaffContext extends PartContext {
  view: StaffView;
  scroll: StickyScroll;
  draft: TypedDraft;
  set(change: Partial<StaffView>): void;
  /** What the view has of NemLog-in now: an answer may come when `view` is long out of date. */
  mitIdNow(): MitId | null;
  openCase(): void;
  /** Takes part again in a case that was left. */
  openAgain(id: CaseId): void;
  lookForOwnCases(): void;
  signIn(name: string, password: string, code: string): void;
  signOut(): void;
  /** Signs in anew without leaving the case. */
  signInAgain(): void;
  /** Back into the case without having signed in. */
  backToCase(): void;
  renewPairing(): void;
  /** The interpreter was called that was asked for with this event. */
  interpreterCalled(askedAt: number): void;
  leaveCase(): void;
  showEvidence(evidence: EvidenceView): void;
  edit(key: string): void;
  /** Vouches for the value that is shown, and goes to the next for which nobody has. */
  confirm(slot: Pick<SlotView, "key" | "value">): void;
  /**
   * Makes a change of the form, of this field alone if one is named; asks first if it would make the citizen's signature
   * void.
   */
  change(act: () => void, key?: string): void;
  /** Remembers what stands in the open editor. */
  edited(text: string): void;
  stopEditing(): void;
}
