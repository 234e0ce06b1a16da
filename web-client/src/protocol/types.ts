// Generated from crates/protocol by `cargo xtask types`. Do not edit.

export const SUBPROTOCOL = "tolkebot.v1";
export const SAMPLE_RATE = 16000;
export const MAX_FRAME_BYTES = 65536;

export type Lang = "da" | "uk";

export type Speaker = "staff" | "citizen";

export type Role = "staff" | "citizen" | "supervisor" | "system";

export type Notice = "ai_disclosure" | "processing" | "sound_keeping";

export type MicrophoneState = "on" | "off" | "lost";

export type CaseId = string;

export type UtteranceId = number;

export type ClientMessage = { "type": "hello", 
/**
 * One-time ticket from `POST /api/cases` or `POST /api/pair`.
 */
ticket: string, 
/**
 * Sequence number of the last event that this client has seen; events after it are sent
 * again. Absent on a first visit: the whole conversation is sent.
 */
resume_after?: number, } | { "type": "start_audio", 
/**
 * Samples per second of the frames that follow; only 16000 is accepted.
 */
sample_rate: number, } | { "type": "end_audio", } | { "type": "devices", 
/**
 * Its microphone.
 */
microphone: MicrophoneState, 
/**
 * Whether what is spoken here can be heard: the browser lets it out, and nobody turned it off.
 */
voice: boolean, 
/**
 * Whether its loudspeaker plays interpreted speech now. From a client that never says so, it is believed to play
 * speech when it is sent.
 */
speaking?: boolean, } | { "type": "consent", 
/**
 * Which notice.
 */
notice: Notice, 
/**
 * False if the person declined.
 */
accepted: boolean, } | { "type": "ask_keep_sound", } | { "type": "keep_sound", 
/**
 * Why that is lawful; consent only after the citizen gave it.
 */
basis: SoundBasis, } | { "type": "withdraw_sound", } | { "type": "request_interpreter", } | { "type": "confirm_slot", 
/**
 * Form key, for example `to.house_number` or `household[0].given_names`.
 */
key: string, 
/**
 * The value shown when the person confirmed.
 */
value: unknown, } | { "type": "correct_slot", 
/**
 * Form key.
 */
key: string, 
/**
 * The new value, as the form writes it.
 */
value: unknown, 
/**
 * For a key of a person's row, the given names that the row showed, empty if none: if it is about
 * somebody else meanwhile, nothing is written and an error says so. Without it that is not looked at.
 */
person?: string, 
/**
 * The value that stood there when the person decided, null for none: if another one stands there meanwhile,
 * and not the one that is written, nothing is written and an error says so. Without it that is not looked at.
 */
seen?: unknown, } | { "type": "clear_slot", 
/**
 * Form key.
 */
key: string, 
/**
 * As for `correct_slot`.
 */
person?: string, 
/**
 * As for `correct_slot`.
 */
seen?: unknown, } | { "type": "speak_again", 
/**
 * The utterance.
 */
utterance: UtteranceId, } | { "type": "type_text", 
/**
 * What would have been said; at most 2,000 characters.
 */
text: string, 
/**
 * The client's own name for these words, 1 to 64 letters, digits, `-` and `_` of ASCII, never used before in this
 * case. Words of a name that was taken already are not taken again, so that they may be sent again after the
 * connection broke; each time `text_taken` answers. Without it every message is new.
 */
id?: string, } | { "type": "end_conversation", } | { "type": "read_back", 
/**
 * Digest of the document as the screen shows it.
 */
digest: string, } | { "type": "read_again", } | { "type": "confirm_read_back", 
/**
 * Digest of the document that was read.
 */
digest: string, } | { "type": "doubt_read_back", 
/**
 * Digest of the document that was read.
 */
digest: string, } | { "type": "sign", 
/**
 * Digest of the document that was shown.
 */
digest: string, 
/**
 * The strokes.
 */
ink: Ink, } | { "type": "signed_on_paper", 
/**
 * Digest of the document that was printed.
 */
digest: string, } | { "type": "send_to_review", } | { "type": "reopen", } | { "type": "cancel_case", 
/**
 * Why.
 */
reason: string, };

