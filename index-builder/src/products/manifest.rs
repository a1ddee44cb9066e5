//! The manifest: the names of the other modules, which change with what is in
//! them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

use serde::Serialize;

/// What the loader reads first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Manifest {
    /// Index modules by language, relative to the manifest.
    pub index: BTreeMap<String, String>,
    /// The widget module; empty as long as there is none.
    pub widget: String,
    /// Name of the build: changes when an index does.
    pub build: String,
    /// The page of all questions and answers.
    pub ask: String,
    /// The page with the ways to reach a person.
    pub contact: String,
    /// The page on how a question is handled.
    pub privacy: String,
    /// Whether the conversation follows the resident from page to page.
    pub memory: bool,
}

impl Manifest {
    /// The manifest as a module.
    pub fn to_module(&self) -> String {
        // A map of strings always serialises.
        let json = serde_json::to_string(self).unwrap_or_default();
        format!("export default {json};\n")
    }
}

/// Writes `manifest.js` into a folder; without a widget in the manifest, the
/// one that stands in the folder (`widget.<hash>.js`) is named. Returns the
/// file.
///
/// # Errors
/// Those of the file system.
pub fn write_manifest(folder: &Path, manifest: &Manifest) -> io::Result<PathBuf> {
    let mut manifest = manifest.clone();
    if manifest.widget.is_empty() && folder.is_dir() {
        let mut widgets: Vec<String> = fs::read_dir(folder)?
            .filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned()))
            .filter(|name| matches!(name.split('.').collect::<Vec<_>>()[..], ["widget", _, "js"]))
            .collect();
        widgets.sort_unstable();
        if let Some(name) = widgets.first() {
            manifest.widget = format!("./{name}");
        }
    }
    let path = folder.join("manifest.js");
    super::write_file(&path, manifest.to_module().as_bytes())?;
    Ok(path)
}

#[cfg(test)]
mod tests {
    //! 1. a manifest is a module of plain names;
    //! 2. the widget of the folder is named where none is given.

    use super::*;

    #[test]
    fn writes_a_module() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("widget.0011.js"), "").unwrap();
        let index = BTreeMap::from([("en".to_owned(), "./index.en.22.js".to_owned())]);
        let manifest = Manifest { index, ask: "/ask/".into(), ..Manifest::default() };
        let path = write_manifest(folder.path(), &manifest).unwrap();
        assert_eq!(
            fs::read_to_string(path).unwrap(),
            "export default {\"index\":{\"en\":\"./index.en.22.js\"},\"widget\":\"./widget.0011.js\",\"build\":\"\",\"ask\":\"/ask/\",\"contact\":\"\",\"privacy\":\"\",\"memory\":false};\n"
        );
    }
}
