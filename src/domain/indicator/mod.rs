//! Indicators of compromise: what sort each is, how it is found in free text, and how it is written so that nobody
//! follows it by accident.

mod shape;

use crate::domain::marking::words;
use serde::{Deserialize, Serialize};
use shape::{bare_kind, url_end};
use std::fmt;

words!(
    /// What sort of trace an indicator is.
    IndicatorKind {
        /// An IPv4 address.
        Ipv4 = "ipv4",
        /// An IPv6 address.
        Ipv6 = "ipv6",
        /// A domain name.
        Domain = "domain",
        /// A web address.
        Url = "url",
        /// A mail address.
        Email = "email",
        /// A SHA-256 hash of a file.
        Sha256 = "sha256",
        /// A SHA-1 hash of a file.
        Sha1 = "sha1",
        /// An MD5 hash of a file.
        Md5 = "md5",
        /// A file's name.
        Filename = "filename",
        /// Anything else, such as a network or a registry key.
        Other = "other",
    }
);

/// Ways in which a dot, an at sign and a colon are written so that nothing becomes a link.
const DEFANGED: &[(&str, char)] = &[
    ("[://]", SCHEME),
    ("[:]", ':'),
    ("[.]", DOT),
    ("(.)", DOT),
    ("{.}", DOT),
    ("[dot]", DOT),
    ("(dot)", DOT),
    ("{dot}", DOT),
    ("[@]", '@'),
    ("(@)", '@'),
    ("[at]", '@'),
    ("(at)", '@'),
    ("{at}", '@'),
];
/// Marks between which an indicator stands.
const PARTS: &str = ",;|=<>\"'`()[]{}“”‘’«»";
/// Stands for a dot that was written defanged: what holds one was meant as an address. From a private area of Unicode.
const DOT: char = '\u{F8D0}';
/// Stands for `://` until all is put together.
const SCHEME: char = '\u{F8D1}';

/// `text` with every defanged dot marked, and the other defanged marks as they are meant.
fn mark_defanged(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let fang = DEFANGED
            .iter()
            .find(|(fang, _)| rest.get(..fang.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(fang)));
        match fang {
            Some((fang, SCHEME)) => {
                out.push_str("://");
                rest = rest.get(fang.len()..).unwrap_or_default();
            }
            Some((fang, meant)) => {
                rest = rest.get(fang.len()..).unwrap_or_default();
                // People leave spaces: `evil [dot] example`. A bracket that holds more than this is no such mark.
                let spaced = out.ends_with(' ') && rest.starts_with(' ') && *meant != ':';
                if spaced {
                    out.truncate(out.trim_end_matches(' ').len());
                    rest = rest.trim_start_matches(' ');
                }
                out.push(*meant);
            }
            None => {
                // What is from the private area itself means nothing here.
                if !matches!(first, DOT | SCHEME) {
                    out.push(first);
                }
                rest = rest.get(first.len_utf8()..).unwrap_or_default();
            }
        }
    }
    out
}

/// The indicator as it is meant, where it was written defanged: `hxxp://evil[.]example` becomes `http://evil.example`.
pub fn refang_indicator(text: &str) -> String {
    let plain = mark_defanged(text).replace(DOT, ".");
    match split_scheme(&plain) {
        Some((word, rest)) => format!("{word}://{rest}"),
        None => plain,
    }
}

/// The scheme at the beginning, as it is meant, and what follows `://`.
fn split_scheme(text: &str) -> Option<(&'static str, &str)> {
    const SCHEMES: [(&str, &str); 7] = [
        ("hxxps", "https"),
        ("hxxp", "http"),
        ("https", "https"),
        ("http", "http"),
        ("fxp", "ftp"),
        ("ftps", "ftps"),
        ("ftp", "ftp"),
    ];
    let (word, rest) = text.split_once("://")?;
    SCHEMES.iter().find(|(known, _)| known.eq_ignore_ascii_case(word)).map(|(_, meant)| (*meant, rest))
}

/// The indicators in free text, each once, in the order in which they stand, as they are meant: also where they are
/// written defanged (`hxxp`, `[.]`, `(dot)`, `[at]`). Times, dates, versions and paths are none.
pub fn recognise_indicators(text: &str) -> Vec<(IndicatorKind, String)> {
    let mut found: Vec<(IndicatorKind, String)> = Vec::new();
    let mut before = String::new();
    for word in mark_defanged(text).split_whitespace() {
        for (kind, value) in in_word(word, &before) {
            if !found.iter().any(|(known, other)| *known == kind && *other == value) {
                found.push((kind, value));
            }
        }
        before = word.trim_end_matches(':').to_lowercase();
    }
    found
}

