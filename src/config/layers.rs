//! The layers of the configuration: flags override the environment, which overrides the file, which overrides defaults.
//!
//! A setting is an argument of the program that can also come from the environment. Its name in the file is its flag's
//! with `_` for `-`. Every layer is read as text first, so that all problems can be reported at once.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fmt;
use std::fs;
use std::path::Path;

use clap::builder::{Resettable, ValueParser};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Command, FromArgMatches};

use super::paths::{self, FILE};

/// Looks up an environment variable.
pub type Environment<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Looks up a variable of this process. Empty ones count as unset, since compose files leave them so.
#[expect(clippy::disallowed_methods, reason = "this is the one place that reads the environment")]
pub fn environment(name: &str) -> Option<String> {
    std::env::var_os(name).map(|value| value.to_string_lossy().into_owned()).filter(|value| !value.is_empty())
}

/// The names of all environment variables that are set and not empty.
pub fn environment_names() -> Vec<String> {
    let set = std::env::vars_os().filter(|(_, value)| !value.is_empty());
    set.map(|(name, _)| name.to_string_lossy().into_owned()).collect()
}

/// Prefix of our own variables; the others have names shared with other programs.
const OURS: &str = "VENTANILLA_";

/// Prefix of variables that configure tests, and are inherited by the programs that tests start.
const OF_TESTS: &str = "VENTANILLA_TEST_";

/// Origin of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// The command line.
    Flag,
    /// This environment variable.
    Environment(String),
    /// The file with this path.
    File(String),
    /// The default.
    BuiltIn,
    /// No value.
    Unset,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::Flag => f.write_str("flag"),
            Origin::Environment(name) => write!(f, "environment {name}"),
            Origin::File(path) => write!(f, "file {path}"),
            Origin::BuiltIn => f.write_str("built in"),
            Origin::Unset => f.write_str("not set"),
        }
    }
}

/// A setting with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// Its name in the file.
    pub name: String,
    /// The effective value for display; secrets are masked.
    pub shown: String,
    /// Its origin.
    pub origin: Origin,
}

/// The merged layers.
#[derive(Debug)]
pub struct Layers {
    values: BTreeMap<String, (String, Origin)>,
    problems: Vec<String>,
    /// Settings with values that are not valid.
    refused: BTreeSet<String>,
}

/// Valid arguments, and the origins of the settings.
#[derive(Debug)]
pub struct Settled<A> {
    /// The arguments.
    pub arguments: A,
    /// All settings, in the order of `--help`.
    pub settings: Vec<Setting>,
}

/// Arguments that are not valid.
#[derive(Debug)]
pub enum Unsettled {
    /// The command line is wrong, or help was requested.
    Usage(Box<clap::Error>),
    /// Settings are wrong: every problem in words.
    Problems(Vec<String>),
}

/// Merges the command line, the environment and the file. `variables` are the names of all set variables, among which
/// mistyped ones are found; `contradictions` reports settings that exclude each other.
///
/// # Errors
/// Where the command line cannot be parsed, or with all problems of the settings.
pub fn settle<A: FromArgMatches>(
    command: &Command,
    line: impl IntoIterator<Item = OsString>,
    environment: Environment<'_>,
    variables: &[String],
    contradictions: impl Fn(&A) -> Vec<String>,
) -> Result<Settled<A>, Unsettled> {
    let everywhere = |arg: Arg| arg.global(true).help_heading("Settings");
    let command = command.clone().mut_args(|arg| if is_setting(&arg) { everywhere(arg) } else { arg });
    let line: Vec<OsString> = line.into_iter().collect();
    let flags = flags(&command, &line)?;
    let mut layers = Layers::read(&command, &flags, environment);
    layers.find_mistyped(&command, variables);
    let written_out = layers.written_out(&command, &line);
    let strict = command.clone().mut_args(|arg| if is_setting(&arg) { arg.env(Resettable::Reset) } else { arg });
    let mut problems = std::mem::take(&mut layers.problems);
    if problems.is_empty() {
        let matches = strict.try_get_matches_from(written_out).map_err(usage)?;
        let arguments = A::from_arg_matches(&matches).map_err(usage)?;
        problems = contradictions(&arguments);
        if problems.is_empty() {
            return Ok(Settled { arguments, settings: shown(&command, &layers.values) });
        }
    } else if let Ok(matches) = strict.try_get_matches_from(layers.usable(&command))
        && let Ok(arguments) = A::from_arg_matches(&matches)
    {
        // Also report contradictions, except about values that are not valid themselves.
        let about_refused =
            |words: &String| words.split([' ', ':', ',', '(', ')', ';']).any(|word| layers.refused.contains(word));
        problems.extend(contradictions(&arguments).into_iter().filter(|words| !about_refused(words)));
    }
    Err(Unsettled::Problems(problems))
}

