// Approved cases that have not arrived yet, over the HTTP API.

import { get, post } from "./api";
import type { CaseId, OutboxLine } from "./types";

/** What waits, first what a person must look at. */
export function fetchOutbox(): Promise<OutboxLine[]> {
  return get("/api/outbox");
}

/** Has a case tried again; the case's log says who did. Returns what waits then. */
export function retryDelivery(id: CaseId): Promise<OutboxLine[]> {
  return post(`/api/outbox/${encodeURIComponent(id)}/retry`, {});
}
