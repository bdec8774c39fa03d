//! What an indicator looks like, piece by piece.

use super::IndicatorKind;

/// Ends of domain names that are no countries: the usual ones, those that attackers rent, and those that exercises
/// use (RFC 2606). A word with another end
/// counts as a domain only where it is written defanged.
const ENDS: &str = "com net org info biz name pro int edu gov mil arpa xyz top online site club shop app dev cloud icu \
    store tech space website live vip loan click link download stream racing cyou sbs cfd bond lol monster quest buzz \
    cam rest fit gdn ooo host press digital email support services systems solutions network agency company health \
    hospital care clinic doctor onion example test invalid";
/// Countries' ends, ISO 3166 as used on the internet, without those that are far more often ends of files: md, ps, rs.
const COUNTRIES: &str = "ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs \
    bt bw by bz ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et eu fi fj \
    fk fm fo fr ga gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it \
    je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc me mg mh mk ml mm mn mo mp mq \
    mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pm pn pr pt pw qa re ro ru rw \
    sa sb sc sd se sg si sk sl sm sn sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug uk \
    us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw";
/// Ends of files that do something when they are opened, or carry such: worth looking for elsewhere.
const FILES: &str = "exe dll sys scr bat cmd ps1 psm1 vbs vbe js jse wsf wsh hta lnk msi msp cpl jar iso img vhd \
    vhdx docm xlsm pptm dotm xlam xll one chm reg zip rar 7z gz tgz tar cab ace elf bin sh py pl apk dmg pkg hlp scf \
    url inf locked encrypted";
/// Ends of files that are only read. Such a name in a sentence is none to look for; given by itself it is.
const DOCUMENTS: &str = "txt log md doc docx rtf odt xls xlsx csv ods ppt pptx pdf json xml html htm css toml yaml yml \
    ini conf cfg png jpg jpeg gif bmp ico tmp bak dat db sqlite eml msg evtx pcap dmp mem lkd crypt enc";

fn list_has(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|known| known == word)
}

/// What one piece of a word is, with its text. `sure` says that it was written defanged, so it was meant as an address.
pub(super) fn bare_kind(piece: &str, sure: bool, before: &str) -> Option<(IndicatorKind, String)> {
    let found = |kind, text: &str| Some((kind, text.to_owned()));
    // A path on a Windows machine, or a user of one.
    if piece.contains('\\') || piece.is_empty() {
        return None;
    }
    if let Some((name, domain)) = piece.split_once('@') {
        let fits = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '%');
        let name = name.strip_prefix("mailto:").unwrap_or(name);
        let whole = !name.is_empty() && name.chars().all(fits) && !domain.contains('/');
        // With an at sign before it, any end of a domain was meant as one.
        return if whole && is_domain(domain, true) {
            found(IndicatorKind::Email, &format!("{name}@{domain}"))
        } else {
            None
        };
    }
    if let Some((host, path)) = piece.split_once('/') {
        let network = is_ipv4(host) && path.parse::<u8>().is_ok_and(|bits| bits <= 32);
        if network {
            return found(IndicatorKind::Other, piece);
        }
        // A web address without its scheme; a path begins with a folder.
        let site = (is_domain(host, sure) || is_ipv4(host)) && !list_has(FILES, end_of(host));
        return if site && !path.is_empty() { found(IndicatorKind::Url, piece) } else { None };
    }
    if let Some(kind) = hash_kind(piece.rsplit(':').next().unwrap_or(piece)) {
        return found(kind, piece.rsplit(':').next().unwrap_or(piece));
    }
    if is_ipv6(piece) {
        return found(IndicatorKind::Ipv6, piece.split('%').next().unwrap_or(piece));
    }
    let bare = without_port(piece);
    if is_ipv4(bare) {
        let version = ["version", "ver", "v", "build", "release", "firmware"].contains(&before);
        return if version && !sure { None } else { found(IndicatorKind::Ipv4, bare) };
    }
    if !sure && is_file(piece) {
        return found(IndicatorKind::Filename, piece);
    }
    if is_domain(bare, sure) { found(IndicatorKind::Domain, bare) } else { None }
}

/// The piece without `:443`.
fn without_port(piece: &str) -> &str {
    match piece.rsplit_once(':') {
        Some((host, port)) if port.parse::<u16>().is_ok() => host,
        _ => piece,
    }
}

/// What a whole text is that was given as an indicator and has no shape that is known everywhere: the name of a file,
/// or of a domain with whatever end.
pub(super) fn name_kind(text: &str) -> Option<IndicatorKind> {
    let end = end_of(text).to_lowercase();
    if text.contains('.') && (list_has(DOCUMENTS, &end) || list_has(FILES, &end)) {
        return Some(IndicatorKind::Filename).filter(|_| !text.contains(['/', '\\']));
    }
    // `J.Patel` is nobody's domain.
    let upper = end_of(text).starts_with(char::is_uppercase);
    (is_domain(text, true) && !upper).then_some(IndicatorKind::Domain)
}

