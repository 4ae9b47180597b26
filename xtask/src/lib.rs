//! The automation of this repository; all of its IO lives here.

pub mod bench;
#[cfg(test)]
mod browser;
pub mod check;
mod clock;
pub mod docs;
pub mod explain;
#[cfg(feature = "fidelity")]
pub mod fidelity;
pub mod fuzz;
pub mod generate;
mod html;
pub mod lint;
pub mod new_provider;
mod numbers;
mod reference;
pub mod review;
pub mod shell;
pub mod text;
pub mod tidy;
pub mod try_documents;
pub mod usage;
pub mod workspace;