export type ServerMessage = { "type": "welcome", 
/**
 * Always [`crate::SUBPROTOCOL`].
 */
protocol: string, 
/**
 * The case.
 */
case: CaseId, 
/**
 * The role that the ticket gives.
 */
role: Role, 
/**
 * The language of this client's microphone.
 */
lang: Lang, 
/**
 * Sequence number of the newest event.
 */
seq: number, 
/**
 * A ticket for the next connection, so that a reload or a lost network comes back to the
 * same conversation.
 */
resume_ticket: string, 
/**
 * Whether the municipality allows the sound of a case to be kept when that is agreed. Absent:
 * no.
 */
sound_may_be_kept?: boolean, 
/**
 * Who answers for the conversation's data and employs the staff, as the notices name it. Empty from a server of
 * before: then the notices say "the municipality".
 */
authority?: string, 
/**
 * The conversation's text is erased at the latest so many days after its case is over: handed in, given up, or left.
 * Absent: nothing is erased by its age, and no notice may promise it.
 */
erased_after_days?: number, 
/**
 * So many seconds from now whoever opened this client is signed out. Absent: not by the clock.
 */
signed_in_for_s?: number, } | { "type": "event" } & CaseEvent | { "type": "partial", 
/**
 * Who is speaking.
 */
speaker: Speaker, 
/**
 * Language of `text`.
 */
lang: Lang, 
/**
 * What the recogniser believes so far; empty when the stretch turned out to be no speech.
 */
text: string, 
/**
 * How many characters (Unicode scalar values) at the beginning of `text` will not change
 * any more while this stretch goes on.
 */
settled_chars: number, 
/**
 * Start of the stretch, ms from the channel's first sample.
 */
start_ms: number, } | { "type": "draft", 
/**
 * Who is speaking.
 */
speaker: Speaker, 
/**
 * Language of `text`.
 */
lang: Lang, 
/**
 * Begins with the earlier draft of the same stretch.
 */
text: string, 
/**
 * Start of the stretch, ms from the channel's first sample.
 */
start_ms: number, } | { "type": "form" } & FormView | { "type": "stage" } & StageView | { "type": "speech", 
/**
 * The utterance whose translation is spoken.
 */
utterance: UtteranceId, 
/**
 * Language spoken.
 */
lang: Lang, 
/**
 * Samples per second.
 */
sample_rate: number, 
/**
 * 0 for the first piece of an utterance.
 */
piece: number, 
/**
 * True for the last piece; it may be empty.
 */
last: boolean, } | { "type": "text_taken", 
/**
 * As it was sent.
 */
id: string, } | { "type": "presence", 
/**
 * Staff screens.
 */
staff: number, 
/**
 * Citizen tablets.
 */
citizen: number, } | { "type": "devices", 
/**
 * Whose screen.
 */
role: Role, 
/**
 * Its microphone.
 */
microphone: MicrophoneState, 
/**
 * Whether what is spoken there can be heard.
 */
voice: boolean, } | { "type": "behind", 
/**
 * Since the end of what has waited longest, ms.
 */
ms: number, } | { "type": "timing", 
/**
 * The utterance.
 */
utterance: UtteranceId, 
/**
 * From the end of the speech to the settled text, ms.
 */
settled_ms: number, 
/**
 * From the end of the speech to the settled translation, ms.
 */
translated_ms: number, 
/**
 * From the end of the speech to the first interpreted sound, ms; absent if not spoken.
 */
spoken_ms: number | null, } | { "type": "error", 
/**
 * What kind of trouble.
 */
code: ErrorCode, 
/**
 * What was wrong, with which value, and what to do; English, for logs and developers. The
 * client shows its own text for `code`.
 */
message: string, 
/**
 * True if the server closes the socket after this message.
 */
fatal: boolean, 
/**
 * With `engine_failed`: the words that it is about stand in the conversation. Absent: what
 * was said last was not heard.
 */
kept?: boolean, };

export type ErrorCode = "bad_message" | "too_large" | "too_fast" | "bad_ticket" | "not_allowed" | "bad_audio" | "bad_slot" | "slot_changed" | "busy" | "engine_failed" | "not_saved" | "replaced" | "idle_timeout" | "shutting_down" | "signed_out";

