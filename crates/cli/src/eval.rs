//! `tolkebot eval`: quality against gold.

use anyhow::Result;

use crate::args::{EvalArgs, EvalCommand, ModelArgs};
use crate::{eval_asr, eval_form};

pub fn run(models: &ModelArgs, args: EvalArgs) -> Result<()> {
    match args.command {
        EvalCommand::Form(args) => eval_form::run(models, &args),
        EvalCommand::Asr {
            folders,
            model,
            offline,
            as_shipped,
            prompt,
            asked_for,
            sound_alone,
            details,
            peers,
        } => {
            let how = eval_asr::How {
                offline,
                as_shipped,
                prompt,
                asked_for,
                sound_alone,
                details,
            };
            let what = eval_asr::What {
                folders: &folders,
                model: model.as_deref(),
                peers: &peers,
            };
            eval_asr::run(models, what, how)
        }
        EvalCommand::Mt(args) => crate::eval_mt::run(models, &args),
    }
}
