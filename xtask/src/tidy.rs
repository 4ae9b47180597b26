//! The rules of this repository that no compiler knows.

use anyhow::Result;

use crate::workspace::Workspace;

/// Problems with the manifests that people own.
pub fn manifests(_workspace: &Workspace) -> Result<Vec<String>> {
    Ok(Vec::new())
}
