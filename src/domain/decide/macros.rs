//! Makes the list of commands: one enum, and the one match over it that finds each command's own rules.

macro_rules! commands {
    ($($(#[$doc:meta])* $name:ident($asked:ty);)+) => {
        /// A command to a case. [`decide`](super::decide) says what it comes to.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum Command {
            $($(#[$doc])* $name($asked),)+
        }

        impl Command {
            /// Whether it carries the incident on, which a closed case does not.
            pub fn needs_open_case(&self) -> bool {
                match self {
                    $(Self::$name(_) => <$asked as Ask>::NEEDS_OPEN_CASE,)+
                }
            }

            /// Whether it says that a responder did something in this case.
            pub fn states_an_act(&self) -> bool {
                match self {
                    $(Self::$name(_) => <$asked as Ask>::STATES_AN_ACT,)+
                }
            }

            /// What it comes to at `now`, by the rules of its own family alone.
            pub(super) fn decide(&self, case: &Case, now: Time) -> Result<Vec<Event>, Refusal> {
                match self {
                    $(Self::$name(asked) => asked.decide(case, now),)+
                }
            }
        }
    };
}

pub(super) use commands;
