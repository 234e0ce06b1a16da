//! The JSON of every wire message, pinned: what is shown here is what clients of `tolkebot.v1` rely
//! on. Each message must also come back as it went out.

#![allow(clippy::unwrap_used)] // helpers of tests are tests

mod samples;

use std::fmt::Debug;

use insta::assert_json_snapshot;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;
use tolkebot_protocol::*;

use samples::{event, form, ink, stage};

/// Checks that each value survives its JSON, and returns them all for a snapshot.
fn all<T: Serialize + DeserializeOwned + PartialEq + Debug>(values: Vec<T>) -> Vec<T> {
    for value in &values {
        let text = serde_json::to_string(value).unwrap();
        assert_eq!(&serde_json::from_str::<T>(&text).unwrap(), value, "{text}");
    }
    values
}

#[test]
fn what_clients_send() {
    let key = || "move_date".to_owned();
    assert_json_snapshot!(all(vec![
        ClientMessage::Hello {
            ticket: "t".into(),
            resume_after: None
        },
        ClientMessage::Hello {
            ticket: "t".into(),
            resume_after: Some(12)
        },
        ClientMessage::StartAudio {
            sample_rate: SAMPLE_RATE
        },
        ClientMessage::EndAudio {},
        ClientMessage::Consent {
            notice: Notice::AiDisclosure,
            accepted: true
        },
        ClientMessage::Consent {
            notice: Notice::Processing,
            accepted: false
        },
        ClientMessage::Consent {
            notice: Notice::SoundKeeping,
            accepted: true
        },
        ClientMessage::AskKeepSound {},
        ClientMessage::KeepSound {
            basis: SoundBasis::Consent
        },
        ClientMessage::KeepSound {
            basis: SoundBasis::PublicTask
        },
        ClientMessage::WithdrawSound {},
        ClientMessage::RequestInterpreter {},
        ClientMessage::ConfirmSlot {
            key: key(),
            value: json!("2026-12-15")
        },
        ClientMessage::CorrectSlot {
            key: key(),
            value: json!(["a", 1, true, null]),
            person: None,
            seen: None,
        },
        ClientMessage::CorrectSlot {
            key: "household[1].birth_date".into(),
            value: json!("2016-05-14"),
            person: Some("Taras".into()),
            seen: Some(json!(null)),
        },
        ClientMessage::ClearSlot {
            key: key(),
            person: None,
            seen: None,
        },
        ClientMessage::ClearSlot {
            key: "household[1].given_names".into(),
            person: Some("Taras".into()),
            seen: Some(json!("Taras")),
        },
        ClientMessage::Devices {
            microphone: MicrophoneState::Lost,
            voice: false,
            speaking: None,
        },
        ClientMessage::Devices {
            microphone: MicrophoneState::On,
            voice: true,
            speaking: Some(true),
        },
        ClientMessage::SpeakAgain {
            utterance: UtteranceId(4)
        },
        ClientMessage::TypeText {
            text: "Так".into(),
            id: None,
        },
        ClientMessage::TypeText {
            text: "Так".into(),
            id: Some("t-1".into()),
        },
        ClientMessage::EndConversation {},
        ClientMessage::ReadBack { digest: "d".into() },
        ClientMessage::ReadAgain {},
        ClientMessage::ConfirmReadBack { digest: "d".into() },
        ClientMessage::DoubtReadBack { digest: "d".into() },
        ClientMessage::SignedOnPaper { digest: "d".into() },
        ClientMessage::Sign {
            digest: "d".into(),
            ink: ink()
        },
        ClientMessage::SendToReview {},
        ClientMessage::Reopen {},
        ClientMessage::CancelCase { reason: "x".into() },
    ]));
}

