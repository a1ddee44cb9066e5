//! What building an index costs: CPU, and memory at the most, of a process
//! that does nothing else.
//!
//! `DOORSTEP_SET` names the folder of a retrieval set, `DOORSTEP_OUT` the folder
//! into which go `en.index`, its module `index.js`, and the same with every
//! council's default data, `index-data.js`; `build.json` says what it cost.
//!
//! `cargo xtask bench` runs it on each set.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

use std::env;
use std::fs;
use std::path::PathBuf;
use std::time::Instant;

use doorstep_chat::Data;
use index_builder::eval::index;
use index_builder::products::index_module;
use serde_json::json;

fn main() {
    let folder = |name| env::var_os(name).map(PathBuf::from);
    let (Some(set), Some(out)) = (folder("DOORSTEP_SET"), folder("DOORSTEP_OUT")) else {
        panic!("expected DOORSTEP_SET and DOORSTEP_OUT");
    };
    fs::create_dir_all(&out).unwrap();
    let start = Instant::now();
    let bytes = index(&set, &Data::default()).unwrap();
    let module = index_module(&bytes);
    let cost = json!({
        "index_bytes": bytes.len(),
        "build_ms": start.elapsed().as_secs_f64() * 1e3,
        "build_cpu_ms": cpu_ms(),
        "build_peak_bytes": peak_bytes(),
    });
    fs::write(out.join("en.index"), &bytes).unwrap();
    fs::write(out.join("index.js"), module).unwrap();
    let with_data = index(&set, &Data::with_defaults(&[]).unwrap()).unwrap();
    fs::write(out.join("data.index"), &with_data).unwrap();
    fs::write(out.join("index-data.js"), index_module(&with_data)).unwrap();
    fs::write(out.join("build.json"), cost.to_string()).unwrap();
}

/// Milliseconds of CPU so far; `None` where the system does not say it so.
fn cpu_ms() -> Option<u64> {
    // proc_pid_stat(5): after the name in brackets, fields 14 and 15 of all,
    // in hundredths of a second on every Linux.
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    let mut ticks = || fields.next()?.parse::<u64>().ok();
    Some((ticks()? + ticks()?) * 10)
}

/// The most memory that was resident.
fn peak_bytes() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse::<u64>().ok().map(|kilobytes| kilobytes * 1024)
}
