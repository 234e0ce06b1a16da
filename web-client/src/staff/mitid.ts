// Signing with MitID at NemLog-in instead of on the tablet: the document goes out as a file and comes
// back as one.

import { html, nothing, type TemplateResult } from "lit-html";
import type { MessageKey } from "../i18n/i18n";
import { ApiFailure } from "../protocol/api";
import { fetchToSign, fromBase64, handInSigned, toBase64 } from "../protocol/signing-api";
import { alertBox, apiTroubleKey } from "../ui/parts";
import type { StaffContext } from "./context";

/** A document on its way to NemLog-in and back, as the screen knows it. */
export interface MitId {
  /** The case that it is about, and the digest of the form as it stood. */
  caseId: string;
  digest: string;
  busy: boolean;
  trouble: MessageKey | null;
  /** What was fetched: addresses of the two files, and the document's digest. */
  fetched: { document: string; description: string; digest: string } | null;
  /** The name in the certificate is written otherwise: is it the same person? */
  question: { signed: string; signer: string; nameInForm: string } | null;
}

/** What it is about: the form of one case as it stands. */
type Subject = Pick<MitId, "caseId" | "digest">;

/** The state of one form; another's is forgotten, also that of the same case before a value was changed. */
function stateOf(mitId: MitId | null, { caseId, digest }: Subject): MitId {
  if (mitId?.caseId === caseId && mitId.digest === digest) return mitId;
  return { caseId, digest, busy: false, trouble: null, fetched: null, question: null };
}

/** Lets go of the document, which the browser would keep until the page is closed. */
export function forgetDocument(mitId: MitId | null): void {
  if (mitId?.fetched == null) return;
  URL.revokeObjectURL(mitId.fetched.document);
  URL.revokeObjectURL(mitId.fetched.description);
}

function whyNot(error: unknown): MessageKey {
  if (!(error instanceof ApiFailure)) return "error.unexpected";
  return error.signing === null ? apiTroubleKey(error.trouble) : `mitid.trouble.${error.signing}`;
}

/** Does one thing at a time, and says what went wrong. */
async function act(
  ctx: StaffContext,
  subject: Subject,
  work: () => Promise<Partial<MitId>>,
): Promise<void> {
  const before = stateOf(ctx.mitIdNow(), subject);
  if (before.busy) return;
  if (ctx.mitIdNow() !== before) forgetDocument(ctx.mitIdNow());
  const during = { ...before, busy: true, trouble: null };
  ctx.set({ mitId: during });
  let change: Partial<MitId>;
  try {
    change = await work();
  } catch (error) {
    change = { trouble: whyNot(error) };
  }
  const after = { ...during, ...change, busy: false };
  // The case was left meanwhile: another one's document must not be replaced by this one's.
  if (ctx.mitIdNow() !== during) {
    if (after.fetched !== during.fetched) forgetDocument(after);
    return;
  }
  if (after.fetched !== during.fetched) forgetDocument(during);
  ctx.set({ mitId: after });
}

function file(content: BlobPart, type: string): string {
  return URL.createObjectURL(new Blob([content], { type }));
}

function fetchDocument(ctx: StaffContext, subject: Subject): Promise<void> {
  return act(ctx, subject, async () => {
    const { document, document_sha256, package: description } = await fetchToSign(subject.caseId);
    return {
      question: null,
      fetched: {
        document: file(fromBase64(document), "application/pdf"),
        description: file(description, "application/json"),
        digest: document_sha256,
      },
    };
  });
}

function handIn(
  ctx: StaffContext,
  subject: Subject,
  signed: () => Promise<string>,
  signer: string | null,
): Promise<void> {
  return act(ctx, subject, async () => {
    const content = await signed();
    const answer = await handInSigned(subject.caseId, content, signer);
    // Once it is recorded the server tells everybody where the case stands.
    if (answer.recorded) return { question: null };
    const { signer: name, name_in_form } = answer;
    return { question: { signed: content, signer: name, nameInForm: name_in_form } };
  });
}

/** The other way to sign, folded away: most people sign on the tablet. */
export function mitIdPanel(ctx: StaffContext, subject: Subject): TemplateResult {
  const { t, state, view } = ctx;
  const { caseId } = subject;
  const mitId = stateOf(view.mitId, subject);
  const off = mitId.busy || state.link.kind !== "open";
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const chosen = new FormData(event.currentTarget as HTMLFormElement).get("signed");
    if (!(chosen instanceof File) || chosen.size === 0) {
      ctx.set({ mitId: { ...mitId, trouble: "mitid.no_file" } });
      return;
    }
    const read = async (): Promise<string> => toBase64(new Uint8Array(await chosen.arrayBuffer()));
    void handIn(ctx, subject, read, null);
  };
  return html`<details class="fold stage__mitid">
    <summary>${t("mitid.title")}</summary>
    <p>${t("mitid.text")}</p>
    <p>${t("mitid.time")}</p>
    <div role="status">${mitId.busy ? html`<p>${t("mitid.busy")}</p>` : nothing}</div>
    <div role="alert">
      ${mitId.trouble === null ? nothing : alertBox("error", t(mitId.trouble))}
    </div>
    <button
      type="button"
      class="button button-secondary"
      ?disabled=${off}
      @click=${() => void fetchDocument(ctx, subject)}
    >
      ${t("mitid.fetch")}
    </button>
    ${mitId.fetched === null ? nothing : files(ctx, caseId, mitId.fetched)}
    <form @submit=${submit}>
      <label class="form-label" for="mitid-signed">${t("mitid.choose")}</label>
      <input
        class="form-input"
        id="mitid-signed"
        name="signed"
        type="file"
        accept="application/pdf,.pdf"
      />
      <button class="button button-secondary" ?disabled=${off}>${t("mitid.hand_in")}</button>
    </form>
    ${mitId.question === null ? nothing : question(ctx, mitId, off)}
  </details>`;
}

function files(
  { t }: StaffContext,
  caseId: string,
  fetched: NonNullable<MitId["fetched"]>,
): TemplateResult {
  return html`<ul class="stage__open">
      <li>
        <a href=${fetched.document} download="${caseId}-document.pdf">${t("mitid.document")}</a>
      </li>
      <li>
        <a href=${fetched.description} download="${caseId}-package.json">${t("mitid.package")}</a>
      </li>
    </ul>
    <p class="stage__digest">${t("mitid.digest", { digest: fetched.digest.slice(0, 16) })}</p>`;
}

/** A name that is written otherwise is for people to judge. */
function question(ctx: StaffContext, mitId: MitId, off: boolean): TemplateResult | typeof nothing {
  const { t } = ctx;
  if (mitId.question === null) return nothing;
  const { signed, signer, nameInForm } = mitId.question;
  return html`<div role="alert">
    ${alertBox("warning", t("mitid.question", { signer, name: nameInForm }))}
    <div class="slot-editor__buttons">
      <button
        type="button"
        class="button button-primary"
        ?disabled=${off}
        @click=${() => void handIn(ctx, mitId, () => Promise.resolve(signed), signer)}
      >
        ${t("mitid.same")}
      </button>
      <button
        type="button"
        class="button button-secondary"
        ?disabled=${off}
        @click=${() => ctx.set({ mitId: { ...mitId, question: null } })}
      >
        ${t("mitid.other")}
      </button>
    </div>
  </div>`;
}
