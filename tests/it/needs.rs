//! Programs that some tests need: where one is missing a test says so and is skipped, unless everything has to run.

/// Whether a test that needs `program` must run: with `VENTANILLA_TEST_ALL=1` a missing program is a failure.
#[expect(clippy::disallowed_methods, reason = "tests have no configuration of their own")]
pub fn missing(program: &str) {
    assert!(
        std::env::var("VENTANILLA_TEST_ALL").is_err(),
        "{program} is not on this machine, and VENTANILLA_TEST_ALL is set"
    );
    eprintln!("skipped: {program} is not on this machine");
}
