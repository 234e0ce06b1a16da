// The conversation as a screen shows it: a fold over the server's messages.
//
// Pure functions only. Settled things come from events and are kept; partial words, presence and
// timings are passing and are replaced.

import { sensitiveUtterances } from "../form/sensitive";
import type {
  CaseEvent,
  CaseId,
  CaseStage,
  FormView,
  Lang,
  MicrophoneState,
  Notice,
  Role,
  ServerMessage,
  SoundBasis,
  Speaker,
  StageView,
  TranslationWarning,
  Utterance,
  UtteranceId,
} from "./types";

/** A settled translation of a line. */
export interface Translation {
  lang: Lang;
  text: string;
  confidence: number;
  warnings: TranslationWarning[];
  /** A fixed translation: the utterance stood in the translation memory. */
  verified: boolean;
}

/** How far the machine was behind for a line, in ms from the end of the speech. */
export interface Lag {
  settled: number;
  translated: number;
  spoken: number | null;
}

/** One settled utterance with what is known about it so far. */
export interface Line extends Utterance {
  /** When it was settled, RFC 3339. */
  at: string;
  translation: Translation | null;
  /** What was read of its translation while it was spoken; until the translation comes. */
  draft: Draft | null;
  lag: Lag | null;
}

/** The translation so far of words that are still being spoken. */
export interface Draft {
  lang: Lang;
  text: string;
}

/** What a screen's devices do. */
export interface Devices {
  microphone: MicrophoneState;
  /** What is spoken there can be heard. */
  voice: boolean;
}

/** Words that may still change. */
export interface Partial {
  lang: Lang;
  text: string;
  /** How many characters at its beginning will not change any more. */
  settled: number;
}

/** The words that stay and those that may still change. */
export function settledAndRest(text: string, settled: number): [string, string] {
  // The server counts characters, not UTF-16 units.
  const characters = [...text];
  return [characters.slice(0, settled).join(""), characters.slice(settled).join("")];
}

/** Everything a screen shows of a conversation. */
export interface Conversation {
  caseId: CaseId | null;
  role: Role | null;
  /** Language of this client's microphone. */
  lang: Lang | null;
  /** Sequence number of the newest event folded in; 0 before the first. */
  seq: number;
  /** Newest sequence number at the time of the last `welcome`: what is older is history. */
  caughtUpAt: number;
  /** Events were skipped: the client must connect again and ask for what follows `seq`. */
  gap: boolean;
  today: string | null;
  lines: Line[];
  partials: Record<Speaker, Partial | null>;
  drafts: Record<Speaker, Draft | null>;
  form: FormView | null;
  /** Sentences in which something sensitive was said, also where another value has come in its place. */
  sensitive: ReadonlySet<UtteranceId>;
  /** Where the case stands; null from a server that does not say. */
  stage: StageView | null;
  presence: { staff: number; citizen: number };
  /** What the other side's screen said of its devices; null while nobody knows. */
  devices: { staff: Devices | null; citizen: Devices | null };
  /** How far the machine is behind, ms; 0 while it is not worth telling. */
  behindMs: number;
  /** So long was whoever opened this client to stay signed in when it was welcomed, s; null for no end by the clock. */
  signedInForS: number | null;
  /** The event with which a tablet last came in with a code; 0 before the first. */
  tabletPairedAt: number;
  /** Answers to notices: the last one counts. */
  answers: Record<"staff" | "citizen", { [notice in Notice]?: boolean }>;
  /** The event with which the citizen last asked for a human interpreter; 0 before the first. */
  interpreterAskedAt: number;
  sound: SoundKeeping;
  notice: NoticeFacts;
  ended: boolean;
  cancelled: boolean;
}

/** What the notices say of this municipality. */
export interface NoticeFacts {
  /** Who answers for the data; null if the server does not say. */
  authority: string | null;
  /** The text is erased at the latest so many days after the end; null if it is not erased by its age. */
  erasedAfterDays: number | null;
}

/** Where a case stands with its sound. */
export interface SoundKeeping {
  /** The municipality allows sound to be kept where that is agreed. */
  allowed: boolean;
  /** Staff asked the citizen. */
  asked: boolean;
  /** The citizen said no, or had what was kept deleted, and has not said yes since. */
  refused: boolean;
  state: "off" | "keeping" | "stopped";
  /** Why it is lawful; null while nothing is kept. */
  basis: SoundBasis | null;
  /** Something was kept and has been deleted; nothing has been kept since. */
  deleted: boolean;
}

/** The conversation before anything was heard of it. */
export function emptyConversation(): Conversation {
  return {
    caseId: null,
    role: null,
    lang: null,
    seq: 0,
    caughtUpAt: 0,
    gap: false,
    today: null,
    lines: [],
    partials: { staff: null, citizen: null },
    drafts: { staff: null, citizen: null },
    form: null,
    sensitive: new Set(),
    stage: null,
    presence: { staff: 0, citizen: 0 },
    devices: { staff: null, citizen: null },
    behindMs: 0,
    signedInForS: null,
    tabletPairedAt: 0,
    answers: { staff: {}, citizen: {} },
    interpreterAskedAt: 0,
    sound: { allowed: false, asked: false, refused: false, state: "off", basis: null, deleted: false },
    notice: { authority: null, erasedAfterDays: null },
    ended: false,
    cancelled: false,
  };
}