fn usage(error: clap::Error) -> Unsettled {
    Unsettled::Usage(Box::new(error))
}

fn is_setting(arg: &Arg) -> bool {
    arg.get_env().is_some()
}

fn settings(command: &Command) -> impl Iterator<Item = &Arg> {
    command.get_arguments().filter(|arg| is_setting(arg))
}

fn is_switch(arg: &Arg) -> bool {
    matches!(arg.get_action(), ArgAction::SetTrue)
}

/// The flags of the command line as text; values are validated later, all at once.
fn flags(command: &Command, line: &[OsString]) -> Result<ArgMatches, Unsettled> {
    let lenient = command.clone().mut_args(|arg| match is_setting(&arg) {
        true if is_switch(&arg) => arg.env(Resettable::Reset),
        true => arg.env(Resettable::Reset).default_value(Resettable::Reset).value_parser(ValueParser::string()),
        false => arg,
    });
    lenient.try_get_matches_from(line).map_err(|error| match error.kind() {
        // Help must show the environment variables, which the lenient command does not have.
        ErrorKind::DisplayHelp | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            usage(command.clone().try_get_matches_from(line).err().unwrap_or(error))
        }
        _ => usage(error),
    })
}

impl Layers {
    fn read(command: &Command, flags: &ArgMatches, environment: Environment<'_>) -> Layers {
        let mut layers = Layers { values: BTreeMap::new(), problems: Vec::new(), refused: BTreeSet::new() };
        let above = |arg: &Arg| flag(flags, arg).or_else(|| from_environment(arg, environment));
        let path = settings(command).find(|arg| arg.get_id() == FILE).and_then(above).map(|(path, _)| path);
        let mut file = path.as_deref().map_or_else(BTreeMap::new, |path| layers.file(path));
        for arg in settings(command) {
            let name = arg.get_id().to_string();
            let from = path.clone().unwrap_or_default();
            let below = file.remove(&name).map(|value| {
                let value = paths::beside(&name, &value, Path::new(&from));
                layers.problems.extend(paths::left_behind(&name, &value, Path::new(&from)));
                (value.resolved, Origin::File(from))
            });
            if let Some((value, origin)) = above(arg).or(below) {
                layers.judge(arg, &value, &origin);
                layers.values.insert(name, (value, origin));
            }
        }
        let names: Vec<&str> = settings(command).map(|arg| arg.get_id().as_str()).collect();
        for unknown in file.keys() {
            let (path, hint) = (path.as_deref().unwrap_or_default(), hint(unknown, &names));
            layers.problems.push(format!("{unknown} (file {path}): there is no such setting{hint}"));
        }
        layers
    }

    /// Reports unknown variables with our prefix, which are probably mistyped.
    fn find_mistyped(&mut self, command: &Command, variables: &[String]) {
        let known: Vec<String> =
            settings(command).filter_map(Arg::get_env).map(|name| name.to_string_lossy().into_owned()).collect();
        let names: Vec<&str> = known.iter().map(String::as_str).collect();
        let ours = |name: &&String| name.starts_with(OURS) && !name.starts_with(OF_TESTS);
        for unknown in variables.iter().filter(ours).filter(|name| !names.contains(&name.as_str())) {
            let hint = hint(unknown, &names);
            self.problems.push(format!("{unknown} (environment): there is no such setting{hint}"));
        }
    }

    /// The file's settings as text.
    fn file(&mut self, path: &str) -> BTreeMap<String, String> {
        let table = fs::read_to_string(path).map_err(|error| error.to_string());
        let table = table.and_then(|text| text.parse::<toml::Table>().map_err(|error| place(&text, &error)));
        let mut values = BTreeMap::new();
        match table {
            Err(why) => self.problems.push(format!("{FILE}: the file {path} cannot be read: {why}")),
            Ok(table) => {
                for (name, value) in table {
                    match text(&value) {
                        Some(text) => drop(values.insert(name, text)),
                        None => self
                            .problems
                            .push(format!("{name} (file {path}): write text in quotes, a number, true or false")),
                    }
                }
            }
        }
        values
    }

