//! The segmenter against a detector that follows a script: a frame is speech when it is loud.

use proptest::prelude::*;
use tolkebot_audio::{
    AudioError, FRAME, Segment, SegmentEvent, Segmenter, SegmenterConfig, VoiceActivity,
};

/// The probability is the frame's loudest sample, so that a test scripts it through the sound.
/// A sample of −1 makes the detector fail.
struct Scripted;

impl VoiceActivity for Scripted {
    fn probability(&mut self, frame: &[f32; FRAME]) -> Result<f32, AudioError> {
        if frame.contains(&-1.0) {
            return Err(AudioError::Vad("scripted failure".into()));
        }
        Ok(frame.iter().copied().fold(0.0, f32::max))
    }

    fn reset(&mut self) {}
}

fn segmenter(config: SegmenterConfig) -> Segmenter {
    Segmenter::new(Box::new(Scripted), config)
}

/// `ms` milliseconds at that probability.
fn sound(probability: f32, ms: usize) -> Vec<f32> {
    vec![probability; ms * 16]
}

fn ended(events: Vec<SegmentEvent>) -> Vec<Segment> {
    events
        .into_iter()
        .filter_map(|e| match e {
            SegmentEvent::Ended(segment) => Some(segment),
            SegmentEvent::Started { .. } => None,
        })
        .collect()
}

fn times(segments: &[Segment]) -> Vec<(u64, u64)> {
    segments.iter().map(|s| (s.start_ms, s.end_ms)).collect()
}

#[test]
fn speech_between_pauses_becomes_segments_with_pre_roll_and_tail() {
    let mut segmenter = segmenter(SegmenterConfig::default());
    let stream = [
        sound(0.0, 1024),
        sound(0.9, 1024),
        sound(0.0, 1024),
        sound(0.9, 512),
        sound(0.0, 320),
    ];
    let mut events = segmenter.push(&stream.concat()).unwrap();
    events.extend(segmenter.flush());
    assert_eq!(events[0], SegmentEvent::Started { start_ms: 824 });
    assert_eq!(times(&ended(events)), [(824, 2248), (2872, 3904)]);
}

#[test]
fn a_click_is_no_segment_but_a_short_yes_is() {
    for (ms, expected) in [(96, 0), (128, 0), (160, 1), (256, 1)] {
        let mut segmenter = segmenter(SegmenterConfig::default());
        let stream = [sound(0.0, 320), sound(0.9, ms), sound(0.0, 960)].concat();
        let mut events = segmenter.push(&stream).unwrap();
        events.extend(segmenter.flush());
        assert_eq!(ended(events).len(), expected, "{ms} ms of speech");
    }
}

#[test]
fn a_short_pause_and_a_wavering_voice_do_not_split() {
    let mut segmenter = segmenter(SegmenterConfig::default());
    let stream = [
        sound(0.9, 512),
        sound(0.0, 512), // shorter than the pause
        sound(0.9, 512),
        sound(0.4, 1024), // between the thresholds: goes on
        sound(0.0, 1024),
        sound(0.4, 1024), // between the thresholds: does not start
    ];
    let mut events = segmenter.push(&stream.concat()).unwrap();
    events.extend(segmenter.flush());
    assert_eq!(times(&ended(events)), [(0, 2760)]);
}

#[test]
fn current_grows_while_someone_speaks() {
    let mut segmenter = segmenter(SegmenterConfig::default());
    segmenter.push(&sound(0.0, 640)).unwrap();
    assert_eq!(
        (segmenter.current(), segmenter.current_start_ms()),
        (None, None)
    );
    segmenter.push(&sound(0.9, 320)).unwrap();
    assert_eq!(segmenter.current().map(<[f32]>::len), Some(520 * 16));
    assert_eq!(segmenter.current_start_ms(), Some(440));
    segmenter.push(&sound(0.9, 320)).unwrap();
    assert_eq!(segmenter.current().map(<[f32]>::len), Some(840 * 16));
    segmenter.push(&sound(0.0, 640)).unwrap();
    assert_eq!(segmenter.current(), None);
}

#[test]
fn long_speech_is_cut_where_it_is_quietest_and_nothing_is_lost() {
    let config = SegmenterConfig {
        max_segment_ms: 4000,
        ..Default::default()
    };
    let mut stream = sound(0.9, 9600);
    // 64 ms of near-silence inside speech; the detector still says speech at its loudest sample.
    stream[3008 * 16..3072 * 16].fill(0.01);
    for frame in stream[3008 * 16..3072 * 16].chunks_mut(FRAME) {
        frame[0] = 0.6;
    }
    let mut segmenter = segmenter(config);
    let mut events = segmenter.push(&stream).unwrap();
    events.extend(segmenter.flush());
    let starts = events
        .iter()
        .filter(|e| matches!(e, SegmentEvent::Started { .. }))
        .count();
    let segments = ended(events);
    assert_eq!(starts, segments.len());
    assert!(
        (3008..3072).contains(&segments[0].end_ms),
        "cut at {}",
        segments[0].end_ms
    );
    let all: Vec<f32> = segments
        .iter()
        .flat_map(|s| s.samples.iter().copied())
        .collect();
    assert_eq!(all, stream);
}

#[test]
fn times_stay_exact_after_hours() {
    let mut segmenter = segmenter(SegmenterConfig::default());
    // 30 hours passed while the channel was muted: more samples than 32 bits count by 30 hours.
    let skipped = 30 * 3600 * 16_000u64;
    segmenter.skip(skipped);
    segmenter.push(&sound(0.0, 320)).unwrap();
    let mut events = segmenter.push(&sound(0.9, 640)).unwrap();
    events.extend(segmenter.flush());
    let base = skipped / 16;
    assert_eq!(times(&ended(events)), [(base + 120, base + 960)]);
    assert_eq!(segmenter.now_ms(), base + 960);
}

