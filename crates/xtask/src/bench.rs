//! draft
use crate::Result;
pub(crate) fn bench() -> Result {
    Ok(())
}