#[test]
fn what_the_server_sends() {
    assert_json_snapshot!(all(vec![
        ServerMessage::Welcome {
            protocol: SUBPROTOCOL.into(),
            case: CaseId("c-1".into()),
            role: Role::Staff,
            lang: Lang::Da,
            seq: 7,
            resume_ticket: "t".into(),
            sound_may_be_kept: false,
            authority: String::new(),
            erased_after_days: None,
            signed_in_for_s: None,
        },
        ServerMessage::Welcome {
            protocol: SUBPROTOCOL.into(),
            case: CaseId("c-1".into()),
            role: Role::Citizen,
            lang: Lang::Uk,
            seq: 7,
            resume_ticket: "t".into(),
            sound_may_be_kept: true,
            authority: "Rebild Kommune".into(),
            erased_after_days: Some(30),
            signed_in_for_s: Some(28_800),
        },
        ServerMessage::Event(event(EventPayload::InterpreterRequested {})),
        ServerMessage::Partial {
            speaker: Speaker::Staff,
            lang: Lang::Da,
            text: "Hvor bor".into(),
            settled_chars: 4,
            start_ms: 120,
        },
        ServerMessage::Draft {
            speaker: Speaker::Staff,
            lang: Lang::Uk,
            text: "Де".into(),
            start_ms: 120,
        },
        ServerMessage::Form(form()),
        ServerMessage::Form(FormView::default()),
        ServerMessage::Speech {
            utterance: UtteranceId(4),
            lang: Lang::Uk,
            sample_rate: 24_000,
            piece: 0,
            last: false,
        },
        ServerMessage::Stage(stage()),
        ServerMessage::TextTaken { id: "t-1".into() },
        ServerMessage::Presence {
            staff: 1,
            citizen: 0
        },
        ServerMessage::Devices {
            role: Role::Citizen,
            microphone: MicrophoneState::Off,
            voice: true,
        },
        ServerMessage::Behind { ms: 12_000 },
        ServerMessage::Timing {
            utterance: UtteranceId(4),
            settled_ms: 400,
            translated_ms: 900,
            spoken_ms: None,
        },
        ServerMessage::Timing {
            utterance: UtteranceId(4),
            settled_ms: 400,
            translated_ms: 900,
            spoken_ms: Some(1300),
        },
        ServerMessage::Error {
            code: ErrorCode::SlotChanged,
            message: "slot `move_date` has changed".into(),
            fatal: false,
            kept: false,
        },
        ServerMessage::Error {
            code: ErrorCode::EngineFailed,
            message: "Translate: out of memory".into(),
            fatal: false,
            kept: true,
        },
    ]));
}

#[test]
fn every_event() {
    let key = || "move_date".to_owned();
    let utterance = |source, confidence| Utterance {
        id: UtteranceId(4),
        speaker: Speaker::Citizen,
        lang: Lang::Uk,
        text: "Я переїжджаю.".into(),
        source,
        start_ms: 120,
        end_ms: 1480,
        confidence,
        reconsidered: match source {
            UtteranceSource::Speech => vec![TextSpan { start: 2, end: 12 }],
            UtteranceSource::Typed => Vec::new(),
        },
        interrupted: source == UtteranceSource::Speech,
        sent_as: (source == UtteranceSource::Typed).then(|| "t-1".to_owned()),
    };
    assert_json_snapshot!(all([
        EventPayload::CaseOpened {
            form: "flytteanmeldelse".into(),
            today: "2026-11-24".into()
        },
        EventPayload::ConsentGiven {
            notice: Notice::Processing,
            accepted: true
        },
        EventPayload::ParticipantJoined {
            role: Role::Supervisor,
            paired: false,
        },
        EventPayload::ParticipantJoined {
            role: Role::Citizen,
            paired: true,
        },
        EventPayload::UtteranceSettled(utterance(UtteranceSource::Speech, 0.875)),
        EventPayload::UtteranceSettled(utterance(UtteranceSource::Typed, 1.0)),
        EventPayload::TranslationSettled {
            utterance: UtteranceId(4),
            lang: Lang::Da,
            text: "Jeg flytter.".into(),
            confidence: 0.75,
            warnings: vec![
                TranslationWarning::ValueMismatch,
                TranslationWarning::WrongLanguage,
                TranslationWarning::LowConfidence,
                TranslationWarning::Negation,
                TranslationWarning::Failed,
            ],
            verified: false,
        },
        EventPayload::TranslationSettled {
            utterance: UtteranceId(5),
            lang: Lang::Uk,
            text: "Коли Ви переїжджаєте?".into(),
            confidence: 1.0,
            warnings: vec![],
            verified: true,
        },
        EventPayload::SlotConfirmed {
            key: key(),
            value: json!("2026-12-15"),
            by: None
        },
        EventPayload::SlotCorrected {
            key: key(),
            value: json!(3),
            by: Some("anne".into()),
        },
        EventPayload::SlotCleared {
            key: key(),
            by: None
        },
        EventPayload::SoundKeepingAsked { by: None },
        EventPayload::SoundKeepingStarted {
            basis: SoundBasis::Consent,
            by: Some("anne".into()),
        },
        EventPayload::SoundKeepingStopped {
            reason: SoundStop::Limit,
        },
        EventPayload::SoundKeepingStopped {
            reason: SoundStop::Settings,
        },
        EventPayload::SoundKeepingStopped {
            reason: SoundStop::Unsealed,
        },
        EventPayload::SoundDestroyed {
            reason: SoundEnd::Withdrawn,
            by: None,
        },
        EventPayload::SoundDestroyed {
            reason: SoundEnd::Expired,
            by: None,
        },
        EventPayload::InterpreterRequested {},
        EventPayload::ConversationEnded {},
        EventPayload::Cancelled {
            reason: String::new(),
            by: None,
        },
        EventPayload::Cancelled {
            reason: "x".into(),
            by: Some("anne".into()),
        },
        EventPayload::ReadBackGiven {
            digest: "d".into(),
            by: None,
            keys: vec!["move_date".into()],
            rules: 2
        },
        EventPayload::ReadBackConfirmed { digest: "d".into() },
        EventPayload::ReadBackDoubted { digest: "d".into() },
        EventPayload::Signed {
            digest: "d".into(),
            method: SigningMethod::Tablet,
            ink: Some(ink()),
            signer: None,
            declaration: Some(2),
            signed_at: None,
            by: None,
        },
        EventPayload::Signed {
            digest: "d".into(),
            method: SigningMethod::NemLogIn,
            ink: None,
            signer: Some("Oksana Kovalenko".into()),
            declaration: None,
            signed_at: Some("2026-11-23T21:10:00Z".into()),
            by: Some("anne".into()),
        },
        EventPayload::SentToSign {
            digest: "d".into(),
            document_sha256: "p".into(),
            by: Some("anne".into()),
        },
        EventPayload::SentToReview { by: None },
        EventPayload::Returned {
            reason: "x".into(),
            comments: stage().comments,
            by: Some("bo".into()),
        },
        EventPayload::Reopened { by: None },
        EventPayload::Approved {
            digest: "d".into(),
            by: Some("bo".into()),
        },
        EventPayload::DocumentSealed {
            digest: "d".into(),
            pdf_sha256: "p".into(),
        },
        EventPayload::DeliveryRetried {
            failed: 12,
            by: Some("bo".into()),
        },
        EventPayload::Submitted {
            channel: "directory".into(),
            receipt: "r".into(),
        },
    ]
    .map(event)
    .to_vec()));
}

