//! The automation of this repository; all of its IO lives here.

pub mod check;
pub mod explain;
pub mod fuzz;
pub mod generate;
pub mod lint;
pub mod new_provider;
pub mod shell;
pub mod tidy;
pub mod try_documents;
pub mod workspace;
