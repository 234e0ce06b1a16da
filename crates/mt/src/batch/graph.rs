//! One run of a decoder's graph over the rows of several targets.

use std::sync::Arc;

use ort::session::{Session, SessionInputValue};
use ort::value::{DynValue, Tensor};

use super::{Fed, Feed, Step};
use crate::MtError;
use crate::config::DecoderOnlySpec;
use crate::model::Token;

/// Keys and values of every layer (`f32 [rows, heads, width, head]`), as one run left them. The rows may belong to
/// different targets and fill different lengths; what lies behind a row's length is never looked at.
pub(crate) struct Block {
    values: Vec<DynValue>,
    rows: usize,
    width: usize,
}

/// Where the keys and values of one hypothesis lie.
#[derive(Clone, Default)]
pub(crate) struct Row {
    /// `None`: nothing was fed yet.
    block: Option<Arc<Block>>,
    at: usize,
    len: usize,
}

/// The graph of a decoder-only model: runs, and nothing that lasts from one to the next.
pub(crate) struct Graph {
    spec: DecoderOnlySpec,
    session: Session,
    past: Vec<String>,
    present: Vec<String>,
    /// Graphs with fused attention put a new position behind each row's own length and count positions themselves.
    /// Others put it behind the longest, so that rows of different lengths can't stand side by side.
    has_positions: bool,
}

impl Graph {
    /// # Errors
    /// [`MtError::Shape`] if inputs or outputs are missing.
    pub(crate) fn new(spec: DecoderOnlySpec, session: Session) -> Result<Graph, MtError> {
        let names = |prefix: &str| -> Vec<String> {
            (0..spec.layers)
                .flat_map(|n| ["key", "value"].map(|kv| format!("{prefix}.{n}.{kv}")))
                .collect()
        };
        let (past, present) = (names("past_key_values"), names("present"));
        let has_input = |n: &str| session.inputs().iter().any(|i| i.name() == n);
        let has_output = |n: &str| session.outputs().iter().any(|o| o.name() == n);
        if let Some(n) = ["input_ids", "attention_mask"]
            .into_iter()
            .chain(past.iter().map(String::as_str))
            .find(|n| !has_input(n))
        {
            return Err(MtError::Shape(format!("model.onnx has no input `{n}`")));
        }
        if let Some(n) = std::iter::once("logits")
            .chain(present.iter().map(String::as_str))
            .find(|n| !has_output(n))
        {
            return Err(MtError::Shape(format!("model.onnx has no output `{n}`")));
        }
        let has_positions = has_input("position_ids");
        Ok(Graph {
            spec,
            session,
            past,
            present,
            has_positions,
        })
    }

