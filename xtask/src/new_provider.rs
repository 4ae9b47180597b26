//! `new-provider`.

use std::process::ExitCode;

use anyhow::Result;

use crate::workspace::Workspace;

pub fn run(_workspace: &Workspace, _name: &str) -> Result<ExitCode> {
    Ok(ExitCode::SUCCESS)
}