/// What the kind of a whole text is that somebody gives as one indicator; what only holds one is of another kind.
pub fn kind_of(text: &str) -> IndicatorKind {
    let plain = refang_indicator(text.trim());
    match recognise_indicators(text).as_slice() {
        [(kind, found)] if *found == plain => *kind,
        _ => shape::name_kind(&plain).unwrap_or(IndicatorKind::Other),
    }
}

/// The indicators in one word; `before` is the word before it.
fn in_word(word: &str, before: &str) -> Vec<(IndicatorKind, String)> {
    let mut found = Vec::new();
    let mut rest = word;
    while let Some(at) = rest.find("://") {
        let start =
            rest.get(..at).and_then(|head| head.rfind(|c: char| !c.is_ascii_alphanumeric())).map_or(0, |before| {
                before + rest.get(before..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8)
            });
        let (head, from) = rest.split_at(start);
        found.extend(recognise_in_word(head, before));
        let end = url_end(from);
        let (url, after) = from.split_at(end);
        let meant = url.replace(DOT, ".");
        if let Some((word, address)) = split_scheme(&meant).filter(|(_, address)| shape::has_host(address)) {
            found.push((IndicatorKind::Url, format!("{word}://{address}")));
        }
        rest = after;
        // Nothing was taken: what is left of this word is no address either.
        if end <= at - start {
            rest = rest.get(3..).unwrap_or_default();
        }
    }
    found.extend(recognise_in_word(rest, before));
    found
}

/// The indicators between the marks that part what is said.
fn recognise_in_word(word: &str, before: &str) -> Vec<(IndicatorKind, String)> {
    let piece = |piece: &str| {
        let piece = piece.trim_matches(|c: char| matches!(c, '.' | '!' | '?' | '*' | '_'));
        let piece = if piece.ends_with("::") { piece } else { piece.trim_end_matches(':') };
        bare_kind(&piece.replace(DOT, "."), piece.contains(DOT), before)
    };
    word.split(|c| PARTS.contains(c)).filter_map(piece).collect()
}

/// The indicator so written that nothing makes a link of it: `hxxp://evil[.]example/x`, `192[.]0[.]2[.]7`,
/// `2001[:]db8[:][:]7`, `name[at]evil[.]example`. A hash and a file's name stay as they are.
pub fn defang_indicator(kind: IndicatorKind, value: &str) -> String {
    let value = refang_indicator(value.trim());
    match kind {
        IndicatorKind::Ipv4 | IndicatorKind::Domain => value.replace('.', "[.]"),
        IndicatorKind::Ipv6 => value.replace(':', "[:]").replace('.', "[.]"),
        IndicatorKind::Email => value.replace('@', "[at]").replace('.', "[.]"),
        IndicatorKind::Url => {
            let Some((word, address)) = split_scheme(&value) else { return value.replace('.', "[.]") };
            let end = address.find(['/', '?', '#']).unwrap_or(address.len());
            let (host, path) = address.split_at(end);
            let word = word.replacen("http", "hxxp", 1).replacen("ftp", "fxp", 1);
            // An address within the path is none that can be followed either.
            let path = path.replace("http://", "hxxp://").replace("https://", "hxxps://").replace('@', "[at]");
            format!("{word}://{}{path}", host.replace('@', "[at]").replace('.', "[.]"))
        }
        IndicatorKind::Other => {
            let mut out = value.clone();
            for (kind, found) in
                recognise_indicators(&value).into_iter().filter(|(kind, _)| *kind != IndicatorKind::Other)
            {
                out = out.replace(&found, &defang_indicator(kind, &found));
            }
            if is_network(&out) { out.replace('.', "[.]") } else { out }
        }
        IndicatorKind::Sha256 | IndicatorKind::Sha1 | IndicatorKind::Md5 | IndicatorKind::Filename => value,
    }
}

fn is_network(text: &str) -> bool {
    text.split_once('/').is_some_and(|(address, _)| shape::is_ipv4(address))
}

#[cfg(test)]
mod tests {
    use super::*;
    use IndicatorKind::{Domain, Email, Filename, Ipv4, Ipv6, Md5, Other, Sha1, Sha256, Url};
    use proptest::prelude::*;

    fn all(text: &str) -> Vec<(IndicatorKind, String)> {
        recognise_indicators(text)
    }

    fn one(kind: IndicatorKind, value: &str) -> Vec<(IndicatorKind, String)> {
        vec![(kind, value.to_owned())]
    }

