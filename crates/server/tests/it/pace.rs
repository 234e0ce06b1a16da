//! One conversation writes the log a few times a second, however much is said in it: the log is
//! everybody's.

use std::sync::Arc;
use std::time::Instant;

use serde_json::json;
use tolkebot_interpreter::PipeEvent;
use tolkebot_protocol::Speaker;

use crate::common::{config, house_with};
use crate::lists::Watched;

#[tokio::test]
async fn who_says_very_much_at_once_writes_seldom_and_loses_nothing() {
    let store = Arc::new(Watched::default());
    let mut config = config();
    config.limits.saves_per_s = 2;
    config.limits.messages_per_s = 10_000;
    let house = house_with(config, store.clone()).await;
    let mut c = house.conversation().await;
    store.written();
    let begun = Instant::now();
    for n in 0..150 {
        let text = format!("Рядок {n}");
        c.tablet
            .send(json!({"type": "type_text", "text": text}))
            .await;
        if n % 3 == 0 {
            // Something that must stand between two events on the screens.
            let partial = PipeEvent::Partial {
                speaker: Speaker::Staff,
                text: format!("Mellemord {n}"),
                settled_chars: 0,
                start_ms: 0,
            };
            c.talk.send(partial).await;
        }
    }
    for client in [&mut c.staff, &mut c.tablet] {
        client
            .until_event("utterance_settled", |e| e["text"] == "Рядок 149")
            .await;
        let seqs = client.seqs();
        assert_eq!(seqs, (1..=*seqs.last().unwrap()).collect::<Vec<_>>());
        let said = |m: &&serde_json::Value| m["kind"] == "utterance_settled";
        let said: Vec<_> = client.seen.iter().filter(said).collect();
        let wanted: Vec<_> = (0..150).map(|n| json!(format!("Рядок {n}"))).collect();
        let texts: Vec<_> = said.into_iter().map(|m| m["text"].clone()).collect();
        assert_eq!(texts, wanted);
    }
    // Four seconds' worth at once, then two a second.
    let most = 8 + 2 * (begun.elapsed().as_secs() as usize + 1);
    let written = store.written();
    assert!(written <= most, "{written} appends, {most} allowed");
}
