// What the tablet says of the signature, on whichever screen it is.

import { html, nothing, type TemplateResult } from "lit-html";
import type { CaseStage } from "../protocol/types";
import { alertBox } from "../ui/parts";
import type { TabletContext } from "./context";

/** That the citizen has signed, that somebody looks at it again, or that it does not count any more; empty before. */
export function signatureNotice(ctx: TabletContext): TemplateResult {
  return html`<div role="status">${aboutSignature(ctx)}</div>`;
}

function aboutSignature({ t, state }: TabletContext): unknown {
  const stage = state.conversation.stage;
  if (stage === null || stage.signature === null) return nothing;
  if (stage.signature.void) return alertBox("warning", t("sign.void"));
  if (stage.state === "returned") return alertBox("info", t("sign.returned"));
  return SIGNED.has(stage.state) ? alertBox("success", t("sign.done")) : nothing;
}

const SIGNED: ReadonlySet<CaseStage> = new Set(["signed", "in_review", "approved", "submitted"]);
