//! `carecert amend`.

use crate::{
    cli::{
        context::Context,
        failure::{CommandResult, Failure},
        times::read_clock,
        values::{parse_severity, parse_tlp},
    },
    domain::{
        decide::{AmendCase, Command, SetSeverity},
        marking::{Severity, Tlp},
    },
};
use clap::Args;

/// Change severity, title, summary or mark of a case.
#[derive(Debug, Args)]
pub(crate) struct AmendCommand {
    #[arg(value_name = "CASE")]
    case: String,
    /// The new severity; needs --why.
    #[arg(long, value_parser = parse_severity)]
    severity: Option<Severity>,
    /// The reason for a new severity.
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    why: String,
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    #[arg(long, value_name = "TEXT")]
    summary: Option<String>,
    #[arg(long, value_name = "MARK", value_parser = parse_tlp)]
    tlp: Option<Tlp>,
}

impl AmendCommand {
    /// The severity is an entry of its own, with its reason; the texts are another.
    pub(crate) fn run(self, context: &mut Context) -> CommandResult {
        let texts = self.title.is_some() || self.summary.is_some() || self.tlp.is_some();
        if !texts && self.severity.is_none() {
            let hint = "give --severity, --title, --summary or --tlp";
            return Err(Failure::wrong_usage("there is nothing to change", hint));
        }
        let mut session = context.open_case(&self.case)?;
        let now = read_clock();
        let mut records = Vec::new();
        if let Some(to) = self.severity {
            records.extend(session.execute(0, Command::SetSeverity(SetSeverity { to, why: self.why }).into(), now)?);
        }
        if texts {
            let command = Command::Amend(AmendCase { title: self.title, summary: self.summary, tlp: self.tlp });
            // Of the two, the first may be recorded already.
            let cited: Vec<String> = records.iter().map(|record| session.case().cite(&record.id)).collect();
            let texts = session.execute(0, command.into(), now);
            records.extend(texts.map_err(|why| Failure::from(why).after(&cited))?);
        }
        let told = context.print_recorded(session.case(), &records, None);
        context.close_case(session);
        told?;
        Ok(0)
    }
}
