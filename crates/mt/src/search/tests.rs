use tolkebot_protocol::Lang;

use super::*;

/// Predicts the pieces of `script` one after the other, then the end, whatever was written.
struct Scripted {
    script: Vec<Token>,
    at: usize,
    logits: Vec<f32>,
}

impl Scripted {
    fn new(script: &[Token]) -> Self {
        let mut model = Scripted {
            script: script.to_vec(),
            at: 0,
            logits: Vec::new(),
        };
        model.predict();
        model
    }

    fn predict(&mut self) {
        self.logits = vec![0.0; 20];
        let next = self.script.get(self.at).copied().unwrap_or(1);
        self.logits[next as usize] = 5.0;
        // A second choice, so that a mask or a penalty has somewhere to go.
        self.logits[(next as usize + 1) % 20] = 4.0;
    }
}

impl Model for Scripted {
    fn encode(&self, _: &str, _: Lang) -> Result<Vec<Token>, MtError> {
        Ok(Vec::new())
    }
    fn decode(&self, _: &[Token]) -> Result<String, MtError> {
        Ok(String::new())
    }
    fn pieces(&self) -> Vec<&str> {
        vec![""; 20]
    }
    fn eos(&self) -> Token {
        1
    }
    fn begin(&mut self, _: &[Token], _: Lang) -> Result<(), MtError> {
        Ok(())
    }
    fn rewind(&mut self) {
        self.at = 0;
        self.predict();
    }
    fn advance(&mut self, _: &[Move]) -> Result<(), MtError> {
        self.at += 1;
        self.predict();
        Ok(())
    }
    fn another(&self) -> Box<dyn Model> {
        unreachable!("one target only")
    }
    fn logits(&self, _: usize) -> &[f32] {
        &self.logits
    }
}

fn plain() -> Search<'static> {
    Search {
        limit: 50,
        width: 1,
        held: &[],
        forbidden: &[],
        repetition_penalty: 1.0,
        wanted: &[],
        pull: 0.0,
    }
}

fn run(script: &[Token], search: &Search<'_>) -> Hypothesis {
    let mut all = beam(&mut Scripted::new(script), search).unwrap();
    assert_eq!(all.len(), 1, "greedy gives one");
    all.remove(0)
}

#[test]
fn writes_the_best_pieces_until_the_end_mark() {
    let h = run(&[7, 3, 9], &plain());
    assert_eq!(h.tokens, [7, 3, 9]);
    assert_eq!(h.end, End::Finished);
    // Softmax of (5, 4, 18 × 0): e^5 / (e^5 + e^4 + 18).
    let p = 5f32.exp() / (5f32.exp() + 4f32.exp() + 18.0);
    assert!((h.confidence() - p).abs() < 1e-5, "{}", h.confidence());
}

#[test]
fn stops_at_the_limit() {
    let h = run(
        &[2, 3, 4, 5, 6, 7],
        &Search {
            limit: 3,
            ..plain()
        },
    );
    assert_eq!((h.tokens.len(), h.end), (3, End::Limit));
}

#[test]
fn a_loop_ends_with_one_round_kept() {
    let script: Vec<Token> = [9].into_iter().chain([4, 5, 6].repeat(20)).collect();
    let h = run(
        &script,
        &Search {
            limit: 100,
            ..plain()
        },
    );
    assert_eq!(
        (h.tokens.as_slice(), h.end),
        ([9, 4, 5, 6].as_slice(), End::Loop)
    );
}

#[test]
fn short_repetitions_are_speech() {
    let script: Vec<Token> = [7].repeat(6);
    assert_eq!(run(&script, &plain()).tokens, script);
}

#[test]
fn forbidden_pieces_are_never_written() {
    let mut forbidden = vec![false; 20];
    forbidden[3] = true;
    let h = run(
        &[7, 3, 9],
        &Search {
            forbidden: &forbidden,
            ..plain()
        },
    );
    assert_eq!(h.tokens, [7, 4, 9]);
}

#[test]
fn a_penalty_turns_away_from_what_was_written() {
    let h = run(
        &[7, 7, 7],
        &Search {
            repetition_penalty: 1.5,
            ..plain()
        },
    );
    assert_eq!(h.tokens, [7, 8, 7]);
}

#[test]
fn a_wanted_wording_is_completed_once_begun() {
    let wanted = [Wanted {
        options: vec![vec![8, 15, 16], vec![17]],
    }];
    let h = run(
        &[7, 7, 9, 9],
        &Search {
            wanted: &wanted,
            pull: 2.0,
            ..plain()
        },
    );
    assert_eq!(h.tokens, [8, 15, 16, 9]);
}