export type CaseEvent = { 
/**
 * Position in the case's log, from 1 without gaps.
 */
seq: number, 
/**
 * When it was appended, RFC 3339 in UTC with milliseconds.
 */
at: string, 
/**
 * Who caused it.
 */
actor: Role, } & ({ "kind": "case_opened", 
/**
 * Form that is filled, for example `flytteanmeldelse`.
 */
form: string, 
/**
 * The day that relative dates are counted from, ISO 8601.
 */
today: string, } | { "kind": "consent_given", 
/**
 * Which notice.
 */
notice: Notice, 
/**
 * False if declined.
 */
accepted: boolean, } | { "kind": "participant_joined", 
/**
 * The client's role.
 */
role: Role, 
/**
 * True for the first time after a pairing code was entered: the code is used up. A tablet
 * that comes back says nothing of a code that was made meanwhile.
 */
paired?: boolean, } | { "kind": "utterance_settled" } & Utterance | { "kind": "translation_settled", 
/**
 * The utterance translated.
 */
utterance: UtteranceId, 
/**
 * The other language.
 */
lang: Lang, 
/**
 * Translation; empty if it failed (then `warnings` says so).
 */
text: string, 
/**
 * 0 to 1.
 */
confidence: number, 
/**
 * What a reader must be careful about.
 */
warnings: Array<TranslationWarning>, 
/**
 * Whether it is a fixed translation: the utterance stood in the translation memory, or was a question of the form.
 */
verified?: boolean, } | { "kind": "slot_confirmed", 
/**
 * Form key.
 */
key: string, 
/**
 * The value confirmed.
 */
value: unknown, 
/**
 * Account of who confirmed it; absent without accounts and for the citizen.
 */
by?: string, } | { "kind": "slot_corrected", 
/**
 * Form key.
 */
key: string, 
/**
 * The value written.
 */
value: unknown, 
/**
 * Account of who wrote it; absent without accounts and for the citizen.
 */
by?: string, } | { "kind": "slot_cleared", 
/**
 * Form key.
 */
key: string, 
/**
 * Account of who emptied it; absent without accounts and for the citizen.
 */
by?: string, } | { "kind": "sound_keeping_asked", 
/**
 * Account of who asked; absent without accounts.
 */
by?: string, } | { "kind": "sound_keeping_started", 
/**
 * Why that is lawful.
 */
basis: SoundBasis, 
/**
 * Account of who decided it; absent without accounts.
 */
by?: string, } | { "kind": "sound_keeping_stopped", 
/**
 * Why.
 */
reason: SoundStop, } | { "kind": "sound_destroyed", 
/**
 * Why.
 */
reason: SoundEnd, 
/**
 * Account of who withdrew it; absent without accounts and for the citizen.
 */
by?: string, } | { "kind": "interpreter_requested", } | { "kind": "conversation_ended", } | { "kind": "read_back_given", 
/**
 * Digest of the document that is read.
 */
digest: string, 
/**
 * Account of who read it; absent without accounts.
 */
by?: string, 
/**
 * Keys of all values that the form held then, each vouched for. What a later version reads beyond
 * them in the same words was on nobody's screen. Absent in logs from before this was noted.
 */
keys?: Array<string>, 
/**
 * Version of the form's rules that held then; what later ones ask for undoes nothing.
 */
rules?: number, } | { "kind": "read_back_confirmed", 
/**
 * Digest of the document that was read.
 */
digest: string, } | { "kind": "read_back_doubted", 
/**
 * Digest of the document that was read.
 */
digest: string, } | { "kind": "signed", 
/**
 * Digest of the document that was shown.
 */
digest: string, 
/**
 * How.
 */
method: SigningMethod, 
/**
 * The strokes of a signature by finger.
 */
ink?: Ink, 
/**
 * Whose signature it is: the citizen's name as the form had it, or the subject of the
 * certificate. Absent in cases from before it was kept.
 */
signer?: string, 
/**
 * Version of the declaration that was signed: its words change, and a document shows those that somebody
 * signed. Absent: the first.
 */
declaration?: number, 
/**
 * When it was given, RFC 3339, if not when this was recorded: elsewhere, as its time stamp says.
 */
signed_at?: string, 
/**
 * Account of who received a signature that was given elsewhere.
 */
by?: string, } | { "kind": "sent_to_sign", 
/**
 * Digest of its values.
 */
digest: string, 
/**
 * SHA-256 of the document's bytes, with which the signed file must begin.
 */
document_sha256: string, 
/**
 * Account of who fetched it; absent without accounts.
 */
by?: string, } | { "kind": "sent_to_review", 
/**
 * Account of who sent it; absent without accounts.
 */
by?: string, } | { "kind": "returned", 
/**
 * Why.
 */
reason: string, 
/**
 * Remarks by field.
 */
comments: Array<FieldComment>, 
/**
 * Account of who returned it.
 */
by?: string, } | { "kind": "reopened", 
/**
 * Account of who took it up; absent without accounts.
 */
by?: string, } | { "kind": "approved", 
/**
 * Digest of the document that was looked at.
 */
digest: string, 
/**
 * Account of who approved.
 */
by?: string, } | { "kind": "document_sealed", 
/**
 * Digest of its values.
 */
digest: string, 
/**
 * SHA-256 of the PDF's bytes.
 */
pdf_sha256: string, } | { "kind": "delivery_retried", 
/**
 * How many tries had failed.
 */
failed: number, 
/**
 * Account of who did; absent on the machine itself.
 */
by?: string, } | { "kind": "submitted", 
/**
 * The way, for example `directory`.
 */
channel: string, 
/**
 * What the receiver answered.
 */
receipt: string, } | { "kind": "cancelled", 
/**
 * Why; empty in cases from before reasons were asked for.
 */
reason?: string, 
/**
 * Account of who gave it up; absent without accounts.
 */
by?: string, });

