//! The command line.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use doorstep_chat::{Assistant, Now};
use doorstep_index::Date;
use index_builder::config::Config;
use index_builder::inspect::number;
use index_builder::report::Severity;
use index_builder::{ask, build, eval, inspect};

use crate::output;

/// Builds a council's private assistant from its pages, and asks it.
///
/// Exit codes: 0 all went well, 1 built with something left out, 2 nothing
/// could be done.
#[derive(Parser)]
#[command(version, max_term_width = 90)]
struct Cli {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Read the sources of a configuration and write the index and its pages
    Build(BuildArgs),
    /// Ask an index as a resident would
    Ask(AskArgs),
    /// Score an index of a set of questions with known answers
    Eval(EvalArgs),
    /// Show what is in an index file
    Inspect(InspectArgs),
}

#[derive(Args)]
struct BuildArgs {
    /// The configuration
    #[arg(long, value_name = "FILE", default_value = "doorstep.toml")]
    config: PathBuf,
    /// The folder that is published, instead of the configuration's
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

#[derive(Args)]
struct AskArgs {
    /// The index: a raw index file, or an index module
    #[arg(long, value_name = "FILE")]
    index: PathBuf,
    /// A follow-up question; may be given several times
    #[arg(long, value_name = "QUESTION")]
    then: Vec<String>,
    /// The day on which it is asked, instead of today
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<Date>,
    /// Address of the page on which the resident stands
    #[arg(long, value_name = "URL", default_value = "", hide_default_value = true)]
    page: String,
    /// Print the replies as JSON
    #[arg(long, conflicts_with = "explain")]
    json: bool,
    /// Print why each passage was found
    #[arg(long)]
    explain: bool,
    /// Ask each question in the column `question` of a TSV file by itself
    #[arg(long, value_name = "FILE", requires = "json", conflicts_with_all = ["then", "explain"])]
    batch: Option<PathBuf>,
    /// Hold the conversations of a file to what they expect, and print the differences, or with
    /// --json every conversation with its replies; may be given several times
    #[arg(long, value_name = "FILE", conflicts_with_all = ["then", "page", "explain", "batch"])]
    conversations: Vec<PathBuf>,
    /// The question
    #[arg(required_unless_present_any = ["batch", "conversations"],
        conflicts_with_all = ["batch", "conversations"])]
    question: Option<String>,
}

