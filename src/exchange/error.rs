//! Why something could not be written out.

/// A fault of an export.
#[derive(Debug, thiserror::Error)]
pub enum ExchangeError {
    /// The report's template did not hold.
    #[error("the report could not be laid out")]
    Template(#[from] minijinja::Error),
    /// The system refused a write.
    #[error("the export could not be written")]
    Write(#[from] std::io::Error),
    /// A table could not be written.
    #[error("the table could not be written")]
    Csv(#[from] csv::Error),
}

impl ExchangeError {
    /// What to do about it.
    pub fn hint(&self) -> String {
        match self {
            Self::Template(_) => "This is a fault of the program. Export the bundle instead, and report it.".into(),
            Self::Write(_) | Self::Csv(_) => {
                "Check that the disk has room and that the folder can be written to.".into()
            }
        }
    }
}
