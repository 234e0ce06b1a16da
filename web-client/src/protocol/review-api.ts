// The supervisor's part of the HTTP API.

import { get, post } from "./api";
import type {
  ApproveCase,
  CaseId,
  QueueLine,
  ReturnCase,
  ReviewView,
  StageView,
} from "./types";

function path(id: CaseId): string {
  return `/api/cases/${encodeURIComponent(id)}/review`;
}

/** The cases that wait for a second person. */
export function fetchQueue(): Promise<QueueLine[]> {
  return get("/api/review");
}

/** Everything that one case is judged by. */
export function fetchReview(id: CaseId): Promise<ReviewView> {
  return get(path(id));
}

/** Sends a case back to the counter. */
export function returnCase(id: CaseId, body: ReturnCase): Promise<StageView> {
  return post(`${path(id)}/return`, body);
}

/** Approves what was looked at. */
export function approveCase(id: CaseId, body: ApproveCase): Promise<StageView> {
  return post(`${path(id)}/approve`, body);
}
