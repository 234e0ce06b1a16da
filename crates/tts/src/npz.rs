//! Reads NumPy archives (`.npz`): a zip of `.npy` files holding little-endian `f32` arrays.
//!
//! Format: NumPy Enhancement Proposal 1, "A simple file format for NumPy arrays", versions 1–3.

use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Largest array that is read: style tensors are half a megabyte.
const MAX_BYTES: u64 = 64 << 20;

/// A named array.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Array {
    pub(crate) name: String,
    pub(crate) shape: Vec<usize>,
    pub(crate) values: Vec<f32>,
}

/// All arrays of the archive, in its order.
pub(crate) fn read(path: &Path) -> Result<Vec<Array>, String> {
    let file = File::open(path).map_err(|e| e.to_string())?;
    let mut archive = zip::ZipArchive::new(file).map_err(|e| format!("not a zip archive: {e}"))?;
    let mut arrays = Vec::new();
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(|e| e.to_string())?;
        let name = entry.name().map_err(|e| e.to_string())?.into_owned();
        let Some(name) = name.strip_suffix(".npy").map(str::to_owned) else {
            continue;
        };
        let mut bytes = Vec::new();
        // The declared size is not trusted: reading stops at the limit.
        entry
            .take(MAX_BYTES + 1)
            .read_to_end(&mut bytes)
            .map_err(|e| format!("{name}: {e}"))?;
        if bytes.len() as u64 > MAX_BYTES {
            return Err(format!("{name}: larger than {MAX_BYTES} bytes"));
        }
        let (shape, values) = parse_npy(&bytes).map_err(|e| format!("{name}: {e}"))?;
        arrays.push(Array {
            name,
            shape,
            values,
        });
    }
    Ok(arrays)
}

fn parse_npy(bytes: &[u8]) -> Result<(Vec<usize>, Vec<f32>), String> {
    let rest = bytes
        .strip_prefix(b"\x93NUMPY")
        .ok_or("not a NumPy array")?;
    let (length, start) = match rest {
        [1, _, a, b, ..] => (usize::from(u16::from_le_bytes([*a, *b])), 4),
        [2 | 3, _, a, b, c, d, ..] => (u32::from_le_bytes([*a, *b, *c, *d]) as usize, 6),
        _ => return Err("unknown version of the NumPy format".to_owned()),
    };
    let header = rest[start..].get(..length).ok_or("the header is cut off")?;
    let header = std::str::from_utf8(header).map_err(|_| "the header is no text")?;
    let data = &rest[start + length..];

    if !header.contains("'descr': '<f4'") || !header.contains("'fortran_order': False") {
        return Err("not a little-endian f32 array in C order".to_owned());
    }
    let shape = header
        .split_once("'shape': (")
        .and_then(|(_, tail)| tail.split_once(')'))
        .ok_or("the header has no shape")?
        .0;
    let shape: Vec<usize> = shape
        .split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(|part| {
            part.parse()
                .map_err(|_| format!("`{part}` is no dimension"))
        })
        .collect::<Result<_, _>>()?;
    let count = shape
        .iter()
        .try_fold(1usize, |product, &n| product.checked_mul(n))
        .ok_or("the shape is too large")?;
    let (values, tail) = data.as_chunks::<4>();
    if values.len() != count || !tail.is_empty() {
        return Err(format!("{} bytes of data for {count} values", data.len()));
    }
    Ok((
        shape,
        values.iter().map(|&v| f32::from_le_bytes(v)).collect(),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn npy(header: &str, values: &[f32]) -> Vec<u8> {
        let mut out = b"\x93NUMPY\x01\x00".to_vec();
        out.extend((header.len() as u16).to_le_bytes());
        out.extend(header.bytes());
        out.extend(values.iter().flat_map(|v| v.to_le_bytes()));
        out
    }

    const GOOD: &str = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 1, 3), }  \n";

    #[test]
    fn reads_shape_and_values() {
        let values = [1.0, -2.0, 0.5, 0.0, 7.0, 8.0];
        let (shape, read) = parse_npy(&npy(GOOD, &values)).unwrap();
        assert_eq!((shape, read), (vec![2, 1, 3], values.to_vec()));
        let line = "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }\n";
        assert_eq!(parse_npy(&npy(line, &[1.0, 2.0])).unwrap().0, [2]);
    }

    #[test]
    fn refuses_what_does_not_fit() {
        let huge = "{'descr': '<f4', 'fortran_order': False, 'shape': (9999999999, 9999999999), }";
        let double = GOOD.replace("<f4", "<f8");
        let fortran = GOOD.replace("False", "True");
        let no_shape = "{'descr': '<f4', 'fortran_order': False}";
        for bytes in [
            npy(GOOD, &[1.0]),
            npy(huge, &[]),
            npy(&double, &[0.0; 6]),
            npy(&fortran, &[0.0; 6]),
            npy(no_shape, &[]),
            b"PK\x03\x04".to_vec(),
            b"\x93NUMPY\x01\x00\xff\xff".to_vec(),
            b"\x93NUMPY\x02".to_vec(),
            Vec::new(),
        ] {
            assert!(parse_npy(&bytes).is_err());
        }
    }
}
