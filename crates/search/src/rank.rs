//! The ranker.
use crate::features::Features;

pub(crate) fn score(f: &Features) -> f32 {
    0.65 * (f[1] + 0.6 * f[3] + 0.3 * f[5]) / 1.9 + 0.35 * (f[17] + f[18])
}