    #[test]
    fn indicators_are_found_in_what_people_write() {
        assert_eq!(all("Beacons to 203.0.113.77, port 443."), one(Ipv4, "203.0.113.77"));
        assert_eq!(all("203.0.113.77:8443"), one(Ipv4, "203.0.113.77"));
        assert_eq!(all("see [2001:db8::7]:443"), one(Ipv6, "2001:db8::7"));
        assert_eq!(all("2001:0db8:0:0:0:0:0:7"), one(Ipv6, "2001:0db8:0:0:0:0:0:7"));
        assert_eq!(all("The mail came from (billing@nhs-pay.co.uk)."), one(Email, "billing@nhs-pay.co.uk"));
        assert_eq!(all("resolves evil-updates.top."), one(Domain, "evil-updates.top"));
        assert_eq!(all("dst=evil.com;src=10.1.2.3"), [(Domain, "evil.com".into()), (Ipv4, "10.1.2.3".into())]);
        assert_eq!(
            all("clicked <https://login.nhs-pay.co.uk/a?b=1&c=(2)>, then"),
            one(Url, "https://login.nhs-pay.co.uk/a?b=1&c=(2)")
        );
        assert_eq!(all("(see http://evil.com/x)."), one(Url, "http://evil.com/x"));
        assert_eq!(
            all("dropped invoice.pdf.exe and locker.ps1"),
            [(Filename, "invoice.pdf.exe".into()), (Filename, "locker.ps1".into())]
        );
        let digits = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(all(&format!("sha256:{digits}")), one(Sha256, digits));
        assert_eq!(all(&digits[..40].to_uppercase()), one(Sha1, &digits[..40].to_uppercase()));
        assert_eq!(all(&format!("MD5 {}", &digits[..32])), one(Md5, &digits[..32]));
        assert_eq!(all("block 198.51.100.0/24"), one(Other, "198.51.100.0/24"));
        assert_eq!(all("through t.co, say"), one(Domain, "t.co"));
        assert_eq!(all("evil.com evil.com"), one(Domain, "evil.com"), "each once");
    }

    #[test]
    fn what_is_written_defanged_is_found_as_it_is_meant() {
        for text in ["hxxp://evil[.]com/a.php", "hXXp[://]evil(dot)com/a.php", "http://evil{.}com/a.php"] {
            assert_eq!(all(text), one(Url, "http://evil.com/a.php"), "{text}");
        }
        assert_eq!(all("hxxps://evil[.]com"), one(Url, "https://evil.com"));
        assert_eq!(all("fxp://evil[.]com/x"), one(Url, "ftp://evil.com/x"));
        for text in ["evil[.]zip", "evil [dot] zip", "evil(DOT)zip"] {
            assert_eq!(all(text), one(Domain, "evil.zip"), "{text}: written so, it is no file's name");
        }
        assert_eq!(all("192[.]0[.]2[.]7 and 192.0.2[.]8"), [(Ipv4, "192.0.2.7".into()), (Ipv4, "192.0.2.8".into())]);
        for text in ["a.b[at]evil[.]com", "a.b[@]evil.com", "a.b (at) evil (dot) com"] {
            assert_eq!(all(text), one(Email, "a.b@evil.com"), "{text}");
        }
        assert_eq!(all("2001[:]db8[:][:]7"), one(Ipv6, "2001:db8::7"));
    }

    #[test]
    fn times_versions_paths_dates_and_sentences_are_no_indicators() {
        for text in [
            "at 03:36 and 03:36:12, or 2026-11-22T03:36:12.000007Z",
            "22.11.2026 and 2026-11-22 and 22/11/2026 and 11.Nov.2026",
            "version 1.2.3, v1.2.3.4, version 10.4.2.1, build 10.0.19041.1, 1.2.3-rc.1",
            "/etc/passwd /var/log/evil.com.log C:\\Users\\x\\evil.exe \\\\server\\share\\a.bat ~/x.sh ./run.sh",
            "Ward.It was dark.The lights e.g. i.e. J.Patel Dr.Who etc.",
            "README.md main.rs data.json config.toml report.docx notes.txt",
            "and/or 24/7 TCP/443 a:b 10:5 aa:bb:cc:dd:ee:ff std::fmt a::b ::1 ::",
            "0300 303 5222 2,000 GBP 12.5 1.000,00 256.1.1.1 01.02.03.04 1.2.3.4.5",
            "deadbeef 12345678901234567890123456789012 k7qd",
            "http:// https://, ://x @home me@ @x.com a@b",
            "[x] (dot) . [at]",
        ] {
            assert_eq!(all(text), [], "{text}");
        }
    }

