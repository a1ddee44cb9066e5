//! 1. only the main content is read, in records, with anchors and links;
//! 2. tables, lists, steps and description lists keep their form;
//! 3. `<details>`, tabs and accordions become sections;
//! 4. JSON-LD questions that the page does not show are added;
//! 5. a page's own words about itself are its metadata;
//! 6. pages that are broken in any way give something, or nothing, and end.

use super::*;
use crate::read::blocks::records;
use expect_test::{Expect, expect};
use proptest::prelude::*;

fn page(html: &str) -> HtmlPage {
    let site = Url::parse("https://www.larkmere.example/").unwrap();
    let url = site.join("/bins/").unwrap();
    let place = Place {
        file: Path::new("bins/index.html"),
        url: Some(&url),
        site: Some(&site),
        site_name: "Larkmere Council",
    };
    read(html, &place)
}

fn check(html: &str, expected: Expect) {
    let page = page(html);
    let mut out = format!("{} <{}>\n", page.meta.title, page.meta.url);
    for record in records(&page.blocks) {
        out += &format!("[{} #{}]\n{}\n", record.section, record.anchor, record.text);
        for link in record.links {
            out += &format!("  {} -> {}\n", link.text, link.url);
        }
    }
    for finding in page.findings {
        out += &format!("! {finding}\n");
    }
    expected.assert_eq(&out);
}

