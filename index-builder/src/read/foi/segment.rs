//! An FOI document cut into messages, and each message into what was asked and
//! what was answered, with the facts that stand around them.

use std::sync::LazyLock;

use doorstep_index::Date;
use regex::Regex;

use super::{Line, LineKind};
use crate::read::{dates, pattern};

/// Whose words a segment holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// What stands before anything else: title, subject.
    Preamble,
    /// The requester's words: for matching only.
    Request,
    /// The council's words, marked as its response.
    Response,
    /// The council's words in a letter, before or without a mark.
    Letter,
}

/// A stretch of one message in one role.
#[derive(Clone, Debug)]
pub(crate) struct Segment {
    pub(crate) role: Role,
    /// Number of the message in the thread, from 0.
    pub(crate) message: usize,
    pub(crate) lines: Vec<Line>,
}

/// What the document says about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Facts {
    /// When it was published or answered.
    pub(crate) published: Option<Date>,
    /// The date of the request, where nothing else is known.
    pub(crate) dated: Option<Date>,
    /// Its reference ("FOI 10061").
    pub(crate) reference: String,
}

static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?xi) ^ [(\[]? \s* (?: \d \s* [.)\]] )? \s*
        (?: the\s+ | your\s+ | our\s+ | original\s+ | full\s+ | details?\s+of\s+ | text\s+of\s+
          | summary\s+of\s+ | council(?:['’]s)?\s+ | council(?:['’]s)?$ )*
        (?P<word> requests? | questions? | enquiry | query | information\s+requested
          | requested\s+information | (?: what\s+)? you\s+(?:asked|requested)(?:\s+for|\s+us)?
          | (?: what\s+)? (?: we\s+were | was ) \s+ asked
          | q | a | ans | responses? | reply | replies | answers? | decision
          | information\s+(?:provided|released|supplied) | (?: what\s+)? we\s+(?:responded|answered|replied|said) )
        (?: \s+ (?: details | text | received | made | from\s+the\s+council | to\s+(?:your|the)\s+request ) )?
        \s* (?P<rest> [:\-–] .* )? $",
    )
});

/// The role that a line announces, with what follows it on the line
/// ("Response: None" announces a response that begins "None").
pub(crate) fn label(text: &str) -> Option<(Role, String)> {
    if text.len() > 2_000 {
        return None;
    }
    let captures = LABEL.captures(text)?;
    let word = captures.name("word")?.as_str().to_lowercase();
    let rest = captures.name("rest").map_or("", |m| m.as_str());
    let letter = matches!(word.as_str(), "q" | "a" | "ans");
    if letter && (rest.len() < 3 || !text.contains(':')) {
        return None;
    }
    let answers =
        ["respon", "repl", "answer", "decision", "provided", "released", "supplied", "we said"];
    let asks = word.starts_with("we were") || word.contains("asked");
    let answers = matches!(word.as_str(), "a" | "ans") || answers.iter().any(|a| word.contains(a));
    let role = if !asks && answers { Role::Response } else { Role::Request };
    Some((role, rest.trim_start_matches([':', '-', '–', ' ']).to_owned()))
}

static FACT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?xi) ^ (?P<key> publication\ date | date\ (?:published|of\ publication|of\ response|responded|answered|issued|completed)
          | response\ date | (?:published|responded|answered|completed|issued)
          | (?: request\ | foi\ | our\ | case\ | eir\ )? (?: reference | ref ) (?: \ number | \ no\.? )? | request\ (?:number|id)
          | date\ (?:of\ request|received|requested) | (?:request|received)\ date | (?:received|requested)
          | status | outcome | category | department | directorate | service(?:\ area)? | subject )
        \s* (?: : \s* (?P<value> .{0,120} ) )? $",
    )
});