export type EventPayload = { "kind": "case_opened", 
/**
 * Form that is filled, for example `flytteanmeldelse`.
 */
form: string, 
/**
 * The day that relative dates are counted from, ISO 8601.
 */
today: string, } | { "kind": "consent_given", 
/**
 * Which notice.
 */
notice: Notice, 
/**
 * False if declined.
 */
accepted: boolean, } | { "kind": "participant_joined", 
/**
 * The client's role.
 */
role: Role, 
/**
 * True for the first time after a pairing code was entered: the code is used up. A tablet
 * that comes back says nothing of a code that was made meanwhile.
 */
paired?: boolean, } | { "kind": "utterance_settled" } & Utterance | { "kind": "translation_settled", 
/**
 * The utterance translated.
 */
utterance: UtteranceId, 
/**
 * The other language.
 */
lang: Lang, 
/**
 * Translation; empty if it failed (then `warnings` says so).
 */
text: string, 
/**
 * 0 to 1.
 */
confidence: number, 
/**
 * What a reader must be careful about.
 */
warnings: Array<TranslationWarning>, 
/**
 * Whether it is a fixed translation: the utterance stood in the translation memory, or was a question of the form.
 */
verified?: boolean, } | { "kind": "slot_confirmed", 
/**
 * Form key.
 */
key: string, 
/**
 * The value confirmed.
 */
value: unknown, 
/**
 * Account of who confirmed it; absent without accounts and for the citizen.
 */
by?: string, } | { "kind": "slot_corrected", 
/**
 * Form key.
 */
key: string, 
/**
 * The value written.
 */
value: unknown, 
/**
 * Account of who wrote it; absent without accounts and for the citizen.
 */
by?: string, } | { "kind": "slot_cleared", 
/**
 * Form key.
 */
key: string, 
/**
 * Account of who emptied it; absent without accounts and for the citizen.
 */
by?: string, } | { "kind": "sound_keeping_asked", 
/**
 * Account of who asked; absent without accounts.
 */
by?: string, } | { "kind": "sound_keeping_started", 
/**
 * Why that is lawful.
 */
basis: SoundBasis, 
/**
 * Account of who decided it; absent without accounts.
 */
by?: string, } | { "kind": "sound_keeping_stopped", 
/**
 * Why.
 */
reason: SoundStop, } | { "kind": "sound_destroyed", 
/**
 * Why.
 */
reason: SoundEnd, 
/**
 * Account of who withdrew it; absent without accounts and for the citizen.
 */
by?: string, } | { "kind": "interpreter_requested", } | { "kind": "conversation_ended", } | { "kind": "read_back_given", 
/**
 * Digest of the document that is read.
 */
digest: string, 
/**
 * Account of who read it; absent without accounts.
 */
by?: string, 
/**
 * Keys of all values that the form held then, each vouched for. What a later version reads beyond
 * them in the same words was on nobody's screen. Absent in logs from before this was noted.
 */
keys?: Array<string>, 
/**
 * Version of the form's rules that held then; what later ones ask for undoes nothing.
 */
rules?: number, } | { "kind": "read_back_confirmed", 
/**
 * Digest of the document that was read.
 */
digest: string, } | { "kind": "read_back_doubted", 
/**
 * Digest of the document that was read.
 */
digest: string, } | { "kind": "signed", 
/**
 * Digest of the document that was shown.
 */
digest: string, 
/**
 * How.
 */
method: SigningMethod, 
/**
 * The strokes of a signature by finger.
 */
ink?: Ink, 
/**
 * Whose signature it is: the citizen's name as the form had it, or the subject of the
 * certificate. Absent in cases from before it was kept.
 */
signer?: string, 
/**
 * Version of the declaration that was signed: its words change, and a document shows those that somebody
 * signed. Absent: the first.
 */
declaration?: number, 
/**
 * When it was given, RFC 3339, if not when this was recorded: elsewhere, as its time stamp says.
 */
signed_at?: string, 
/**
 * Account of who received a signature that was given elsewhere.
 */
by?: string, } | { "kind": "sent_to_sign", 
/**
 * Digest of its values.
 */
digest: string, 
/**
 * SHA-256 of the document's bytes, with which the signed file must begin.
 */
document_sha256: string, 
/**
 * Account of who fetched it; absent without accounts.
 */
by?: string, } | { "kind": "sent_to_review", 
/**
 * Account of who sent it; absent without accounts.
 */
by?: string, } | { "kind": "returned", 
/**
 * Why.
 */
reason: string, 
/**
 * Remarks by field.
 */
comments: Array<FieldComment>, 
/**
 * Account of who returned it.
 */
by?: string, } | { "kind": "reopened", 
/**
 * Account of who took it up; absent without accounts.
 */
by?: string, } | { "kind": "approved", 
/**
 * Digest of the document that was looked at.
 */
digest: string, 
/**
 * Account of who approved.
 */
by?: string, } | { "kind": "document_sealed", 
/**
 * Digest of its values.
 */
digest: string, 
/**
 * SHA-256 of the PDF's bytes.
 */
pdf_sha256: string, } | { "kind": "delivery_retried", 
/**
 * How many tries had failed.
 */
failed: number, 
/**
 * Account of who did; absent on the machine itself.
 */
by?: string, } | { "kind": "submitted", 
/**
 * The way, for example `directory`.
 */
channel: string, 
/**
 * What the receiver answered.
 */
receipt: string, } | { "kind": "cancelled", 
/**
 * Why; empty in cases from before reasons were asked for.
 */
reason?: string, 
/**
 * Account of who gave it up; absent without accounts.
 */
by?: string, };