    #[test]
    fn nothing_defanged_can_be_followed() {
        assert_eq!(
            defang_indicator(Url, "https://a.evil.com:8443/x.php?u=http://b.c"),
            "hxxps://a[.]evil[.]com:8443/x.php?u=hxxp://b.c"
        );
        assert_eq!(defang_indicator(Ipv4, "192.0.2.7"), "192[.]0[.]2[.]7");
        assert_eq!(defang_indicator(Ipv6, "2001:db8::7"), "2001[:]db8[:][:]7");
        assert_eq!(defang_indicator(Email, "a.b@evil.com"), "a[.]b[at]evil[.]com");
        assert_eq!(defang_indicator(Domain, " evil[.]com "), "evil[.]com", "once is enough");
        assert_eq!(defang_indicator(Filename, "a.exe"), "a.exe");
        assert_eq!(defang_indicator(Other, "HKLM\\Run to evil.com"), "HKLM\\Run to evil[.]com");
        assert_eq!(defang_indicator(Other, "198.51.100.0/24"), "198[.]51[.]100[.]0/24");
    }

    #[test]
    fn what_is_given_by_itself_has_a_kind_by_its_name_alone() {
        for text in ["evil.example", "evil[.]example", "evil(dot)corp", "a.evil.internal", "evil.com"] {
            assert_eq!(kind_of(text), Domain, "{text}");
        }
        for text in ["readme.txt", "invoice.pdf.exe", "HOW TO.txt", "data.lkd"] {
            assert_eq!(kind_of(text), Filename, "{text}");
        }
        for text in ["J.Patel", "HKLM\\Run", "evil.com and more", "C:\\x\\a.txt", "pacs", "e.g."] {
            assert_eq!(kind_of(text), Other, "{text}");
        }
        assert_eq!(kind_of("192[.]0[.]2[.]7"), Ipv4);
    }

    fn label() -> impl Strategy<Value = String> {
        "[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,5})?"
    }

    fn values() -> impl Strategy<Value = (IndicatorKind, String)> {
        let domain = || (label(), label()).prop_map(|(a, b)| format!("{a}.{b}.com"));
        prop_oneof![
            any::<[u8; 4]>().prop_map(|[a, b, c, d]| (Ipv4, format!("{a}.{b}.{c}.{d}"))),
            any::<[u16; 4]>().prop_map(|[a, b, c, d]| (Ipv6, format!("2001:db8:{a:x}:{b:x}::{c:x}:{d:x}"))),
            domain().prop_map(|domain| (Domain, domain)),
            (domain(), "[a-zA-Z0-9_./?=&%-]{0,20}[a-z0-9]")
                .prop_map(|(domain, path)| (Url, format!("https://{domain}/{path}"))),
            ("[a-z][a-z0-9._-]{0,8}[a-z]", domain()).prop_map(|(name, domain)| (Email, format!("{name}@{domain}"))),
            any::<[u8; 32]>().prop_map(|bytes| (Sha256, format!("a{}", &crate::domain::id::encode_hex(&bytes)[1..]))),
            "[a-z]{1,12}[.]exe".prop_map(|name| (Filename, name)),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_is_found_is_found_again_defanged_and_among_words((kind, value) in values()) {
            prop_assert_eq!(recognise_indicators(&value), one(kind, &value));
            prop_assert_eq!(recognise_indicators(&format!("It calls ({}).", defang_indicator(kind, &value))), one(kind, &value));
            prop_assert_eq!(refang_indicator(&defang_indicator(kind, &value)), value.clone());
            prop_assert_eq!(defang_indicator(kind, &defang_indicator(kind, &value)), defang_indicator(kind, &value));
        }

        #[test]
        fn any_text_is_read_to_its_end(text in "\\PC{0,60}") {
            for (kind, value) in recognise_indicators(&text) {
                prop_assert!(!value.is_empty());
                prop_assert!(!defang_indicator(kind, &value).is_empty());
            }
        }

        #[test]
        fn marks_in_any_order_are_read_to_their_end(text in "(http|hxxp|://|\\[\\.\\]|\\(dot\\)|\\[at\\]|[.:@/ é\\[(a1]){0,24}") {
            let _ = recognise_indicators(&text);
            let _ = refang_indicator(&text);
        }

        #[test]
        fn moments_and_versions_are_never_indicators(h in 0..24_u32, m in 0..60_u32, s in 0..60_u32, y in 1990..2040_u32) {
            let text = format!("{h}:{m:02} {h:02}:{m:02}:{s:02} {m}.{s}.{y} {y}-{m:02}-{s:02} {h}.{m}.{s} v{h}.{m}.{s}.{h}");
            prop_assert_eq!(recognise_indicators(&text), Vec::new());
        }
    }
}
