//! The same types for the web client.

use ts_rs::{Config, TS};

use crate::*;

/// The TypeScript declarations of every wire type, as one module.
///
/// `cargo xtask types` writes it to `web-client/src/protocol/types.ts`; a test compares.
pub fn typescript() -> String {
    let cfg = Config::default();
    let mut out =
        String::from("// Generated from crates/protocol by `cargo xtask types`. Do not edit.\n\n");
    out.push_str(&format!("export const SUBPROTOCOL = \"{SUBPROTOCOL}\";\n"));
    out.push_str(&format!("export const SAMPLE_RATE = {SAMPLE_RATE};\n"));
    out.push_str(&format!(
        "export const MAX_FRAME_BYTES = {MAX_FRAME_BYTES};\n\n"
    ));
    macro_rules! declare {
        ($($t:ty),+ $(,)?) => {
            $(out.push_str("export "); out.push_str(&<$t>::decl(&cfg)); out.push_str("\n\n");)+
        };
    }
    declare!(
        Lang,
        Speaker,
        Role,
        Notice,
        MicrophoneState,
        CaseId,
        UtteranceId,
        ClientMessage,
        ServerMessage,
        ErrorCode,
        CaseEvent,
        EventPayload,
        Utterance,
        TextSpan,
        UtteranceSource,
        SoundBasis,
        SoundStop,
        SoundEnd,
        TranslationWarning,
        FormView,
        SectionView,
        SlotView,
        DecisionView,
        Decided,
        ChoiceView,
        AlternativeView,
        EvidenceView,
        SlotStatus,
        IssueView,
        Severity,
        QuestionView,
        CaseStage,
        SigningMethod,
        Ink,
        FieldComment,
        StageView,
        ReadBackView,
        SignatureView,
        Deadline,
        QueueLine,
        ReviewView,
        SaidView,
        HistoryLine,
        ChangeView,
        ReturnCase,
        ApproveCase,
        OpenCase,
        CaseOpened,
        OwnCase,
        Pairing,
        PairTablet,
        TabletPaired,
        ApiError,
        SigningTrouble,
        ExportToSign,
        ToSign,
        ImportSigned,
        SignedElsewhere,
        OutboxLine,
        DeliveryTrouble,
    );
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}