export type Utterance = { 
/**
 * Number within the case.
 */
id: UtteranceId, 
/**
 * Who spoke.
 */
speaker: Speaker, 
/**
 * In which language.
 */
lang: Lang, 
/**
 * What was heard, or typed.
 */
text: string, 
/**
 * How it came in.
 */
source: UtteranceSource, 
/**
 * Start of the speech, ms from the channel's first sample.
 */
start_ms: number, 
/**
 * End of the speech, ms from the channel's first sample.
 */
end_ms: number, 
/**
 * The recogniser's confidence, 0 to 1; 1 for typed text.
 */
confidence: number, 
/**
 * Words of `text` on which the language decided, because the sound left them open; absent if
 * there are none.
 */
reconsidered?: Array<TextSpan>, 
/**
 * Whether words of it are missing: interpreted speech was played over them, or the connection broke
 * while they were said; absent if not. `confidence` is low then.
 */
interrupted?: boolean, 
/**
 * The `id` with which typed words were sent, so that they are not written down twice; absent for speech, from clients
 * that name nothing, and in logs from before it was noted.
 */
sent_as?: string, };

export type TextSpan = { 
/**
 * Its first one.
 */
start: number, 
/**
 * The one behind it.
 */
end: number, };

export type UtteranceSource = "speech" | "typed";

export type SoundBasis = "consent" | "public_task";

export type SoundStop = "limit" | "settings" | "unsealed";

export type SoundEnd = "withdrawn" | "expired";

export type TranslationWarning = "value_mismatch" | "wrong_language" | "low_confidence" | "incomplete" | "floor_count" | "negation" | "failed";

export type FormView = { 
/**
 * Sections in the form's order; only those that apply to this case.
 */
sections: Array<SectionView>, 
/**
 * What is wrong or needs a look.
 */
issues: Array<IssueView>, 
/**
 * Required slots that are still empty.
 */
missing: Array<string>, 
/**
 * What to ask next.
 */
next_question: QuestionView | null, };

export type SectionView = { 
/**
 * Section id of the form definition, for example `to`.
 */
id: string, 
/**
 * Danish title.
 */
title_da: string, 
/**
 * Ukrainian title.
 */
title_uk: string, 
/**
 * Slots in the form's order.
 */
slots: Array<SlotView>, };