/** The conversation after one more message. Returns the same object if nothing changed. */
export function fold(state: Conversation, message: ServerMessage): Conversation {
  switch (message.type) {
    case "welcome": {
      if (state.caseId === message.case && message.seq < state.seq) {
        // The server's log is shorter than what was seen: fetch all of it again.
        return { ...emptyConversation(), caseId: message.case, gap: true };
      }
      // Another case's ticket starts from nothing.
      const known =
        state.caseId !== null && state.caseId !== message.case ? emptyConversation() : state;
      return {
        ...known,
        sound: { ...known.sound, allowed: message.sound_may_be_kept ?? false },
        notice: {
          authority: message.authority ?? null,
          erasedAfterDays: message.erased_after_days ?? null,
        },
        caseId: message.case,
        role: message.role,
        lang: message.lang,
        caughtUpAt: message.seq,
        behindMs: 0,
        signedInForS: message.signed_in_for_s ?? null,
        gap: false,
        // What was being said when the connection broke will be settled or said again.
        partials: { staff: null, citizen: null },
        drafts: { staff: null, citizen: null },
      };
    }
    case "event":
      return foldEvent(state, message);
    case "partial": {
      const partial = message.text === "" ? null : { lang: message.lang, text: message.text, settled: message.settled_chars };
      // No words after all: there is nothing to translate either.
      const drafts = partial === null ? { ...state.drafts, [message.speaker]: null } : state.drafts;
      return { ...state, partials: { ...state.partials, [message.speaker]: partial }, drafts };
    }
    case "draft":
      return {
        ...state,
        drafts: { ...state.drafts, [message.speaker]: { lang: message.lang, text: message.text } },
      };
    case "form": {
      const { type: _, ...form } = message;
      return { ...state, form, sensitive: withSensitive(state.sensitive, form) };
    }
    case "stage": {
      const { type: _, ...stage } = message;
      return { ...state, stage };
    }
    case "presence":
      return {
        ...state,
        presence: { staff: message.staff, citizen: message.citizen },
        devices: {
          staff: message.staff === 0 ? null : state.devices.staff,
          citizen: message.citizen === 0 ? null : state.devices.citizen,
        },
      };
    case "devices":
      if (message.role !== "staff" && message.role !== "citizen") return state;
      return {
        ...state,
        devices: {
          ...state.devices,
          [message.role]: { microphone: message.microphone, voice: message.voice },
        },
      };
    case "behind":
      return { ...state, behindMs: message.ms };
    case "timing":
      return withLine(state, message.utterance, (line) => ({
        ...line,
        lag: {
          settled: message.settled_ms,
          translated: message.translated_ms,
          spoken: message.spoken_ms,
        },
      }));
    case "speech":
    case "error":
      return state;
    default:
      // A newer server may send what this client does not know.
      return state;
  }
}

function withSensitive(known: ReadonlySet<UtteranceId>, form: FormView): ReadonlySet<UtteranceId> {
  const now = sensitiveUtterances(form);
  for (const one of known) now.add(one);
  return now.size === known.size ? known : now;
}

function foldEvent(state: Conversation, event: CaseEvent): Conversation {
  if (event.seq <= state.seq) return state;
  if (event.seq > state.seq + 1) return state.gap ? state : { ...state, gap: true };
  const next: Conversation = { ...state, seq: event.seq };
  switch (event.kind) {
    case "case_opened":
      next.today = event.today;
      return next;
    case "participant_joined":
      if (event.role === "citizen" && event.paired === true) next.tabletPairedAt = event.seq;
      return next;
    case "consent_given":
      if (event.actor === "staff" || event.actor === "citizen") {
        next.answers = {
          ...state.answers,
          [event.actor]: { ...state.answers[event.actor], [event.notice]: event.accepted },
        };
      }
      if (event.actor === "citizen" && event.notice === "sound_keeping") {
        next.sound = { ...state.sound, refused: !event.accepted };
      }
      return next;
    case "utterance_settled": {
      const { seq: _seq, actor: _actor, kind: _kind, ...line } = event;
      // What was typed has nothing to do with what is being said.
      const draft = event.source === "speech" ? state.drafts[event.speaker] : null;
      next.lines = [...state.lines, { ...line, translation: null, draft, lag: null }];
      if (event.source !== "speech") return next;
      next.partials = { ...state.partials, [event.speaker]: null };
      next.drafts = { ...state.drafts, [event.speaker]: null };
      return next;
    }
    case "translation_settled":
      return withLine(next, event.utterance, (line) => ({
        ...line,
        draft: null,
        translation: {
          lang: event.lang,
          text: event.text,
          confidence: event.confidence,
          warnings: event.warnings,
          verified: event.verified ?? false,
        },
      }));
    case "sound_keeping_asked":
      // A new question: an earlier answer is none to it.
      return { ...withoutSoundAnswer(next), sound: { ...state.sound, asked: true } };
    case "sound_keeping_started":
      next.sound = { ...state.sound, state: "keeping", basis: event.basis, deleted: false };
      return next;
    case "sound_keeping_stopped":
      if (state.sound.state === "keeping") next.sound = { ...state.sound, state: "stopped" };
      return next;
    case "sound_destroyed":
      return {
        ...withoutSoundAnswer(next),
        sound: {
          ...state.sound,
          asked: false,
          refused: state.sound.refused || event.actor === "citizen",
          state: "off",
          basis: null,
          deleted: true,
        },
      };
    case "interpreter_requested":
      next.interpreterAskedAt = event.seq;
      return next;
    case "conversation_ended":
      next.ended = true;
      next.partials = { staff: null, citizen: null };
      next.drafts = { staff: null, citizen: null };
      return next;
    case "cancelled":
      next.cancelled = true;
      next.partials = { staff: null, citizen: null };
      next.drafts = { staff: null, citizen: null };
      return next;
    default:
      // The form's events arrive folded, as `form` messages.
      return next;
  }
}

