//! What the file of an export is called where nobody names it.

/// How the files of a format end, without the dot; `format` is its name in records.
pub fn extension_of_format(format: &str) -> &str {
    match format {
        "bundle" => "zip",
        "handover" => "txt",
        other => other,
    }
}

/// The name of a file that nobody named: the case's folder, the beginning of the `seal` of what is in it, and how files
/// of the `format` end.
pub fn file_name(folder: &str, seal: &str, format: &str) -> String {
    format!("{folder}-{}.{}", seal.get(..4).unwrap_or("case"), extension_of_format(format))
}

#[cfg(test)]
mod tests {
    use super::file_name;

    #[test]
    fn a_file_is_named_for_its_case_and_its_seal() {
        let name = |format| file_name("2026-11-22-wards-k7qd", "7KQ2-M4XD-9PTR-0H3V", format);
        assert_eq!(name("bundle"), "2026-11-22-wards-k7qd-7KQ2.zip");
        assert_eq!((name("handover"), name("md")), (name("txt"), "2026-11-22-wards-k7qd-7KQ2.md".into()));
    }
}
