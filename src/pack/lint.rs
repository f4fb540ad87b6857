//! Finds what a clerk has to mend in a pack before people read it.