function withoutSoundAnswer(state: Conversation): Conversation {
  const { sound_keeping: _, ...citizen } = state.answers.citizen;
  return { ...state, answers: { ...state.answers, citizen } };
}

function withLine(
  state: Conversation,
  id: UtteranceId,
  change: (line: Line) => Line,
): Conversation {
  const at = state.lines.findIndex((line) => line.id === id);
  const line = state.lines[at];
  if (line === undefined) return state;
  const lines = state.lines.slice();
  lines[at] = change(line);
  return { ...state, lines };
}

/** What screens say of the case's sound, and offer. */
export type SoundStatus =
  /** Nothing: it is not kept and cannot be. */
  | "none"
  /** Staff may have it kept. */
  | "offer"
  /** The citizen is being asked. */
  | "waiting"
  | "agreed"
  | "declined"
  | "keeping"
  /** No more is kept; what was is still there. */
  | "stopped"
  /** What was kept is gone: whoever had it deleted sees that it happened. */
  | "deleted";

/** Where the case stands with its sound. What is kept is shown whatever else has happened. */
export function soundStatus(state: Conversation): SoundStatus {
  const { sound } = state;
  if (sound.state !== "off") return sound.state;
  const open = soundMayBegin(state);
  const answer = state.answers.citizen.sound_keeping;
  if (open && answer !== undefined) return answer ? "agreed" : "declined";
  if (open && sound.asked) return "waiting";
  if (sound.deleted) return "deleted";
  return open ? "offer" : "none";
}

/** True if staff may ask for the sound to be kept: it is allowed, it is not kept, and people still talk. */
export function soundMayBegin({ sound, ended, cancelled }: Conversation): boolean {
  return sound.allowed && sound.state === "off" && !ended && !cancelled;
}

/** True if the role has read and accepted the notice. */
export function accepted(
  state: Conversation,
  role: "staff" | "citizen",
  notice: Notice,
): boolean {
  return state.answers[role][notice] === true;
}

/** What still asks for the citizen once nobody talks any more. */
const UNSIGNED: ReadonlySet<CaseStage> = new Set(["open", "read_back", "returned"]);

/** True while nobody has signed what the form holds now. */
export function unsigned({ stage }: Conversation): boolean {
  return stage !== null && UNSIGNED.has(stage.state);
}

/** Once it is here, nothing can be changed any more. */
const SETTLED: ReadonlySet<CaseStage> = new Set(["submitted", "cancelled"]);

/** True while there is a signature that a change of any value would make void. */
export function signatureHolds({ stage }: Pick<Conversation, "stage">): boolean {
  if (stage === null || SETTLED.has(stage.state)) return false;
  return stage.signature !== null && !stage.signature.void;
}

/** What the authority notes for itself: it stands in no document, and nobody signs it. */
export const NOTE = "staff.note";

/** True while a change of this field would make a signature void; without a key, of any that is signed. */
export function signatureAtStake(state: Pick<Conversation, "stage">, key = ""): boolean {
  return key !== NOTE && signatureHolds(state);
}

/** True while the citizen is needed: to talk, or to hear the form read out and sign it. */
export function citizenNeeded(state: Conversation): boolean {
  return !state.cancelled && (!state.ended || unsigned(state));
}

/** What was said or written in the given language: the original or its translation. */
export function textIn(line: Line, lang: Lang): string | null {
  if (line.lang === lang) return line.text;
  const translation = line.translation;
  return translation !== null && translation.lang === lang && translation.text !== ""
    ? translation.text
    : null;
}