#[derive(Args)]
struct EvalArgs {
    /// Folder with corpus.jsonl, queries.jsonl and qrels.tsv
    folder: PathBuf,
    /// Print the scores as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Args)]
struct InspectArgs {
    /// The index: a raw index file, or an index module
    file: PathBuf,
    /// Print everything in it as text
    #[arg(long)]
    dump: bool,
}

/// Exit code when nothing could be done.
const NOTHING: u8 = 2;

pub(crate) fn run() -> ExitCode {
    let done = match Cli::parse().verb {
        Verb::Build(args) => run_build(args),
        Verb::Ask(args) => run_ask(&args),
        Verb::Eval(args) => eval::eval(&args.folder)
            .map(|scores| {
                output::data(&if args.json { scores.to_json() } else { scores.to_text() });
            })
            .map(|()| 0)
            .map_err(|error| error.to_string()),
        Verb::Inspect(args) => {
            let shown =
                if args.dump { inspect::dump(&args.file) } else { inspect::summary(&args.file) };
            shown.map(|text| output::data(&text)).map(|()| 0).map_err(|error| error.to_string())
        }
    };
    match done {
        Ok(code) => ExitCode::from(code),
        Err(message) => {
            output::fault(message);
            ExitCode::from(NOTHING)
        }
    }
}

fn run_build(args: BuildArgs) -> Result<u8, String> {
    let mut config = Config::load(&args.config).map_err(|error| error.to_string())?;
    if let Some(out) = args.out {
        config.out = out;
    }
    let outcome = build::build(&config, ask::today(), &mut |done, total, file| {
        output::progress(done, total, &file.display().to_string());
    });
    output::end_progress();
    output::findings(&outcome.findings);
    let summary = &outcome.summary;
    if summary.files.is_empty() {
        return Err("nothing was built".to_owned());
    }
    let count = |severity| outcome.findings.iter().filter(|f| f.severity == severity).count();
    output::talk(format_args!(
        "{} pages, {} records, {} words, {} bytes of text; {} left out, {} to confirm, {} to look at",
        number(summary.pages),
        number(summary.records),
        number(summary.terms),
        number(summary.text_bytes as usize),
        number(summary.skipped),
        number(count(Severity::Unconfirmed)),
        number(count(Severity::Attention)),
    ));
    for (name, bytes) in &summary.files {
        output::data(&format!("{:>11}  {name}", number(*bytes as usize)));
    }
    Ok(outcome.exit_code())
}

fn run_ask(args: &AskArgs) -> Result<u8, String> {
    let assistant = ask::open(&args.index).map_err(|error| error.to_string())?;
    let date =
        args.date.or_else(ask::today).ok_or("the clock shows no day; give one with --date")?;
    if !args.conversations.is_empty() {
        return hold(&assistant, &args.conversations, date, args.json);
    }
    if let Some(file) = &args.batch {
        for question in ask::questions(file).map_err(|error| error.to_string())? {
            let state = ask::converse(&assistant, &[question], &args.page, date);
            output::data(&ask::to_json(&state));
        }
        return Ok(0);
    }
    let questions: Vec<String> = args.question.iter().chain(&args.then).cloned().collect();
    if args.explain {
        output::data(&ask::explain(&assistant, &questions, &args.page, date));
    } else {
        let state = ask::converse(&assistant, &questions, &args.page, date);
        output::data(&if args.json { ask::to_json(&state) } else { ask::to_text(&state) });
    }
    Ok(0)
}

/// Prints what differs, or all of it; 1 if anything differs.
fn hold(assistant: &Assistant, files: &[PathBuf], date: Date, json: bool) -> Result<u8, String> {
    let (mut all, mut differing) = (0, 0);
    for file in files {
        let conversations = ask::conversations(file).map_err(|error| error.to_string())?;
        all += conversations.len();
        for conversation in &conversations {
            let now = Now { date, minute: None };
            let outcome = doorstep_chat::build::run(assistant, conversation, now);
            differing += usize::from(!outcome.differences.is_empty());
            if json {
                output::data(&ask::outcome_to_json(conversation, &outcome, now));
            } else {
                outcome.differences.iter().for_each(|d| output::data(&d.to_string()));
            }
        }
    }
    output::talk(format_args!("{} conversations, {} differ", number(all), number(differing)));
    Ok(u8::from(differing > 0))
}

#[cfg(test)]
mod tests {
    //! 1. the command line is sound, and every argument has its help;
    //! 2. the forms that others rely on are taken.

    use super::*;
    use clap::CommandFactory;

    #[test]
    fn is_sound() {
        Cli::command().debug_assert();
        for verb in Cli::command().get_subcommands() {
            for argument in verb.get_arguments().filter(|a| a.get_id() != "help") {
                assert!(argument.get_help().is_some(), "{}", argument.get_id());
            }
        }
    }

    fn check(line: &str, taken: bool) {
        let words = std::iter::once("index-builder").chain(line.split(' '));
        assert_eq!(Cli::try_parse_from(words).is_ok(), taken, "{line}");
    }

    #[test]
    fn takes_its_forms() {
        check("build", true);
        check("build --config doorstep.toml --out dist", true);
        check("ask --index en.index bins", true);
        check(
            "ask --index en.index --then a --then b --date 2026-11-21 --page /bins/ --json bins",
            true,
        );
        check("ask --index en.index --explain bins", true);
        check("ask --index en.index --batch q.tsv --json", true);
        check("ask --index en.index --batch q.tsv", false);
        check("ask --index en.index --conversations a.txt --conversations b.txt", true);
        check("ask --index en.index --conversations a.txt bins", false);
        check("ask --index en.index --date 2026-13-01 bins", false);
        check("ask --index en.index", false);
        check("eval folder --json", true);
        check("inspect en.index", true);
    }
}