#[test]
fn bodies_of_the_http_api() {
    let pairing = Pairing {
        code: "042137".into(),
        url: "https://tolk.example.dk/tablet#code=042137".into(),
        qr_svg: "<svg/>".into(),
        expires_in_s: 600,
    };
    assert_json_snapshot!(
        "open_case",
        all(vec![
            OpenCase { today: None },
            OpenCase {
                today: Some("2026-11-24".into())
            }
        ])
    );
    assert_json_snapshot!(
        "case_opened",
        all(vec![CaseOpened {
            case: CaseId("c-1".into()),
            ticket: "t".into(),
            pairing
        }])
    );
    assert_json_snapshot!(
        "pair_tablet",
        all(vec![PairTablet {
            code: "042137".into()
        }])
    );
    assert_json_snapshot!(
        "tablet_paired",
        all(vec![TabletPaired {
            case: CaseId("c-1".into()),
            ticket: "t".into()
        }])
    );
    assert_json_snapshot!(
        "api_error",
        all(vec![ApiError {
            code: ErrorCode::NotAllowed,
            message: "not yours".into(),
            signing: None,
        }])
    );
}

#[test]
fn codes_of_trouble_and_how_sockets_close_with_them() {
    let codes = [
        ErrorCode::BadMessage,
        ErrorCode::TooLarge,
        ErrorCode::TooFast,
        ErrorCode::BadTicket,
        ErrorCode::NotAllowed,
        ErrorCode::BadAudio,
        ErrorCode::BadSlot,
        ErrorCode::SlotChanged,
        ErrorCode::Busy,
        ErrorCode::EngineFailed,
        ErrorCode::NotSaved,
        ErrorCode::Replaced,
        ErrorCode::IdleTimeout,
        ErrorCode::ShuttingDown,
        ErrorCode::SignedOut,
    ];
    let closing: Vec<_> = codes.iter().map(|code| (code, code.close_code())).collect();
    assert_json_snapshot!(closing);
    let statuses = [
        SlotStatus::Empty,
        SlotStatus::Proposed,
        SlotStatus::NeedsConfirmation,
        SlotStatus::Conflict,
        SlotStatus::Confirmed,
        SlotStatus::Corrected,
        SlotStatus::Cleared,
        SlotStatus::Derived,
    ];
    assert_json_snapshot!("slot_statuses", all(statuses.to_vec()));
    let severities = [Severity::Error, Severity::Warning, Severity::Info];
    assert_json_snapshot!("severities", all(severities.to_vec()));
}

#[test]
fn what_a_client_must_not_send_is_refused() {
    for text in [
        r#"{}"#,
        r#"{"type":"sing"}"#,
        r#"{"type":"end_audio","surplus":1}"#,
        r#"{"type":"hello"}"#,
        r#"{"type":"hello","ticket":1}"#,
        r#"{"type":"hello","ticket":"t","resume_after":-1}"#,
        r#"{"type":"consent","notice":"other","accepted":true}"#,
        r#"{"type":"keep_sound"}"#,
        r#"{"type":"keep_sound","basis":"curiosity"}"#,
        r#"{"type":"confirm_slot","key":"a"}"#,
        r#"{"type":"EndAudio"}"#,
        r#"[{"type":"end_audio"}]"#,
    ] {
        assert!(
            serde_json::from_str::<ClientMessage>(text).is_err(),
            "{text}"
        );
    }
    assert!(serde_json::from_str::<OpenCase>(r#"{"day":"x"}"#).is_err());
    assert!(serde_json::from_str::<PairTablet>(r#"{"code":123456}"#).is_err());
}