export type SlotView = { 
/**
 * Form key, for example `household[0].given_names`.
 */
key: string, 
/**
 * Danish label.
 */
label_da: string, 
/**
 * Ukrainian label.
 */
label_uk: string, 
/**
 * The value as the form writes it; null when empty.
 */
value: unknown, 
/**
 * The value as a Dane reads it (`15. december 2026`).
 */
display_da: string, 
/**
 * The value as a Ukrainian reads it (`15 грудня 2026 року`).
 */
display_uk: string, 
/**
 * Where the value stands between hearsay and fact.
 */
status: SlotStatus, 
/**
 * 0 to 1; 1 once a person confirmed it.
 */
confidence: number, 
/**
 * True if the form cannot be signed without it.
 */
required: boolean, 
/**
 * Show only to those who must see it (CPR number, protected address).
 */
sensitive: boolean, 
/**
 * The values that a select offers; empty for free ones.
 */
choices: Array<ChoiceView>, 
/**
 * Where the value was heard, oldest first.
 */
evidence: Array<EvidenceView>, 
/**
 * Other values that were heard and not withdrawn.
 */
alternatives: Array<AlternativeView>, 
/**
 * What a person decided about it last; absent if nobody did.
 */
decided?: DecisionView, };

export type DecisionView = { 
/**
 * What it was.
 */
what: Decided, 
/**
 * In which role.
 */
actor: Role, 
/**
 * Who, if accounts are used; absent for the citizen.
 */
by?: string, 
/**
 * When, RFC 3339.
 */
at: string, };

export type Decided = "confirmed" | "corrected" | "cleared";

export type ChoiceView = { 
/**
 * The value as the form writes it.
 */
value: string, 
/**
 * Danish text.
 */
label_da: string, 
/**
 * Ukrainian text.
 */
label_uk: string, };

export type AlternativeView = { 
/**
 * The value as the form writes it.
 */
value: unknown, 
/**
 * As a Dane reads it.
 */
display_da: string, 
/**
 * As a Ukrainian reads it.
 */
display_uk: string, 
/**
 * Where it was heard.
 */
evidence: Array<EvidenceView>, };

export type EvidenceView = { 
/**
 * The utterance.
 */
utterance: UtteranceId, 
/**
 * Who said it.
 */
speaker: Speaker, 
/**
 * In which language.
 */
lang: Lang, 
/**
 * The words that carry the value.
 */
quote: string, 
/**
 * Start of the quote in the utterance's text, in Unicode scalar values.
 */
start: number, 
/**
 * End of the quote (exclusive), in Unicode scalar values.
 */
end: number, };

export type SlotStatus = "empty" | "proposed" | "needs_confirmation" | "conflict" | "confirmed" | "corrected" | "cleared" | "derived";

export type IssueView = { 
/**
 * Rule id, for example `R02`.
 */
rule: string, 
/**
 * How serious it is.
 */
severity: Severity, 
/**
 * The slots concerned.
 */
keys: Array<string>, 
/**
 * Danish text for staff.
 */
text_da: string, 
/**
 * Ukrainian text.
 */
text_uk: string, };

export type Severity = "error" | "warning" | "info";

export type QuestionView = { 
/**
 * The slot asked for.
 */
key: string, 
/**
 * Danish question.
 */
da: string, 
/**
 * Ukrainian question.
 */
uk: string, };

export type CaseStage = "open" | "read_back" | "signed" | "in_review" | "returned" | "approved" | "submitted" | "cancelled";

export type SigningMethod = "tablet" | "nem_log_in" | "paper";

export type Ink = { 
/**
 * Width of the field that was written on, in its own units.
 */
width: number, 
/**
 * Height of the field, in the same units.
 */
height: number, 
/**
 * Strokes in the order in which they were drawn, each a list of points `[x, y, t]`: units
 * from the top left corner, and ms since the first touch.
 */
strokes: Array<Array<[number, number, number]>>, };

export type FieldComment = { 
/**
 * Form key.
 */
key: string, 
/**
 * What is wrong, in Danish.
 */
text: string, };

export type StageView = { 
/**
 * How far it has come.
 */
state: CaseStage, 
/**
 * Digest of the document as it would be made now.
 */
digest: string, 
/**
 * What must be done before the form can be read back: keys of required slots that are empty.
 */
missing: Array<string>, 
/**
 * Keys of values that nobody vouched for.
 */
unconfirmed: Array<string>, 
/**
 * Rules that block signing.
 */
blocked_by: Array<string>, 
/**
 * The read-back, sentence by sentence, while the case is in it.
 */
read_back: Array<ReadBackView>, 
/**
 * Keys of values that are signed for and not spoken, because nobody else may hear them (a protected
 * address, a special category of data): the citizen looks at them, while the case is in the read-back.
 */
unread: Array<string>, 
/**
 * True once the citizen confirmed the read-back.
 */
read_back_confirmed: boolean, 
/**
 * True while the citizen says that something of what was read is wrong.
 */
read_back_doubted: boolean, 
/**
 * The newest signature, also one that is void.
 */
signature: SignatureView | null, 
/**
 * Why the case was sent back last; empty if it was not, or is approved since.
 */
returned_because: string, 
/**
 * Remarks of the second person, by field.
 */
comments: Array<FieldComment>, };