#[test]
fn reads_main_content_only() {
    check(
        r##"<html lang="en-GB"><head><title>Blue bins - Larkmere Council</title></head><body>
        <header><p>Larkmere</p><nav>Menu</nav></header>
        <div id="cookie-banner"><p>We use cookies</p></div>
        <main><nav class="breadcrumb">Home</nav>
        <h1>Blue bins</h1><p>Paper &amp; card go in the <b>blue</b> bin.<script>x()</script>
        See <a href="../tips/">our tips</a>, <a href="javascript:x()">a form</a>.</p>
        <p hidden>Secret</p><p style="display:none">Secret</p><p class="visually-hidden">Secret</p>
        <h2 id="when">When</h2><p>Every two weeks.<br>Put it out by 6am.</p>
        <aside><p>Snow may delay us.</p></aside>
        <aside><ul><li><a href="/a">Other page</a></li></ul></aside>
        <section id="extra"><h3>Extra</h3><p>Ask us.</p></section>
        <p><strong>Not taken</strong></p><p>Glass.</p>
        <p>Last updated: 3 March 2026</p><p>Was this page helpful?</p>
        </main><footer><p>Contact</p></footer></body></html>"##,
        expect![[r#"
            Blue bins </bins/>
            [ #]
            Paper & card go in the blue bin. See our tips, a form.
              our tips -> /tips/
            [When #when]
            Every two weeks.
            Put it out by 6am.

            Snow may delay us.
            [When > Extra #extra]
            Ask us.

            ### Not taken

            Glass.
        "#]],
    );
}

#[test]
fn keeps_tables_and_lists() {
    check(
        r##"<title>T</title><main><table><caption>Fees</caption>
        <thead><tr><th>Item<th>Cost|each</thead>
        <tr><td rowspan=2><a href="/sofa">Sofa</a><td>£10</tr><tr><td>£12<br>new</tr>
        <tr><td colspan=2>Cash only</tr></table>
        <table><tr><th>Monday<td>9am to 5pm</tr><tr><th>Sunday:<td>Closed</tr></table>
        <table role=presentation><tr><td><p>Laid out</p><td><p>by table</p></tr></table>
        <ol start=3><li>Ring us<ul><li>by day</ul><li><p>Wait.</p><p>Do not email.</p></ol>
        <dl><dt>Cost<dd>£5<dt>Size</dt><dt>Depth</dt><dd>Small<dd>or large</dl></main>"##,
        expect![[r#"
            T </bins/>
            [ #]
            Fees

            | Item | Cost/each |
            | Sofa | £10 |
            | Sofa | £12; new |
            | Cash only |  |

            - Monday: 9am to 5pm
            - Sunday: Closed

            Laid out

            by table

            3. Ring us
            - by day
            4. Wait.
            Do not email.

            - Cost: £5
            - Size / Depth: Small
            or large
              Sofa -> /sofa
        "#]],
    );
}

#[test]
fn opens_details_tabs_and_accordions() {
    check(
        r##"<title>Parking</title><main><h2 id=permits>Permits</h2><p>Buy one.</p>
        <details id=d1><summary>Who can apply?</summary><p>Residents.</p></details><p>Or ring.</p>
        <div role=tablist><button role=tab aria-controls=t1>Cars</button><button role=tab aria-controls=t2>Vans</button></div>
        <div role=tabpanel id=t1><p>£40</p></div><div role=tabpanel id=t2 hidden><p>£60</p></div>
        <h3><button aria-controls=a1 aria-expanded=false>Refunds</button></h3><div id=a1 hidden><p>Ask in writing.</p></div>
        <button aria-controls=a2>Lost permit</button><div id=a2 hidden><p>Ring us.</p></div>
        <h2>Questions</h2><dl><dt id=q1>How long?<dd><p>A year.</p><dt>How much?<dd>See above.</dl><p>End.</p></main>"##,
        expect![[r#"
            Parking </bins/>
            [Permits #permits]
            Buy one.

            Or ring.
            [Permits > Who can apply? #d1]
            Residents.
            [Permits > Cars #t1]
            £40
            [Permits > Vans #t2]
            £60
            [Permits > Refunds #permits]
            Ask in writing.
            [Permits > Refunds > Lost permit #a2]
            Ring us.
            [Questions > How long? #q1]
            A year.
            [Questions > How much? #]
            See above.
            [Questions #]
            End.
        "#]],
    );
}

#[test]
fn adds_json_ld_questions() {
    check(
        r##"<title>Faq</title><script type="application/ld+json">{"@type":"FAQPage","mainEntity":[
        {"@type":"Question","name":"Shown?","acceptedAnswer":{"text":"Yes."}},
        {"@type":"Question","name":"Not shown?","acceptedAnswer":{"text":"<p>It <a href='/x'>is</a> here.</p><ul><li>one"}}]}</script>
        <main><h2>Shown?</h2><p>Yes.</p></main>
        <script type="application/ld+json">{
        "broken": </script>"##,
        expect![[r#"
            Faq </bins/>
            [Shown? #]
            Yes.
            [Not shown? #]
            It is here.

            - one
              is -> /x
            ! bins/index.html:6: JSON-LD: EOF while parsing a value at line 2 column 17
              expected JSON in <script type="application/ld+json">
              hint: correct the script; the page was built without it
        "#]],
    );
}

#[test]
fn reads_what_the_page_says_about_itself() {
    let page = page(
        r#"<html lang=cy-GB><title>Biniau | Larkmere Council</title>
        <link rel=canonical href="/cy/biniau/"><meta name="DCTERMS.modified" content="2026-02-01">
        <meta name="DCTERMS.issued" content="2020-01-01"><meta name="robots" content="noindex, follow">
        <meta name="doorstep:topic" content="a"><meta name="doorstep:topics" content="b; c">
        <meta name="doorstep:owner" content="Waste"><meta name="doorstep:review-by" content="never">
        <main><p>Testun</p></main>"#,
    );
    let meta = page.meta;
    assert_eq!((meta.lang.as_str(), meta.url.as_str()), ("cy", "/cy/biniau/"));
    assert_eq!(meta.updated.map(|d| d.to_string()).as_deref(), Some("2026-02-01"));
    assert_eq!((meta.topics.join(" "), meta.owner.as_str()), ("a b c".into(), "Waste"));
    assert!(meta.noindex && meta.title == "Biniau");
    assert_eq!(page.findings[0].line, Some(5));
}

#[test]
fn names_pages_without_the_site() {
    for (title, heading, expected) in [
        ("Pay - Council tax - Larkmere Council", "Pay", "Pay"),
        ("Pay | Larkmere Council", "How to pay", "Pay"),
        ("A - B - Other Borough Council", "", "A - B"),
        ("", "Only heading", "Only heading"),
        ("Larkmere Council", "", "Larkmere Council"),
    ] {
        assert_eq!(page_title(title, heading, &["Larkmere Council"]), expected);
    }
}

#[test]
fn deep_nesting_ends() {
    let deep = "<div>".repeat(20_000) + "<p>Deep words</p>";
    assert!(records(&page(&format!("<main>{deep}")).blocks).len() <= 1);
}

proptest! {
    #[test]
    fn anything_is_some_page(html in r#"(<(/?)(main|h2|p|ul|li|table|tr|td|dl|dt|dd|details|summary|a href="/x"|br|b)>|[a-z?|]{0,4} ){0,40}"#) {
        for record in records(&page(&html).blocks) {
            prop_assert!(!record.text.trim().is_empty());
            for link in record.links {
                prop_assert!(record.text.contains(&link.text), "{:?} not in {:?}", link.text, record.text);
            }
        }
    }
}
