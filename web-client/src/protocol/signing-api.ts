// Signing at NemLog-in, over the HTTP API.

import { DOCUMENTS_WITHIN_MS, post } from "./api";
import type { CaseId, ExportToSign, ImportSigned, SignedElsewhere, ToSign } from "./types";

function path(id: CaseId): string {
  return `/api/cases/${encodeURIComponent(id)}/nemlogin`;
}

/** Fetches the document that goes to be signed; the case's log says so. */
export function fetchToSign(id: CaseId): Promise<ToSign> {
  return post<ExportToSign, ToSign>(`${path(id)}/export`, {}, DOCUMENTS_WITHIN_MS);
}

/** Hands in the signed file. `signer`: whom staff recognised, if the name is written otherwise. */
export function handInSigned(
  id: CaseId,
  signed: string,
  signer: string | null,
): Promise<SignedElsewhere> {
  const body: ImportSigned = signer === null ? { signed } : { signed, signer };
  return post(`${path(id)}/import`, body, DOCUMENTS_WITHIN_MS);
}

/** Bytes as base64. */
export function toBase64(bytes: Uint8Array): string {
  let text = "";
  // In pieces: a call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += 8_192) {
    text += String.fromCharCode(...bytes.subarray(at, at + 8_192));
  }
  return btoa(text);
}

/** The bytes of a base64 text. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}
