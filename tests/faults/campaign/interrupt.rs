//! Interrupts at every system call: INT, TERM and HUP leave nothing lying about.

use super::{
    acts::{Act, Allow, CHANGES, act, judge},
    bench::{Bench, Scenario, Trial},
    kill::{before, say_where, steps},
    machine::{Deed, Strike},
};

const SIGNALS: [(&str, i32); 3] = [("INT", 2), ("TERM", 15), ("HUP", 1)];

/// Every scenario of this kind.
pub(crate) fn scenarios() -> Vec<Scenario> {
    let acts = ["evidence", "evidence-large", "evidence-piped", "export-bundle", "export-html", "new", "first", "note"];
    let mut all = Vec::new();
    for name in acts {
        for signal in SIGNALS {
            let (scenario, act) = (format!("interrupt/{}/{name}", signal.0), act(name));
            all.push(Scenario::new(scenario, 2, move |bench, trial| interrupt(bench, trial, act, signal.1)));
        }
    }
    all
}

fn interrupt(bench: &Bench, trial: &mut Trial, act: &'static Act, signal: i32) {
    let groups = format!("{CHANGES}or");
    let steps = steps(bench, act, &groups);
    let at = 1 + trial.pick(steps.len()) as u64;
    let world = bench.world(act.start);
    let before = before(bench, act, &world);
    let program = act.program(&world).groups(&groups).struck(Strike::once(at, Deed::Signal(signal)));
    let ended = world.run(trial, program);
    say_where(trial, &steps, at, &ended);
    // SQLite's own files are put right by whoever comes next; `judge` has looked after that.
    judge(trial, &world, act, &before, &ended, Allow { signal, ..Allow::default() });
}