fn hash_kind(text: &str) -> Option<IndicatorKind> {
    let kind = match text.len() {
        32 => IndicatorKind::Md5,
        40 => IndicatorKind::Sha1,
        64 => IndicatorKind::Sha256,
        _ => return None,
    };
    // A number of that length has no letters; a hash without any does not occur.
    let letters = text.bytes().any(|c| c.is_ascii_alphabetic()) && text.bytes().any(|c| c.is_ascii_digit());
    (letters && text.bytes().all(|c| c.is_ascii_hexdigit())).then_some(kind)
}

/// Four numbers up to 255, none with a leading zero.
pub(super) fn is_ipv4(text: &str) -> bool {
    let part = |part: &str| {
        let plain = part.len() == 1 || !part.starts_with('0');
        plain && part.bytes().all(|c| c.is_ascii_digit()) && part.parse::<u8>().is_ok()
    };
    text.split('.').count() == 4 && text.split('.').all(part)
}

/// Eight groups, or fewer with one `::`. The first has three digits at least, as every address that is used beyond
/// one machine has: a time or a path of names does not.
fn is_ipv6(text: &str) -> bool {
    let (text, _) = text.split_once('%').unwrap_or((text, ""));
    let group = |group: &str| (1..=4).contains(&group.len()) && group.bytes().all(|c| c.is_ascii_hexdigit());
    let groups = |part: &str| {
        if part.is_empty() { Some(0) } else { part.split(':').all(group).then(|| part.split(':').count()) }
    };
    let whole = match text.split_once("::") {
        Some((head, tail)) => groups(head).zip(groups(tail)).is_some_and(|(head, tail)| head + tail <= 7),
        None => groups(text) == Some(8),
    };
    let first = text.split(':').next().unwrap_or_default();
    whole && first.len() >= 3 && text.bytes().any(|c| c.is_ascii_digit())
}

fn end_of(text: &str) -> &str {
    text.rsplit('.').next().unwrap_or_default()
}

/// A domain name: two labels at least, the last a known end, or any of letters where the writer meant an address.
fn is_domain(text: &str, sure: bool) -> bool {
    let label = |label: &str| {
        let fits = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
        !label.is_empty()
            && label.len() <= 63
            && label.chars().all(fits)
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let Some((head, end)) = text.rsplit_once('.') else { return false };
    if text.len() > 253 || !head.split('.').all(label) || !label(end) {
        return false;
    }
    let lower = end.to_lowercase();
    let letters = end.len() >= 2 && (end.bytes().all(|c| c.is_ascii_alphabetic()) || lower.starts_with("xn--"));
    if sure {
        return letters;
    }
    // `dark.The` is two sentences, and `e.g` is one word.
    let sentence = end.chars().any(char::is_uppercase) && head.chars().any(char::is_lowercase);
    let known = list_has(ENDS, &lower) || list_has(COUNTRIES, &lower) || lower.starts_with("xn--");
    letters && known && !sentence && head.chars().any(char::is_alphabetic)
}

/// A file's name with an end that is worth looking for.
fn is_file(text: &str) -> bool {
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '~' | '$' | '+');
    let Some((stem, end)) = text.rsplit_once('.') else { return false };
    let plain = stem.chars().any(char::is_alphabetic) && !stem.starts_with('~') && text.chars().all(fits);
    plain && list_has(FILES, &end.to_lowercase())
}

/// Where a web address that begins `text` ends, bytes: before what cannot stand in one, and before the marks that end
/// a sentence around it.
pub(super) fn url_end(text: &str) -> usize {
    let stop = |c: char| matches!(c, '<' | '>' | '"' | '`' | '|' | '“' | '”' | '‘' | '’' | '«' | '»' | '\\');
    let end = text.find(stop).unwrap_or(text.len());
    let mut url = text.get(..end).unwrap_or(text);
    while let Some(last) = url.chars().next_back() {
        let opened = |open: char| url.matches(open).count() < url.matches(last).count();
        let drop = match last {
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' => true,
            ')' => opened('('),
            ']' => opened('['),
            '}' => opened('{'),
            _ => false,
        };
        if !drop {
            break;
        }
        url = url.get(..url.len() - last.len_utf8()).unwrap_or_default();
    }
    url.len()
}

/// Whether what follows the scheme begins with a host.
pub(super) fn has_host(address: &str) -> bool {
    let host = address.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host.rsplit('@').next().unwrap_or_default();
    let inner = host.strip_prefix('[').and_then(|host| host.split_once(']')).map(|(inner, _)| inner);
    if let Some(inner) = inner {
        return is_ipv6(inner);
    }
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '-' | '.' | '_');
    let host = without_port(host);
    host.starts_with(char::is_alphanumeric) && host.chars().all(fits)
}