export type ReadBackView = { 
/**
 * In Danish.
 */
da: string, 
/**
 * In Ukrainian.
 */
uk: string, };

export type SignatureView = { 
/**
 * How it was given.
 */
method: SigningMethod, 
/**
 * Whose it is; empty in cases from before names were kept.
 */
signer: string, 
/**
 * When, RFC 3339.
 */
at: string, 
/**
 * Digest of the document that was signed.
 */
digest: string, 
/**
 * True once a value changed after it.
 */
void: boolean, };

export type Deadline = "passed" | "near" | "open";

export type QueueLine = { 
/**
 * The case.
 */
case: CaseId, 
/**
 * How far it has come.
 */
state: CaseStage, 
/**
 * Since when it waits in that state, RFC 3339.
 */
since: string, 
/**
 * How long that is, seconds.
 */
age_s: number, 
/**
 * Values that people vouched for.
 */
settled: number, 
/**
 * Values there are, with those that are missing.
 */
total: number, 
/**
 * Who sent it, if accounts are used.
 */
sent_by: string | null, 
/**
 * True if who asks may approve it: not their own.
 */
may_approve: boolean, 
/**
 * Kind of move as the form writes it, for example `from_abroad`; empty if nobody said.
 */
move_type: string, 
/**
 * Day of the move, ISO 8601; null if nobody said.
 */
move_date: string | null, 
/**
 * Last day on which the move may be reported, ISO 8601: five days after it. Null without a move date.
 */
report_by: string | null, 
/**
 * How far off that day is.
 */
deadline: Deadline, 
/**
 * How often the case was sent back.
 */
returned: number, 
/**
 * Warnings of the form's rules.
 */
warnings: number, };

export type ReviewView = { 
/**
 * The case.
 */
case: CaseId, 
/**
 * Where it stands.
 */
stage: StageView, 
/**
 * The form with its evidence.
 */
form: FormView, 
/**
 * What was said, with both texts, as far as a value of the form rests on it, or one rested on it that
 * other words have changed since.
 */
evidence: Array<SaidView>, 
/**
 * What people did, and what was changed by what they said, oldest first.
 */
history: Array<HistoryLine>, 
/**
 * What changed since the case was sent back last.
 */
changed_since_return: Array<ChangeView>, 
/**
 * True if the log of the case is what was appended.
 */
log_intact: boolean, 
/**
 * True if who asks may approve it: not their own.
 */
may_approve: boolean, };

export type SaidView = { 
/**
 * The utterance.
 */
utterance: UtteranceId, 
/**
 * Who spoke.
 */
speaker: Speaker, 
/**
 * In which language.
 */
lang: Lang, 
/**
 * What was said.
 */
text: string, 
/**
 * Its translation; empty if there is none.
 */
translation: string, 
/**
 * How sure the translator was, 0 to 1; 0 without a translation.
 */
confidence: number, 
/**
 * What a reader of the translation must be careful about.
 */
warnings: Array<TranslationWarning>, 
/**
 * Whether it is a fixed translation, from the translation memory or the form.
 */
verified: boolean, };

export type HistoryLine = { 
/**
 * When, RFC 3339.
 */
at: string, 
/**
 * In which role.
 */
actor: Role, 
/**
 * Who, if accounts are used.
 */
by: string | null, 
/**
 * The event's kind, for example `slot_corrected`; `slot_reheard` if words changed a value.
 */
kind: string, 
/**
 * The slot concerned; empty if none.
 */
key: string, 
/**
 * The value before; null if none.
 */
before: unknown, 
/**
 * The value after; null if none.
 */
after: unknown, 
/**
 * Why, the receiver's answer, or whose signature it is; empty if there is none.
 */
reason: string, 
/**
 * Remarks by field of a case that was sent back.
 */
comments: Array<FieldComment>, 
/**
 * The utterances that a value rested on before; of one that words changed, the one that changed it comes last.
 */
utterances: Array<UtteranceId>, };

export type ChangeView = { 
/**
 * The slot.
 */
key: string, 
/**
 * The value before; null if none.
 */
before: unknown, 
/**
 * The value now; null if none.
 */
after: unknown, };