#[test]
fn where_alternatives_part_the_model_decides() {
    let wanted = [Wanted {
        options: vec![vec![8, 15], vec![8, 6, 7], vec![8]],
    }];
    let search = Search {
        wanted: &wanted,
        pull: 2.0,
        ..plain()
    };
    assert_eq!(run(&[7, 6, 7, 9], &search).tokens, [8, 6, 7, 9]);
    assert_eq!(run(&[7, 15, 9], &search).tokens, [8, 15, 9]);
    assert_eq!(run(&[7, 9, 4], &search).tokens, [8, 9, 4]);
}

#[test]
fn no_number_scores_end_without_a_panic() {
    assert!(top(&[f32::NAN, f32::NAN], 2).is_empty());
    assert_eq!(log_sum_exp(&[f32::NEG_INFINITY]), f32::NEG_INFINITY);
}

/// Knows every sentence's probability: the likeliest first piece leads to an unlikely sentence.
struct Garden {
    written: Vec<Vec<Token>>,
    logits: Vec<Vec<f32>>,
}

impl Garden {
    fn new() -> Self {
        let mut model = Garden {
            written: vec![Vec::new()],
            logits: Vec::new(),
        };
        model.predict();
        model
    }

    fn predict(&mut self) {
        let next = |written: &Vec<Token>| -> [f32; 6] {
            match written.as_slice() {
                [] => [0.0, 0.0, 0.5, 0.4, 0.1, 0.0],
                [2] => [0.0, 0.1, 0.3, 0.3, 0.3, 0.0],
                [3] => [0.0, 0.05, 0.0, 0.0, 0.95, 0.0],
                [3, 4] => [0.0, 0.9, 0.1, 0.0, 0.0, 0.0],
                _ => [0.0, 0.4, 0.2, 0.2, 0.1, 0.1],
            }
        };
        self.logits = (self.written.iter())
            .map(|w| next(w).map(f32::ln).to_vec())
            .collect();
    }
}

impl Model for Garden {
    fn encode(&self, _: &str, _: Lang) -> Result<Vec<Token>, MtError> {
        Ok(Vec::new())
    }
    fn decode(&self, _: &[Token]) -> Result<String, MtError> {
        Ok(String::new())
    }
    fn pieces(&self) -> Vec<&str> {
        vec![""; 6]
    }
    fn eos(&self) -> Token {
        1
    }
    fn begin(&mut self, _: &[Token], _: Lang) -> Result<(), MtError> {
        Ok(())
    }
    fn rewind(&mut self) {
        *self = Garden::new();
    }
    fn advance(&mut self, moves: &[Move]) -> Result<(), MtError> {
        let follow = |m: &Move| [self.written[m.parent].as_slice(), &[m.token]].concat();
        self.written = moves.iter().map(follow).collect();
        self.predict();
        Ok(())
    }
    fn another(&self) -> Box<dyn Model> {
        unreachable!("one target only")
    }
    fn logits(&self, hypothesis: usize) -> &[f32] {
        &self.logits[hypothesis]
    }
}

fn wide(width: usize) -> Search<'static> {
    Search { width, ..plain() }
}

#[test]
fn several_hypotheses_find_what_the_best_piece_hides() {
    let greedy = beam(&mut Garden::new(), &wide(1)).unwrap().remove(0);
    assert_eq!(greedy.tokens[0], 2);
    let found = beam(&mut Garden::new(), &wide(3)).unwrap();
    assert_eq!(found[0].tokens, [3, 4]);
    assert_eq!(found[0].end, End::Finished);
    let p = (0.4f32 * 0.95 * 0.9).powf(1.0 / 3.0);
    assert!((found[0].confidence() - p).abs() < 1e-5);
    assert!(found.len() > 1, "others are kept for the guards");
}

#[test]
fn a_forced_wording_costs_its_hypothesis_nothing() {
    let wanted = [Wanted {
        options: vec![vec![4, 5, 5]],
    }];
    let search = Search {
        wanted: &wanted,
        pull: 4.0,
        ..wide(3)
    };
    let found = beam(&mut Garden::new(), &search).unwrap();
    assert!(found[0].tokens.windows(3).any(|w| w == [4, 5, 5]));
}

#[test]
fn a_hypothesis_that_runs_in_circles_is_dropped_where_another_ends() {
    let script: Vec<Token> = [4, 5, 6].repeat(20);
    let found = beam(
        &mut Scripted::new(&script),
        &Search {
            limit: 100,
            ..wide(2)
        },
    )
    .unwrap();
    assert!(!found.is_empty());
    assert!(found.iter().all(|h| h.tokens.len() < 40));
}

#[test]
fn nothing_allowed_gives_an_empty_hypothesis() {
    let forbidden = [true; 6];
    let search = Search {
        forbidden: &forbidden,
        ..wide(2)
    };
    let found = beam(&mut Garden::new(), &search).unwrap();
    assert_eq!((found[0].tokens.len(), found[0].end), (0, End::Limit));
}
