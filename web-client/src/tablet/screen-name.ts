// Which of the tablet's screens is shown: pure rules.

import type { Link } from "../protocol/connection";
import { accepted, type Conversation } from "../protocol/fold";
import type { TabletView } from "./context";

/** The tablet's screens. */
export type ScreenName = "pair" | "connecting" | "elsewhere" | "notice" | "human" | "sign" | "talk" | "end";

/**
 * True where the conversation is not this tablet's any more, or only if a person takes it up again. That may be
 * anybody: nothing of it may stay in sight.
 */
export function isElsewhere(link: Link): boolean {
  return link.kind === "stopped";
}

/** True while the citizen waits for the human interpreter that they asked for. */
export function waitsForHuman(
  { interpreterAskedAt }: Pick<Conversation, "interpreterAskedAt">,
  { wentOnAt }: Pick<TabletView, "wentOnAt">,
): boolean {
  return interpreterAskedAt > wentOnAt;
}

/** The screen for where the conversation and the case stand. */
export function screenName(
  conversation: Conversation,
  view: Pick<TabletView, "screen" | "wentOnAt">,
  link: Link = { kind: "open" },
): ScreenName {
  const { role, ended, cancelled, stage } = conversation;
  if (view.screen === "pair") return "pair";
  if (isElsewhere(link)) return "elsewhere";
  // What was read out is confirmed and signed here also after people have talked.
  const signing = stage?.state === "read_back";
  if (cancelled || (ended && !signing)) return "end";
  if (role === null) return "connecting";
  const informed =
    accepted(conversation, "citizen", "ai_disclosure") &&
    accepted(conversation, "citizen", "processing");
  // Whoever wants no machine to interpret hears the form read and signs it all the same; and a human
  // interpreter may come for the reading: it cannot wait behind another screen.
  const answered = informed || conversation.answers.citizen.processing === false;
  if (answered && signing) return "sign";
  if (waitsForHuman(conversation, view)) return "human";
  return informed ? "talk" : "notice";
}