    /// Validates a value and records the problem.
    fn judge(&mut self, arg: &Arg, value: &str, origin: &Origin) {
        let why = if is_switch(arg) {
            switched(value).is_none().then(|| "write true or false".to_owned())
        } else {
            refused(arg, value)
        };
        if let Some(why) = why {
            self.refused.insert(arg.get_id().to_string());
            let quoted = if arg.is_hide_env_values_set() { String::new() } else { format!(" `{value}`") };
            self.problems.push(format!("{} ({origin}):{quoted} cannot be used: {why}", arg.get_id()));
        }
    }

    /// A command line of only the settings with valid values.
    fn usable(&self, command: &Command) -> Vec<OsString> {
        let usable = settings(command).filter(|arg| !self.refused.contains(arg.get_id().as_str()));
        let written = usable.filter_map(|arg| {
            let (value, flag) = (&self.values.get(arg.get_id().as_str())?.0, arg.get_long()?);
            match is_switch(arg) {
                true => (switched(value) == Some(true)).then(|| format!("--{flag}")),
                false => Some(format!("--{flag}={value}")),
            }
        });
        [command.get_name().to_owned()].into_iter().chain(written).map(OsString::from).collect()
    }

    /// The command line with the settings of the environment and the file added to it.
    fn written_out(&self, command: &Command, line: &[OsString]) -> Vec<OsString> {
        let added = settings(command).filter_map(|arg| {
            let (value, origin) = self.values.get(arg.get_id().as_str())?;
            let flag = arg.get_long()?;
            match (origin, is_switch(arg)) {
                (Origin::Flag | Origin::BuiltIn | Origin::Unset, _) => None,
                (_, true) => (switched(value) == Some(true)).then(|| format!("--{flag}")),
                (_, false) => Some(format!("--{flag}={value}")),
            }
        });
        let (program, rest) = line.split_at(line.len().min(1));
        program.iter().cloned().chain(added.map(OsString::from)).chain(rest.iter().cloned()).collect()
    }
}

fn flag(flags: &ArgMatches, arg: &Arg) -> Option<(String, Origin)> {
    let id = arg.get_id().as_str();
    let given = flags.value_source(id) == Some(ValueSource::CommandLine);
    let value = match is_switch(arg) {
        true => flags.get_flag(id).to_string(),
        false => flags.get_one::<String>(id).cloned().unwrap_or_default(),
    };
    given.then_some((value, Origin::Flag))
}

fn from_environment(arg: &Arg, environment: Environment<'_>) -> Option<(String, Origin)> {
    let name = arg.get_env()?.to_string_lossy().into_owned();
    environment(&name).map(|value| (value, Origin::Environment(name)))
}

/// Why the argument rejects a value, if it does; parses it with a command of that argument alone.
fn refused(arg: &Arg, value: &str) -> Option<String> {
    let flag = format!("--{}={value}", arg.get_long()?);
    let probe = Command::new("probe").no_binary_name(true).arg(arg.clone().env(Resettable::Reset));
    let error = probe.try_get_matches_from([flag]).err()?;
    let said = std::error::Error::source(&error).map(ToString::to_string);
    let wanted = match error.get(ContextKind::ValidValue) {
        Some(ContextValue::Strings(values)) => Some(format!("write one of {}", values.join(", "))),
        _ => None,
    };
    Some(said.or(wanted).unwrap_or_else(|| "it is not what this setting can hold".into()))
}

fn switched(value: &str) -> Option<bool> {
    match value.trim().to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" | "1" => Some(true),
        "false" | "no" | "off" | "0" => Some(false),
        _ => None,
    }
}

fn text(value: &toml::Value) -> Option<String> {
    match value {
        toml::Value::String(text) => Some(text.clone()),
        toml::Value::Integer(number) => Some(number.to_string()),
        toml::Value::Float(number) => Some(number.to_string()),
        toml::Value::Boolean(switch) => Some(switch.to_string()),
        toml::Value::Datetime(_) | toml::Value::Array(_) | toml::Value::Table(_) => None,
    }
}

/// The error and its line in the file. The parser's own message would quote the line, which may hold a secret.
fn place(text: &str, error: &toml::de::Error) -> String {
    let line = error.span().map(|span| text.get(..span.start).unwrap_or_default().lines().count().max(1));
    let line = line.map(|line| format!("line {line}: ")).unwrap_or_default();
    format!("{line}{}", error.message())
}

