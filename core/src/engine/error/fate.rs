//! What has become of a statement that failed.

/// What has become of a statement that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Nothing of it has stayed.
    TakenBack,
    /// It stood alone and may have committed a part by itself, as code of the database does.
    MayStay,
    /// It stood alone, and it is not known yet whether it has taken effect: the next run looks.
    InDoubt,
}
