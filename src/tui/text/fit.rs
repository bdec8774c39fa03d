//! How a text is made to fit: whether it has room in a line, and what of a path gives way.

use super::width::width_of;

/// Whether the text has room in a line of so many cells, with a space on either side.
pub(crate) fn fits_in_line(text: &str, cells: usize) -> bool {
    width_of(text) + 2 <= cells
}

/// A path in so many cells: its first folder and, from the end, as much as has room, the name at least. What is no path
/// stays as it is.
pub(crate) fn fit_path(word: &str, cells: usize) -> String {
    let Some(sign) = word.chars().find(|c| matches!(c, '/' | '\\')) else { return word.to_owned() };
    if width_of(word) <= cells {
        return word.to_owned();
    }
    let parts: Vec<&str> = word.split(sign).collect();
    let Some((name, folders)) = parts.split_last() else { return word.to_owned() };
    // An absolute path begins with nothing before its first sign.
    let first = folders.iter().take(2).copied().collect::<Vec<_>>().join(&sign.to_string());
    let head = format!("{first}{sign}…");
    let mut tail = format!("{sign}{name}");
    for folder in folders.iter().skip(2).rev() {
        let longer = format!("{sign}{folder}{tail}");
        if width_of(&head) + width_of(&longer) > cells {
            break;
        }
        tail = longer;
    }
    if width_of(&head) + width_of(&tail) < width_of(word) { format!("{head}{tail}") } else { word.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::fit_path;

    #[test]
    fn a_path_gives_way_in_its_middle() {
        let long = "/home/patel/incidents/2026/november/2026-11-23-incident-v690.zip";
        assert_eq!(fit_path(long, 64), long);
        assert_eq!(fit_path(long, 63), "/home/…/incidents/2026/november/2026-11-23-incident-v690.zip");
        assert_eq!(fit_path(long, 49), "/home/…/november/2026-11-23-incident-v690.zip");
        assert_eq!(fit_path(long, 10), "/home/…/2026-11-23-incident-v690.zip", "the name is never cut");
        assert_eq!(fit_path("and/or", 3), "and/or");
        assert_eq!(fit_path(r"C:\Users\patel\incidents\a.zip", 20), r"C:\Users\…\a.zip");
    }
}