/// Suggests the setting that was meant: the most similar name, or one that contains the given part.
fn hint(unknown: &str, names: &[&str]) -> String {
    let (unknown, near) = (unknown.replace('-', "_"), |name: &str, unknown: &str| {
        let part =
            name.len() > unknown.len() && unknown.len() > 3 && (name.ends_with(unknown) || name.starts_with(unknown));
        strsim::normalized_levenshtein(&name.to_lowercase(), &unknown.to_lowercase()) + if part { 0.5 } else { 0.0 }
    });
    let nearest = names.iter().max_by(|a, b| near(a, &unknown).total_cmp(&near(b, &unknown)));
    nearest.filter(|name| near(name, &unknown) > 0.7).map(|name| format!("; perhaps {name}?")).unwrap_or_default()
}

fn shown(command: &Command, values: &BTreeMap<String, (String, Origin)>) -> Vec<Setting> {
    let setting = |arg: &Arg| {
        let built_in = || arg.get_default_values().first().map(|value| value.to_string_lossy().into_owned());
        let built_in = || built_in().or_else(|| is_switch(arg).then(|| "false".to_owned()));
        let (value, origin) = match (values.get(arg.get_id().as_str()), built_in()) {
            (Some((value, origin)), _) => (value.clone(), origin.clone()),
            (None, Some(value)) => (value, Origin::BuiltIn),
            (None, None) => (String::new(), Origin::Unset),
        };
        let value = paths::whole(arg.get_id().as_str(), &value);
        let shown = if arg.is_hide_env_values_set() { masked(&value) } else { value };
        Setting { name: arg.get_id().to_string(), shown, origin }
    };
    settings(command).map(setting).collect()
}

