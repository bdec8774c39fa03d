//! The options of `carecert playbook`.
#![allow(missing_docs, reason = "the help texts are the docs")]

use super::pair;
use clap::{Args, Subcommand, ValueHint};
use std::path::PathBuf;

/// What is done with playbooks.
#[derive(Debug, Subcommand)]
pub enum Playbook {
    /// List the built-in ones and your organisation's own.
    List,
    /// Print one as readable text, or as a drawn flow.
    Show(Show),
    /// Check files and say where and how to mend them; without a file, all playbooks at hand.
    Check {
        #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
        files: Vec<PathBuf>,
    },
    /// Rehearse one without a case: what would be asked, and when.
    Walk(Walk),
    /// Say how two playbooks, or two versions of one, differ.
    Diff {
        /// The older one: an id, or a file.
        #[arg(value_name = "A")]
        old: String,
        /// The newer one: an id, or a file.
        #[arg(value_name = "B")]
        new: String,
    },
    /// Begin one of your own: writes a commented template, or a copy of a built-in one, to where the program looks for it.
    New {
        /// Its id: lower-case letters, digits and hyphens.
        #[arg(value_name = "ID")]
        id: String,
        /// Another file to write.
        #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
        out: Option<PathBuf>,
        /// Write over a file that is there.
        #[arg(long)]
        force: bool,
    },
    /// Print how to write one, with every field.
    Guide,
    /// Write one in a format that other tools read.
    Export(PlaybookExport),
    /// Take in a CACAO playbook: it becomes one of yours to check and mend, with an account of what was kept.
    Import {
        #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
        file: PathBuf,
        /// The file to write; standard output otherwise.
        #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
        out: Option<PathBuf>,
        /// Write over a file that is there.
        #[arg(long, requires = "out")]
        force: bool,
    },
}

/// Options of `playbook export`.
#[derive(Debug, Args)]
pub struct PlaybookExport {
    /// Its id, or a file.
    #[arg(value_name = "ID")]
    pub id: String,
    /// The format: cacao, which is CACAO 2.0.
    #[arg(long, value_name = "F", default_value = "cacao", value_parser = ["cacao"])]
    pub format: String,
    /// The file to write; standard output otherwise.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub out: Option<PathBuf>,
    /// Write over a file that is there.
    #[arg(long, requires = "out")]
    pub force: bool,
}

/// Options of `playbook show`.
#[derive(Debug, Args)]
pub struct Show {
    /// Its id, or a file.
    #[arg(value_name = "ID")]
    pub id: String,
    /// Draw the flow as text: phases, steps, what they wait for, and where each option leads.
    #[arg(long, conflicts_with = "svg")]
    pub flow: bool,
    /// Use no signs but ASCII in the flow.
    #[arg(long, requires = "flow")]
    pub ascii: bool,
    /// Draw the flow as an SVG picture.
    #[arg(long)]
    pub svg: bool,
    /// The file to write the picture to; standard output otherwise.
    #[arg(long, value_name = "FILE", requires = "svg", value_hint = ValueHint::FilePath)]
    pub out: Option<PathBuf>,
    /// Write over a file that is there.
    #[arg(long, requires = "out")]
    pub force: bool,
}

/// Options of `playbook walk`.
#[derive(Debug, Args)]
pub struct Walk {
    /// Its id, or a file.
    #[arg(value_name = "ID")]
    pub id: String,
    /// How a step comes out: an option, agreed or refused, succeeded or failed; the first where it is not said.
    #[arg(long = "choose", value_name = "STEP=OPTION", value_parser = pair)]
    pub choices: Vec<(String, String)>,
    /// The answer to a question; a sample where it is not said.
    #[arg(long = "answer", value_name = "QUESTION=VALUE", value_parser = pair)]
    pub answers: Vec<(String, String)>,
    /// Walk every option and every answer that something hangs on; status 1 where a step is never reached.
    #[arg(long, conflicts_with_all = ["choices", "answers"])]
    pub all: bool,
}