    fn run_at_once(&mut self, feeds: &[&Feed]) -> Result<Vec<Fed>, MtError> {
        let rows: Vec<&Row> = feeds.iter().flat_map(|feed| &feed.rows).collect();
        let tokens: Vec<Token> = feeds.iter().flat_map(|f| &f.tokens).copied().collect();
        let count = rows.len();
        let new = tokens.len() / count.max(1);
        let past = self.past_of(&rows)?;
        let before = past.width();
        let width = before + new;
        let mut seen = vec![0_i64; count * width];
        for (row, seen) in rows.iter().zip(seen.chunks_exact_mut(width)) {
            seen[..row.len + new].fill(1);
        }
        let ids: Vec<i64> = tokens.iter().map(|&t| i64::from(t)).collect();
        let mut inputs: Vec<(&str, SessionInputValue<'_>)> = vec![
            ("input_ids", Tensor::from_array(([count, new], ids))?.into()),
            (
                "attention_mask",
                Tensor::from_array(([count, width], seen))?.into(),
            ),
        ];
        if self.has_positions {
            let positions = rows
                .iter()
                .flat_map(|row| row.len as i64..(row.len + new) as i64)
                .collect::<Vec<_>>();
            inputs.push((
                "position_ids",
                Tensor::from_array(([count, new], positions))?.into(),
            ));
        }
        let names = self.past.iter().map(String::as_str);
        match &past {
            Past::As(block) => inputs.extend(names.zip(block.values.iter().map(Into::into))),
            Past::Stacked(values, _) => inputs.extend(names.zip(values.iter().map(Into::into))),
        }
        let mut outputs = self.session.run(inputs)?;
        let mut take = |name: &str| {
            outputs
                .remove(name)
                .ok_or_else(|| MtError::Shape(format!("the model returned no `{name}`")))
        };
        let logits = take("logits")?;
        let (shape, scores) = logits.try_extract_tensor::<f32>()?;
        let vocab = self.spec.vocab;
        // A graph may work out the scores of the last position only.
        let given = if shape.get(1) == Some(&1) { 1 } else { new };
        let right = [count as i64, given as i64, vocab as i64];
        if !shape.iter().eq(&right) || scores.len() != count * given * vocab {
            return Err(MtError::Shape(format!(
                "logits have shape {shape:?}, expected [{count}, {new} or 1, {vocab}]"
            )));
        }
        let values = self
            .present
            .iter()
            .map(|name| take(name))
            .collect::<Result<Vec<_>, _>>()?;
        let block = Arc::new(Block {
            values,
            rows: count,
            width,
        });
        let mut at = 0;
        let mut out = Vec::with_capacity(feeds.len());
        for feed in feeds {
            let own = feed.rows.len();
            let scores = scores[at * given * vocab..(at + own) * given * vocab]
                .chunks_exact(given * vocab)
                .flat_map(|row| &row[(given - 1) * vocab..])
                .copied()
                .collect();
            let grown = feed.rows.iter().enumerate().map(|(n, row)| Row {
                block: Some(Arc::clone(&block)),
                at: at + n,
                len: row.len + new,
            });
            out.push(Fed {
                rows: grown.collect(),
                scores,
            });
            at += own;
        }
        Ok(out)
    }

    /// The keys and values of these rows in one block, as they lie if they lie right.
    fn past_of(&self, rows: &[&Row]) -> Result<Past, MtError> {
        if let Some(block) = rows.first().and_then(|row| row.block.as_ref())
            && block.rows == rows.len()
            && rows.iter().enumerate().all(|(n, row)| {
                row.at == n && row.block.as_ref().is_some_and(|b| Arc::ptr_eq(b, block))
            })
        {
            return Ok(Past::As(Arc::clone(block)));
        }
        let width = rows.iter().map(|row| row.len).max().unwrap_or(0);
        let (heads, head) = (self.spec.kv_heads, self.spec.head_dim);
        let shape = [rows.len(), heads, width, head];
        let mut values = Vec::with_capacity(self.past.len());
        for layer in 0..self.past.len() {
            if width == 0 {
                // The allocator gives a pointer that the runtime accepts for zero elements.
                values.push(Tensor::<f32>::new(self.session.allocator(), shape)?.into_dyn());
                continue;
            }
            let mut stacked = vec![0.0_f32; shape.iter().product()];
            for (row, to) in rows
                .iter()
                .zip(stacked.chunks_exact_mut(heads * width * head))
            {
                let Some(block) = &row.block else { continue };
                let (_, from) = block.values[layer].try_extract_tensor::<f32>()?;
                let size = block.width * head;
                for (h, to) in to.chunks_exact_mut(width * head).enumerate() {
                    let start = (row.at * heads + h) * size;
                    to[..row.len * head].copy_from_slice(&from[start..start + row.len * head]);
                }
            }
            values.push(Tensor::from_array((shape, stacked))?.into_dyn());
        }
        Ok(Past::Stacked(values, width))
    }
}

/// What the graph reads before the new positions.
enum Past {
    As(Arc<Block>),
    /// Values, and the positions that the longest row fills.
    Stacked(Vec<DynValue>, usize),
}

impl Past {
    fn width(&self) -> usize {
        match self {
            Past::As(block) => block.width,
            Past::Stacked(_, width) => *width,
        }
    }
}

impl Step for Graph {
    fn run(&mut self, feeds: &[&Feed]) -> Result<Vec<Fed>, MtError> {
        self.run_at_once(feeds)
    }

    fn side_by_side(&self) -> bool {
        !self.has_positions
    }
}

impl Row {
    #[cfg(test)]
    pub(super) fn of_length(len: usize) -> Row {
        Row {
            block: None,
            at: 0,
            len,
        }
    }

    /// Positions that were fed.
    pub(crate) fn len(&self) -> usize {
        self.len
    }
}