export type ReturnCase = { 
/**
 * Digest of the document that was looked at: if the case holds another one meanwhile, nothing is done and an
 * error says so. Without it that is not looked at.
 */
digest?: string, 
/**
 * When the authority's own note was last decided about, as the case showed it; empty if nobody had. It is compared
 * like the digest, which says nothing of the note.
 */
noted?: string, 
/**
 * Why, in Danish.
 */
reason: string, 
/**
 * Remarks by field that the case's form shows, one for each at most.
 */
comments: Array<FieldComment>, };

export type ApproveCase = { 
/**
 * Digest of the document that was looked at.
 */
digest: string, 
/**
 * When the authority's own note was last decided about, as the case showed it; empty if nobody had. If that is
 * another time meanwhile, nothing is done and an error says so. Without it that is not looked at.
 */
noted?: string, };

export type OpenCase = { 
/**
 * The day that relative dates are counted from, ISO 8601; the server's today if absent.
 */
today?: string, };

export type CaseOpened = { 
/**
 * The new case.
 */
case: CaseId, 
/**
 * Ticket for the staff socket.
 */
ticket: string, 
/**
 * How the tablet joins.
 */
pairing: Pairing, };

export type OwnCase = { 
/**
 * The case.
 */
case: CaseId, 
/**
 * How far it has come.
 */
state: CaseStage, 
/**
 * Time of the first event, RFC 3339.
 */
opened_at: string, 
/**
 * Time of the newest event, RFC 3339.
 */
changed_at: string, 
/**
 * Day of the move, ISO 8601; null if nobody said.
 */
move_date: string | null, };

export type Pairing = { 
/**
 * Six digits, for one tablet, once.
 */
code: string, 
/**
 * Address that the QR code holds; opening it pairs the tablet.
 */
url: string, 
/**
 * The QR code as SVG.
 */
qr_svg: string, 
/**
 * Seconds until the code expires.
 */
expires_in_s: number, };

export type PairTablet = { 
/**
 * The six digits; spaces are ignored.
 */
code: string, };

export type TabletPaired = { 
/**
 * The case.
 */
case: CaseId, 
/**
 * Ticket for the tablet's socket.
 */
ticket: string, };

export type ApiError = { 
/**
 * What kind of trouble.
 */
code: ErrorCode, 
/**
 * What was wrong and what to do; English.
 */
message: string, 
/**
 * Which one thing, where signing elsewhere is refused.
 */
signing?: SigningTrouble, };

export type SigningTrouble = "state" | "not_confirmed" | "draft" | "reference" | "document" | "no_roots" | "not_pdf" | "too_large" | "other_document" | "altered" | "unsigned" | "signature" | "certificate";

export type ExportToSign = { 
/**
 * What names the document to the signer, at most 50 characters; the form and the case number
 * if absent.
 */
reference?: string, };

export type ToSign = { 
/**
 * The document, a PDF in base64.
 */
document: string, 
/**
 * Its SHA-256.
 */
document_sha256: string, 
/**
 * Its description, as it stands in `package.json`.
 */
package: string, };

export type ImportSigned = { 
/**
 * The signed PDF in base64.
 */
signed: string, 
/**
 * The certificate's name, if it is written otherwise than in the form and staff recognised the
 * person.
 */
signer?: string, };

export type SignedElsewhere = { 
/**
 * False if the name in the certificate is not written as in the form: then nothing was
 * recorded, and staff must say whether it is the same person.
 */
recorded: boolean, 
/**
 * Who signed, as the certificate says.
 */
signer: string, 
/**
 * The name in the form.
 */
name_in_form: string, 
/**
 * When, as the time-stamp service says, RFC 3339.
 */
signed_at: string, 
/**
 * Who issued the certificate.
 */
issuer: string, 
/**
 * Where the case stands.
 */
stage: StageView, };

export type OutboxLine = { 
/**
 * The case.
 */
case: CaseId, 
/**
 * Since when it waits, RFC 3339.
 */
since: string, 
/**
 * Whether its document has been sealed.
 */
sealed: boolean, 
/**
 * How many tries failed.
 */
failed: number, 
/**
 * True if it is not tried again until a person says so.
 */
dead: boolean, 
/**
 * When it is tried next, RFC 3339; null if it is due now, or was given up.
 */
next_at: string | null, 
/**
 * Why the last try failed, for the screen's own words; null if none did.
 */
trouble: DeliveryTrouble | null, 
/**
 * The same as the machine says it: English, for whoever mends it, no personal data.
 */
because: string, };

export type DeliveryTrouble = "state" | "document" | "key" | "certificate" | "key_away" | "time_stamp" | "gone" | "values" | "memo" | "folder" | "other_document" | "unreachable" | "busy" | "refused" | "other";