/// Masks a secret. Of a URL only user and password are masked.
fn masked(value: &str) -> String {
    const MASK: &str = "••••••";
    match value.split_once("://") {
        Some((scheme, rest)) => {
            let rest = rest.split('?').next().unwrap_or_default();
            match rest.rsplit_once('@') {
                Some((_, host)) => format!("{scheme}://{MASK}@{host}"),
                None => format!("{scheme}://{rest}"),
            }
        }
        None if value.is_empty() || value.starts_with("sqlite:") => value.to_owned(),
        None => MASK.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{AppConfig, ServeConfig};
    use clap::{Parser, Subcommand};

    #[derive(Debug, Parser)]
    #[command(name = "ventanilla")]
    struct Program {
        #[command(subcommand)]
        _command: Option<Sub>,
        #[command(flatten)]
        app: AppConfig,
        #[command(flatten)]
        serve: ServeConfig,
    }

    #[derive(Debug, Subcommand)]
    enum Sub {
        Serve,
    }

    fn read(line: &[&str], environment: &[(&str, &str)], file: &str) -> Result<Settled<Program>, Unsettled> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("v.toml").display().to_string();
        fs::write(&path, file).unwrap();
        let all: BTreeMap<&str, &str> = environment.iter().copied().chain([("VENTANILLA_CONFIG", &*path)]).collect();
        let value = |name: &str| all.get(name).map(ToString::to_string).filter(|value| !value.is_empty());
        let line = ["ventanilla"].iter().chain(line).map(OsString::from);
        let command = <Program as clap::CommandFactory>::command();
        let names: Vec<String> = all.keys().map(ToString::to_string).collect();
        settle(&command, line, &value, &names, |program: &Program| program.serve.contradictions())
    }

    fn problems(line: &[&str], environment: &[(&str, &str)], file: &str) -> Vec<String> {
        match read(line, environment, file) {
            Err(Unsettled::Problems(problems)) => problems,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn flags_come_before_the_environment_and_the_environment_before_the_file() {
        let file = "listen = '127.0.0.1:1'\nhttps = true\nkey_file = 'f'\nlog = 'debug'";
        let environment = [("VENTANILLA_LISTEN", "127.0.0.1:2"), ("VENTANILLA_KEY_FILE", "e"), ("RUST_LOG", "")];
        let settled = read(&["serve", "--listen", "127.0.0.1:3"], &environment, file).unwrap();
        let Program { app, serve, .. } = settled.arguments;
        assert_eq!((serve.listen.port(), serve.https, &*serve.log), (3, true, "debug"));
        assert_eq!(app.key_file.to_str(), Some("e"));
        let origin = |name| settled.settings.iter().find(|setting| setting.name == name).unwrap().origin.clone();
        assert_eq!(origin("listen"), Origin::Flag);
        assert_eq!(origin("key_file"), Origin::Environment("VENTANILLA_KEY_FILE".into()));
        assert!(matches!(origin("https"), Origin::File(_)));
        assert_eq!((origin("time_zone"), origin("replica")), (Origin::BuiltIn, Origin::Unset));
    }

    #[test]
    fn everything_that_is_wrong_is_said_at_once_and_secrets_are_not_repeated() {
        let file = "lissten = 'x'\ntime_zone = 'Chile'\nhttps = 'perhaps'\nreplica = ['a']";
        let environment = [("DATABASE_URL", "mysql://u:SECRET@h/d"), ("VENTANILLA_METRICS_LISTEN", "9090")];
        let found = problems(&["--telegram-api-url", "ftp://x"], &environment, file).join("\n");
        for part in [
            "lissten",
            "perhaps listen?",
            "time_zone",
            "America/Santiago",
            "https",
            "true or false",
            "replica",
            "database_url",
            "metrics_listen",
            "telegram_api_url (flag): `ftp://x`",
        ] {
            assert!(found.contains(part), "{part}: {found}");
        }
        assert!(!found.contains("SECRET"), "{found}");
        assert!(
            problems(&[], &[], "token = 'SECRET\n")
                .iter()
                .all(|words| words.contains("line 1") && !words.contains("SECRET"))
        );
    }

    #[test]
    fn a_variable_that_looks_like_ours_and_is_none_is_said_with_what_was_perhaps_meant() {
        let environment = [("VENTANILLA_LISTN", "127.0.0.1:1"), ("VENTANILLA_HOME", "x"), ("TELEGRAM_OF_OTHERS", "x")];
        let found = problems(&[], &environment, "webhook_url = 'https://x'\nkey-file = 'k'");
        assert_eq!(found.len(), 4, "{found:?}");
        for part in
            ["perhaps VENTANILLA_LISTEN?", "VENTANILLA_HOME", "perhaps telegram_webhook_url?", "perhaps key_file?"]
        {
            assert!(found.iter().any(|words| words.contains(part)), "{part}: {found:?}");
        }
    }

    #[test]
    fn settings_that_do_not_fit_together_are_refused() {
        let environment = [("TELEGRAM_WEBHOOK_URL", "https://x"), ("VENTANILLA_METRICS_LISTEN", "127.0.0.1:8080")];
        assert_eq!(problems(&[], &environment, "").len(), 3);
    }

    #[test]
    fn what_does_not_fit_together_is_said_beside_what_cannot_be_used_and_not_about_it() {
        let webhook = ("TELEGRAM_WEBHOOK_URL", "http://x");
        let found = problems(&["--log", "loud"], &[webhook, ("TELEGRAM_WEBHOOK_SECRET", "short")], "").join("\n");
        for part in ["log (flag): `loud`", "telegram_webhook_secret", "https://", "needs telegram_bot_token"] {
            assert!(found.contains(part), "{part}: {found}");
        }
        assert!(!found.contains("needs telegram_webhook_secret"), "there is one: {found}");
        let own = [webhook, ("TELEGRAM_API_URL", "127.0.0.1:8081")];
        assert!(
            !problems(&[], &own, "").join("\n").contains("must begin with https://: Telegram"),
            "it may be a server of one's own"
        );
    }

    #[test]
    fn secrets_are_masked() {
        assert_eq!(masked("postgres://user:pass@host:5/db?password=x"), "postgres://••••••@host:5/db");
        assert_eq!(masked("123:ABC"), "••••••");
        assert_eq!(masked("sqlite:ventanilla.db"), "sqlite:ventanilla.db");
        assert_eq!(masked(""), "");
    }

    /// The example files name every setting once, with valid values.
    #[test]
    fn the_example_files_are_in_step_with_the_settings() {
        let command = <Program as clap::CommandFactory>::command();
        let env = include_str!("../../.env.example");
        let toml = include_str!("../../ventanilla.example.toml");
        for arg in settings(&command) {
            let variable = arg.get_env().unwrap().to_string_lossy();
            let named = |text: &str, name: &str, sep: &str| {
                text.lines().filter(|line| line.trim_start_matches('#').starts_with(&format!("{name}{sep}"))).count()
            };
            assert_eq!(named(env, &variable, "="), 1, ".env.example: {variable}");
            if arg.get_id() != FILE {
                assert_eq!(named(toml, arg.get_id().as_str(), " = "), 1, "ventanilla.example.toml: {}", arg.get_id());
            }
        }
        let uncommented: String = toml
            .lines()
            .filter_map(|line| line.strip_prefix('#').filter(|rest| rest.contains(" = ")).or(Some(line)))
            .map(|line| format!("{line}\n"))
            .collect();
        read(&[], &[], &uncommented).unwrap();
    }
}