#[test]
fn a_failing_detector_is_reported_and_survived() {
    let mut segmenter = segmenter(SegmenterConfig::default());
    segmenter.push(&sound(0.9, 320)).unwrap();
    assert!(segmenter.push(&[-1.0; FRAME]).is_err());
    let mut events = segmenter.push(&sound(0.9, 320)).unwrap();
    events.extend(segmenter.flush());
    assert_eq!(times(&ended(events)), [(0, 672)]);
}

#[test]
fn senseless_settings_are_brought_into_range() {
    let config = SegmenterConfig {
        start_threshold: f32::NAN,
        end_threshold: 7.0,
        min_speech_ms: u32::MAX,
        pause_ms: 0,
        pre_roll_ms: u32::MAX,
        tail_ms: u32::MAX,
        max_segment_ms: u32::MAX,
    };
    let mut segmenter = segmenter(config);
    let stream = [sound(0.0, 640), sound(0.9, 2048), sound(0.0, 640)].concat();
    let mut events = segmenter.push(&stream).unwrap();
    events.extend(segmenter.flush());
    assert_eq!(ended(events).len(), 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    /// Whatever comes, in whatever pieces: segments are ordered, disjoint, as long as their times
    /// say, no longer than allowed, made of exactly the stream's sound, announced before they end;
    /// and clear speech is always in one.
    #[test]
    fn invariants(
        parts in prop::collection::vec((0.0f32..1.0, 1usize..3000), 1..14),
        piece in 1usize..5000,
        pause_ms in 100u32..900,
        max_segment_ms in 2000u32..6000,
    ) {
        let stream: Vec<f32> = parts
            .iter()
            .enumerate()
            .flat_map(|(i, &(p, ms))| {
                // A little texture, so that equal sound does not hide misplaced sound.
                (0..ms * 16).map(move |k| (p - ((k * 31 + i * 7) % 97) as f32 * 1e-4).max(0.0))
            })
            .collect();
        let config = SegmenterConfig { pause_ms, max_segment_ms, ..Default::default() };
        let mut segmenter = segmenter(config);
        let mut events = Vec::new();
        for piece in stream.chunks(piece) {
            events.extend(segmenter.push(piece).unwrap());
            let longest = (max_segment_ms as usize + 32) * 16;
            prop_assert!(segmenter.current().is_none_or(|c| c.len() <= longest));
        }
        events.extend(segmenter.flush());
        prop_assert_eq!(segmenter.now_ms(), (stream.len() as u64).div_ceil(16));

        let mut covered = vec![false; stream.len()];
        let mut announced = None;
        let mut last_end = 0;
        for event in events {
            match event {
                SegmentEvent::Started { start_ms } => {
                    prop_assert_eq!(announced, None);
                    announced = Some(start_ms);
                }
                SegmentEvent::Ended(segment) => {
                    prop_assert_eq!(announced.take(), Some(segment.start_ms));
                    prop_assert!(segment.start_ms >= last_end && segment.end_ms > segment.start_ms);
                    last_end = segment.end_ms;
                    prop_assert!(segment.end_ms - segment.start_ms <= u64::from(max_segment_ms) + 32);
                    let from = segment.start_ms as usize * 16;
                    let to = from + segment.samples.len();
                    prop_assert_eq!(&segment.samples[..], &stream[from..to]);
                    prop_assert_eq!((to as u64).div_ceil(16), segment.end_ms);
                    covered[from..to].fill(true);
                }
            }
        }
        prop_assert_eq!(announced, None);
        let mut at = 0;
        for (p, ms) in parts {
            // Speech that fills whole frames beyond any doubt.
            if p > 0.6 && ms > 260 {
                prop_assert!(covered[at..at + ms * 16].iter().all(|&c| c), "speech at {} lost", at / 16);
            }
            at += ms * 16;
        }
    }
}

#[test]
fn what_may_be_over_is_the_very_sound_that_the_pause_makes_a_segment() {
    let mut segmenter = segmenter(SegmenterConfig::default());
    segmenter.push(&sound(0.0, 1024)).unwrap();
    segmenter.push(&sound(0.9, 1024)).unwrap();
    assert_eq!((segmenter.if_over(), segmenter.quiet_ms()), (None, 0));
    segmenter.push(&sound(0.0, 160)).unwrap();
    // Too early to say.
    assert_eq!((segmenter.if_over(), segmenter.quiet_ms()), (None, 160));
    segmenter.push(&sound(0.0, 320)).unwrap();
    let presumed = segmenter.if_over().map(<[f32]>::to_vec).unwrap();
    assert_eq!(segmenter.quiet_ms(), 480);
    let segments = ended(segmenter.push(&sound(0.0, 320)).unwrap());
    assert_eq!(segments.len(), 1);
    assert_eq!(presumed, segments[0].samples[..]);
    assert_eq!((segmenter.if_over(), segmenter.quiet_ms()), (None, 0));
}

#[test]
fn who_goes_on_is_not_over() {
    let mut segmenter = segmenter(SegmenterConfig::default());
    segmenter.push(&sound(0.9, 1024)).unwrap();
    segmenter.push(&sound(0.0, 320)).unwrap();
    assert!(segmenter.if_over().is_some());
    segmenter.push(&sound(0.9, 64)).unwrap();
    assert_eq!((segmenter.if_over(), segmenter.quiet_ms()), (None, 0));
    // Nor is it where no silence is kept.
    let mut segmenter = self::segmenter(SegmenterConfig {
        tail_ms: 0,
        ..SegmenterConfig::default()
    });
    segmenter.push(&sound(0.9, 1024)).unwrap();
    assert_eq!(segmenter.if_over(), None);
}
