//! Rows of a cache in another order, when hypotheses split and end.

use ort::value::{DynValue, Tensor};

use crate::MtError;

/// For each of `values` (f32, one row for each hypothesis in the first dimension) a new one with the rows
/// that `parents` names.
///
/// # Errors
/// [`MtError::Shape`] for a row that is not there, [`MtError::Runtime`] for values of another type.
pub(crate) fn rows(values: &[DynValue], parents: &[usize]) -> Result<Vec<DynValue>, MtError> {
    values.iter().map(|value| pick(value, parents)).collect()
}

fn pick(value: &DynValue, parents: &[usize]) -> Result<DynValue, MtError> {
    let (shape, data) = value.try_extract_tensor::<f32>()?;
    let mut shape = shape.to_vec();
    let count = shape
        .first()
        .map_or(0, |&n| usize::try_from(n).unwrap_or(0));
    let size = data.len() / count.max(1);
    let mut picked = Vec::with_capacity(parents.len() * size);
    for &parent in parents {
        let row = data
            .get(parent * size..(parent + 1) * size)
            .filter(|_| parent < count)
            .ok_or_else(|| MtError::Shape(format!("there is no hypothesis {parent} of {count}")))?;
        picked.extend_from_slice(row);
    }
    if let Some(first) = shape.first_mut() {
        *first = parents.len() as i64;
    }
    Ok(Tensor::from_array((shape, picked))?.into_dyn())
}
