// Where the case stands on its way to the municipality, and the step that staff takes next.

import { html, nothing, type TemplateResult } from "lit-html";
import { maskCpr } from "../form/mask";
import { findSlot } from "../form/persons";
import { receiptUrl } from "../protocol/api";
import type { ClientMessage, StageView } from "../protocol/types";
import { alertBox } from "../ui/parts";
import { revealButton, toggled } from "../ui/reveal";
import type { StaffContext } from "./context";
import { cancelButton } from "./dialogs";
import { mitIdPanel } from "./mitid";
import { paperSigning } from "./paper-signing";
import { goToSlot, jump, jumps } from "./jumps";

/** What is uncovered of the read-back, and of why the case was sent back; no slot has such a key. */
const READ_BACK = "#read-back";
const RETURNED = "#returned";

/** The panel above the form. */
export function stagePanel(ctx: StaffContext): TemplateResult | typeof nothing {
  const { t, state } = ctx;
  const { stage, caseId } = state.conversation;
  if (stage === null || caseId === null) return nothing;
  return html`<section class="stage" aria-labelledby="stage-title">
    <h3 id="stage-title">${t("stage.title")}</h3>
    <p class="stage__state" role="status"><b>${t(`stage.state.${stage.state}`)}</b></p>
    ${voided(ctx, stage)} ${returned(ctx, stage)} ${nextStep(ctx, stage, caseId)}
    ${stage.state === "submitted"
      ? html`<a class="head-link" href=${receiptUrl(caseId, "html")} target="_blank" rel="noopener"
          >${t("stage.receipt")}<span class="sr-only"> (${t("form.opens_new")})</span></a
        >`
      : nothing}
    <p class="stage__digest">${t("stage.digest", { digest: stage.digest.slice(0, 16) })}</p>
    ${cancelButton(ctx)}
  </section>`;
}

function voided({ t }: StaffContext, stage: StageView): unknown {
  return stage.signature?.void === true && stage.state === "open"
    ? alertBox("warning", t("stage.void"))
    : nothing;
}

/** Why the second person sent it back, with remarks by field. */
function returned(ctx: StaffContext, stage: StageView): unknown {
  const { t, state } = ctx;
  if (stage.returned_because === "") return nothing;
  const { form } = state.conversation;
  const name = (key: string): unknown => (findSlot(form, key) === null ? key : jump(ctx, key));
  const texts = [stage.returned_because, ...stage.comments.map((one) => one.text)];
  const { shown, button } = covered(ctx, RETURNED, t("stage.returned.list"), texts);
  return alertBox(
    "info",
    html`<p>${t("stage.returned")} <span lang="da">${shown[0]}</span></p>
      <ul>
        ${stage.comments.map(
          (one, at) => html`<li><b>${name(one.key)}</b>: <span lang="da">${shown[at + 1]}</span></li>`,
        )}
      </ul>
      ${button}`,
  );
}

/** What keeps the form from being read out, with ways to the fields; those that are missing have a list below. */
function stillOpen(ctx: StaffContext, stage: StageView): TemplateResult {
  const { t, state } = ctx;
  const { missing, unconfirmed, blocked_by } = stage;
  // Rules are named by what they are called; the form says what they are about.
  const blocking = (state.conversation.form?.issues ?? []).filter(
    ({ rule, severity }) => severity === "error" && blocked_by.includes(rule),
  );
  const fold = (text: string, keys: readonly string[]): TemplateResult =>
    html`<details class="fold">
      <summary>${text}</summary>
      <p class="missing">${jumps(ctx, [...new Set(keys)])}</p>
    </details>`;
  const [next] = unconfirmed;
  return html`<div class="stage__open">
    ${missing.length === 0
      ? nothing
      : html`<p>${t("stage.open.missing", { n: missing.length })}</p>`}
    ${unconfirmed.length === 0
      ? nothing
      : fold(t("stage.open.unconfirmed", { n: unconfirmed.length }), unconfirmed)}
    ${blocked_by.length === 0
      ? nothing
      : fold(
          t("stage.open.blocked", { n: blocked_by.length }),
          blocking.flatMap((issue) => issue.keys),
        )}
    ${next === undefined
      ? nothing
      : html`<button
          type="button"
          class="button button-secondary button-small"
          @click=${() => goToSlot(next)}
        >
          ${t("stage.next")}
        </button>`}
  </div>`;
}

/** The tablet reads it out, and the citizen confirms and signs there: without one nobody would hear it. */
function readBackButton({ t, state, client }: StaffContext, stage: StageView): TemplateResult {
  const nobody = state.conversation.presence.citizen === 0;
  return html`<button
      type="button"
      class="button button-primary"
      aria-describedby="read-back-why"
      ?disabled=${nobody || state.link.kind !== "open"}
      aria-disabled=${state.stepping}
      @click=${() => client.step({ type: "read_back", digest: stage.digest })}
    >
      ${t("stage.read_back")}
    </button>
    <p id="read-back-why">${nobody ? t("stage.read_back.nobody") : nothing}</p>`;
}

/** Texts with their numbers covered, as the screen may be seen by others, and the button that shows them. */
function covered(
  { t, view: { revealed }, set }: StaffContext,
  key: string,
  label: string,
  texts: string[],
): { shown: string[]; button: unknown } {
  const masked = texts.map(maskCpr);
  if (texts.every((text, at) => text === masked[at])) return { shown: texts, button: nothing };
  const open = revealed.has(key);
  const press = (): void => set({ revealed: toggled(revealed, key) });
  return { shown: open ? texts : masked, button: revealButton(t, label, open, press) };
}

/** What the citizen hears. */
function readLines(ctx: StaffContext, { read_back }: StageView): TemplateResult {
  const lines = read_back.map((line) => line.da);
  const { shown, button } = covered(ctx, READ_BACK, ctx.t("stage.read_back.list"), lines);
  return html`<ol class="stage__read" lang="da">
      ${shown.map((line) => html`<li>${line}</li>`)}
    </ol>
    ${button}`;
}

function nextStep(ctx: StaffContext, stage: StageView, caseId: string): unknown {
  const { t, state, client } = ctx;
  const offline = state.link.kind !== "open";
  const button = (text: string, step: ClientMessage, kind = "primary"): TemplateResult =>
    html`<button
      type="button"
      class="button button-${kind}"
      ?disabled=${offline}
      aria-disabled=${state.stepping}
      @click=${() => client.step(step)}
    >
      ${text}
    </button>`;
  switch (stage.state) {
    case "open": {
      const { missing, unconfirmed, blocked_by } = stage;
      return missing.length + unconfirmed.length + blocked_by.length > 0
        ? stillOpen(ctx, stage)
        : readBackButton(ctx, stage);
    }
    case "read_back":
      return html`${readLines(ctx, stage)}
        <div role="alert">
          ${stage.read_back_doubted ? alertBox("warning", t("stage.doubted")) : nothing}
        </div>
        <p>${t(stage.read_back_confirmed ? "stage.wait.sign" : "stage.wait.read_back")}</p>
        ${stage.read_back_confirmed && ctx.view.nemlogin ? mitIdPanel(ctx, { caseId, digest: stage.digest }) : nothing}
        ${stage.read_back_confirmed ? paperSigning(ctx, { caseId, digest: stage.digest }) : nothing}
        ${button(t("stage.correct"), { type: "reopen" }, "secondary")}`;
    case "signed":
      return button(t("stage.send"), { type: "send_to_review" });
    case "returned":
      return button(t("stage.take_up"), { type: "reopen" });
    default:
      return nothing;
  }
}