static REFERENCE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\b(FOI|EIR|FOIA|IR|RFI)[ /-]?(\d[\d/-]{2,})"));
static DATED: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\b(?:request )?dated\b(.{6,40})"));
static SALUTATION: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)^(?:dear|hello|hi|good (?:morning|afternoon))\b[^.!?]{0,80}$"));
static AUTHORITY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)council|borough|county|district|authority|\bsir\b|madam|\bfoi\b|information|team|officer",
    )
});
static SIGN_OFF: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:yours?\s+(?:faithfully|sincerely|truly)|(?:kind(?:est)?|best|warm)?\s*regards|best wishes|many thanks|with thanks)\b.{0,25}$",
    )
});
static CHROME: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?xi) ^ (?: (?:show|hide)\ quoted\ sections | link\ to\ this | report\ this.{0,20}
          | \d+\ attachments? | '?automatically\ generated.{0,20} | the\ request\ was\ [a-z\ ]+\.?
          | [-_=*\ ]{3,} | (?:from|sent|to|cc|bcc):\ .* | (?:visible|hidden)\ links:? | references:? | print\ this\ page ) $",
    )
});
static SMALL_PRINT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)intended (?:only |solely )?for the (?:addressee|named|use of)|received this (?:message|e-?mail) in error|e-?mails sent to or received from|views expressed in this (?:message|e-?mail)|viruses",
    )
});
static FOOTNOTE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^\[?(\d{1,2})[.\]]\s*((?:https?://|mailto:|www\.)\S+)$"));

/// The segments in order, the facts, and the addresses of footnotes by number.
pub(crate) fn segment(lines: Vec<Line>) -> (Vec<Segment>, Facts, Vec<(u32, String)>) {
    let mut facts = Facts::default();
    let mut footnotes = Vec::new();
    let lines = take_facts(lines, &mut facts, &mut footnotes);
    let inline = inline_labels(&lines);
    let mut segments: Vec<Segment> = Vec::new();
    let mut message = 0;
    let mut role = Some(Role::Preamble);
    let mut requested = false;
    for (number, line) in lines.into_iter().enumerate() {
        if SALUTATION.is_match(&line.text) {
            drop_sender(&mut segments);
            if segments.iter().any(|s| s.role != Role::Preamble) {
                message += 1;
            }
            let to_authority = AUTHORITY.is_match(&line.text);
            let asks = to_authority && (!requested || message > 0);
            requested |= asks;
            role = Some(if asks { Role::Request } else { Role::Letter });
            // Marks where the message begins, even if it holds nothing.
            segments.push(Segment {
                role: role.unwrap_or(Role::Letter),
                message,
                lines: Vec::new(),
            });
            continue;
        }
        if SIGN_OFF.is_match(&line.text) {
            role = None;
            continue;
        }
        if let Some((labelled, rest)) = label(&line.text)
            && !inline[number]
        {
            role = Some(labelled);
            let lines = if rest.is_empty() {
                Vec::new()
            } else {
                vec![Line { text: rest, kind: LineKind::Para, ..line }]
            };
            segments.push(Segment { role: labelled, message, lines });
            continue;
        }
        let Some(role) = role else { continue };
        match segments.last_mut() {
            Some(last) if last.role == role && last.message == message => last.lines.push(line),
            _ => segments.push(Segment { role, message, lines: vec![line] }),
        }
    }
    (segments, facts, footnotes)
}

/// Takes facts, footnotes and furniture out of the lines.
fn take_facts(
    lines: Vec<Line>,
    facts: &mut Facts,
    footnotes: &mut Vec<(u32, String)>,
) -> Vec<Line> {
    let mut kept = Vec::with_capacity(lines.len());
    let mut lines = lines.into_iter().peekable();
    while let Some(line) = lines.next() {
        if facts.reference.is_empty()
            && let Some(found) = REFERENCE.captures(&line.text)
        {
            facts.reference = format!("{} {}", found[1].to_uppercase(), &found[2]);
        }
        if facts.dated.is_none() {
            facts.dated = DATED.captures(&line.text).and_then(|c| dates::find(&c[1]));
        }
        if let Some(found) = FOOTNOTE.captures(&line.text) {
            if let Ok(number) = found[1].parse() {
                footnotes.push((number, found[2].to_owned()));
            }
            continue;
        }
        if CHROME.is_match(&line.text) || SMALL_PRINT.is_match(&line.text) {
            continue;
        }
        let fact = FACT.captures(&line.text);
        if let Some(found) =
            fact.filter(|_| matches!(line.kind, LineKind::Para | LineKind::Heading))
        {
            let name = found["key"].to_lowercase();
            let colon = line.text.contains(':');
            let mut value = found.name("value").map_or("", |m| m.as_str().trim()).to_owned();
            if value.is_empty() {
                // The value stands on the next line, if that is short.
                let next = lines.next_if(|next| {
                    next.text.len() <= 80
                        && label(&next.text).is_none()
                        && !next.text.ends_with('?')
                        && (colon
                            || line.kind == LineKind::Heading
                            || dates::find(&next.text).is_some()
                            || REFERENCE.is_match(&next.text))
                });
                match next {
                    Some(next) => value = next.text,
                    None if !colon => {
                        kept.push(line);
                        continue;
                    }
                    None => {}
                }
            }
            if note_fact(&name, &value, facts) {
                continue;
            }
        }
        kept.push(line);
    }
    kept
}

/// Notes a fact; `false` if the value is none of that name ("Received: 64").
fn note_fact(name: &str, value: &str, facts: &mut Facts) -> bool {
    let told = ["status", "outcome", "category", "department", "directorate", "service", "subject"];
    let asked = name.contains("request date")
        || name.contains("received")
        || name.contains("requested")
        || name.contains("of request");
    if asked {
        let date = dates::find(value);
        facts.dated = facts.dated.or(date);
        date.is_some() || value.is_empty()
    } else if name.contains("ref") || name.ends_with("number") || name.ends_with("id") {
        if !value.is_empty() && value.chars().any(|c| c.is_ascii_digit()) {
            value.clone_into(&mut facts.reference);
        }
        true
    } else if let Some(date) = dates::find(value) {
        facts.published = facts.published.max(Some(date));
        true
    } else {
        value.is_empty() || told.iter().any(|t| name.starts_with(t))
    }
}

/// For each line, whether it is a label inside an item ("Answer: 34" after
/// each question) rather than the start of a segment: several answers are
/// announced in one message with no question announced between them.
fn inline_labels(lines: &[Line]) -> Vec<bool> {
    let mut inline = vec![false; lines.len()];
    let mut since: Vec<usize> = Vec::new();
    let mark = |since: &mut Vec<usize>, inline: &mut Vec<bool>| {
        if since.len() >= 2 {
            for at in since.iter() {
                inline[*at] = true;
            }
        }
        since.clear();
    };
    for (number, line) in lines.iter().enumerate() {
        if SALUTATION.is_match(&line.text) {
            mark(&mut since, &mut inline);
        }
        match label(&line.text) {
            Some((Role::Response, _)) => since.push(number),
            Some((Role::Request, _)) => mark(&mut since, &mut inline),
            _ => {}
        }
    }
    mark(&mut since, &mut inline);
    inline
}

/// The line before a salutation names who sent the message.
fn drop_sender(segments: &mut [Segment]) {
    let first = segments.len() == 1;
    let Some(last) = segments.last_mut() else { return };
    let is_name = |line: &Line| {
        line.text.split(' ').count() <= 8 && !line.text.ends_with(['.', '?', '!', ':'])
    };
    if last.lines.last().is_some_and(is_name) && !(first && last.lines.len() == 1) {
        last.lines.pop();
    }
}

#[cfg(test)]
mod tests {
    //! 1. labels announce a request or a response in the ways councils write;
    //! 2. a thread is cut at salutations, signatures and furniture go;
    //! 3. facts are read from lines and from the lines after them.

    use super::*;
    use crate::read::foi::from_text;

    fn check(text: &str, expected: &[&str]) {
        let (segments, ..) = segment(from_text(text));
        let got: Vec<String> = segments
            .iter()
            .filter(|s| !s.lines.is_empty())
            .map(|s| {
                let lines: Vec<_> = s.lines.iter().map(|l| l.text.as_str()).collect();
                format!("{} {:?}: {}", s.message, s.role, lines.join(" / "))
            })
            .collect();
        assert_eq!(got, expected);
    }

    #[test]
    fn knows_labels() {
        for (text, role, rest) in [
            ("Request:", Role::Request, ""),
            ("(1) REQUEST", Role::Request, ""),
            ("Your request", Role::Request, ""),
            ("Information requested", Role::Request, ""),
            ("You asked for:", Role::Request, ""),
            ("Question", Role::Request, ""),
            ("(2) RESPONSE", Role::Response, ""),
            ("Our response:", Role::Response, ""),
            ("The council's answer", Role::Response, ""),
            ("Answer: None", Role::Response, "None"),
            ("Response to your request", Role::Response, ""),
        ] {
            assert_eq!(label(text), Some((role, rest.to_owned())), "{text}");
        }
        for text in [
            "Request reference:",
            "Question 1",
            "Responses were late",
            "Freedom of information response",
            "1. Answer the phone",
        ] {
            assert_eq!(label(text), None, "{text}");
        }
    }

    #[test]
    fn cuts_a_thread() {
        check(
            "Lids on bins\n\nA Person\n\nDear Larkmere Council,\n\nHow many lids?\n\nYours faithfully,\n\nA Person\n\nB Officer, Larkmere Council\n\n1 Attachment\n\nDear A Person,\n\nThank you.\n\n(1) REQUEST\n\nHow many lids?\n\n(2) RESPONSE\n\nFour.\n\nRegards\nB Officer\nDDI 01632 960 100\n\nshow quoted sections",
            &[
                "0 Preamble: Lids on bins",
                "0 Request: How many lids?",
                "1 Letter: Thank you.",
                "1 Request: How many lids?",
                "1 Response: Four.",
            ],
        );
    }

    #[test]
    fn reads_facts() {
        let (_, facts, notes) = segment(from_text(
            "Lids\n\nPublication date:\n\nThursday 9 July 2020\n\nDate received: 1 June 2020\n\nRequest:\n\nHow?\n\nResponse:\n\nSo.\n\nRequest reference:\nFOI 441\n\n[1] https://a.example/whole",
        ));
        assert_eq!(facts.published.map(|d| d.to_string()).as_deref(), Some("2020-07-09"));
        assert_eq!(facts.dated.map(|d| d.to_string()).as_deref(), Some("2020-06-01"));
        assert_eq!(facts.reference, "FOI 441");
        assert_eq!(notes, [(1, "https://a.example/whole".to_owned())]);
    }
}
