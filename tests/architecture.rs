//! The rules of the architecture, read off the source: who may import whom, which crate is used where, what no file may hold.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;

/// Modules in layers: a module may import those of earlier layers.
const LAYERS: &[&[&str]] = &[
    &["domain", "clock", "metrics", "files", "starter"],
    &["i18n", "store", "encryption"],
    &["understanding"],
    &["pack", "exports"],
    &["bot"],
    &["app"],
    &["telegram", "terminal", "web", "config"],
    &["cli"],
];

/// What decides and computes, without a clock, a database, a network or chance.
const PURE: &[&str] = &["domain", "understanding", "bot"];

/// What pure modules may not import.
const IMPURE: &[&str] = &["clock", "metrics", "files", "store", "encryption"];

/// The most files that lie flat in a folder.
const MOST_FILES: usize = 20;

/// Crates that only some places may name.
const CRATES: &[(&str, &[&str])] = &[
    ("sqlx", &["store/"]),
    ("teloxide", &["telegram/"]),
    ("axum", &["web/", "telegram/", "cli/serve.rs"]),
    ("askama", &["web/"]),
    ("clap", &["cli/", "config/"]),
    ("fluent_bundle", &["i18n/"]),
    ("chacha20poly1305", &["encryption/"]),
    ("getrandom", &["encryption/"]),
    ("calamine", &["exports/spreadsheets/"]),
    ("rust_xlsxwriter", &["exports/spreadsheets/"]),
    ("zip", &["exports/spreadsheets/"]),
    ("plotters", &["web/"]),
    ("metrics_exporter_prometheus", &["metrics.rs"]),
    ("governor", &["clock.rs", "web/", "telegram/outgoing/rate_limit.rs"]),
];

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The texts of all files below a folder that end so, with their paths inside it.
fn texts(folder: &Path, end: &str) -> BTreeMap<String, String> {
    let (mut found, mut folders) = (BTreeMap::new(), vec![folder.to_owned()]);
    while let Some(next) = folders.pop() {
        for file in fs::read_dir(next).unwrap() {
            let path = file.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.to_string_lossy().ends_with(end) {
                let name = path.strip_prefix(folder).unwrap().to_string_lossy().into_owned();
                found.insert(name, fs::read_to_string(&path).unwrap());
            }
        }
    }
    found
}

/// Every file of `src/`: its path inside it, and its text.
fn files() -> BTreeMap<String, String> {
    texts(&source(), ".rs")
}

fn without_tests(text: &str) -> &str {
    text.split("\n#[cfg(test)]\nmod tests").next().unwrap()
}

fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&module))
}

fn module(file: &str) -> &str {
    file.split('/').next().unwrap().trim_end_matches(".rs")
}

#[test]
fn every_module_has_its_layer_and_imports_only_from_earlier_ones() {
    let import = Regex::new(r"\bcrate::([a-z_0-9]+)").unwrap();
    let mut wrong = Vec::new();
    for (file, text) in files() {
        let own = module(&file);
        if matches!(own, "lib" | "main") {
            continue;
        }
        let own_layer = layer(own).unwrap_or_else(|| panic!("{file}: `{own}` has no layer: give it one in this test"));
        for found in import.captures_iter(without_tests(&text)) {
            let other = found.get(1).unwrap().as_str();
            if other != own && layer(other).is_none_or(|other| other >= own_layer) {
                wrong.push(format!("{file} imports {other}"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

/// What a file imports: paths of modules with what is named in them, from `use` trees and from paths in the text.
mod imports {
    use std::collections::{BTreeMap, BTreeSet};

    use regex::Regex;

    /// A module's path, or that of something in it.
    pub type Path = Vec<String>;

    /// The modules of `src/` with their texts, without comments, tests and visibilities.
    pub fn modules(files: &BTreeMap<String, String>) -> BTreeMap<Path, String> {
        let comment = Regex::new(r"//[^\n]*|pub\(in [^)]*\)").unwrap();
        let module = |file: &str| -> Path {
            let path = file.trim_end_matches(".rs").trim_end_matches("/mod");
            if path == "lib" { Vec::new() } else { path.split('/').map(str::to_owned).collect() }
        };
        let text = |text: &str| comment.replace_all(super::without_tests(text), "").into_owned();
        files.iter().filter(|(file, _)| *file != "main.rs").map(|(file, all)| (module(file), text(all))).collect()
    }

    /// The paths of a `use` tree: `a::{b, c::d}` is `a::b` and `a::c::d`.
    fn leaves(tree: &str) -> Vec<Path> {
        let Some(open) = tree.find('{') else {
            let path = tree.split(" as ").next().unwrap_or_default();
            let parts = path
                .split("::")
                .map(str::trim)
                .filter(|part| !part.is_empty() && *part != "self" || path.starts_with("self"));
            return vec![parts.map(str::to_owned).collect()];
        };
        let (head, inside) = (&tree[..open], &tree[open + 1..tree.rfind('}').unwrap_or(tree.len())]);
        let (mut depth, mut from, mut found) = (0, 0, Vec::new());
        let ends = inside.char_indices().filter_map(|(at, sign)| {
            depth += match sign {
                '{' => 1,
                '}' => -1,
                _ => 0,
            };
            (sign == ',' && depth == 0).then_some(at)
        });
        for end in ends.collect::<Vec<_>>().into_iter().chain([inside.len()]) {
            let part = inside[from..end].trim();
            if !part.is_empty() {
                let part =
                    if part == "self" { head.trim_end_matches("::").to_owned() } else { format!("{head}{part}") };
                found.extend(leaves(&part));
            }
            from = end + 1;
        }
        found
    }

    /// Where a path leads that stands in a module; nothing where it leads out of the crate.
    fn resolved(modules: &BTreeMap<Path, String>, base: &Path, path: &[String]) -> Option<Path> {
        let (first, rest) = path.split_first()?;
        let joined = |base: &[String], rest: &[String]| Some([base, rest].concat());
        match first.as_str() {
            "crate" | "$crate" => Some(rest.to_vec()),
            "self" => joined(base, rest),
            "super" => {
                let parent = &base[..base.len().checked_sub(1)?].to_vec();
                if rest.first().is_some_and(|next| next == "super") {
                    resolved(modules, parent, rest)
                } else {
                    joined(parent, rest)
                }
            }
            _ => {
                let child = [base.as_slice(), std::slice::from_ref(first)].concat();
                modules.contains_key(&child).then(|| [child.as_slice(), rest].concat())
            }
        }
    }

    /// For each module the modules that it needs: what is only passed on (`pub use`) is followed to where it is made.
    pub fn needs(modules: &BTreeMap<Path, String>) -> BTreeMap<Path, BTreeSet<Path>> {
        let import = Regex::new(r"(?m)^\s*(pub(?:\([a-z]+\))? )?use ([^;]+);").unwrap();
        let inline = Regex::new(r"(?:\$?crate|super|self)(?:::[A-Za-z_][A-Za-z0-9_]*)+").unwrap();
        let (mut passed, mut used) = (BTreeMap::new(), BTreeMap::new());
        for (module, text) in modules {
            let mine: &mut Vec<Path> = used.entry(module.clone()).or_default();
            for found in import.captures_iter(text) {
                for path in leaves(&found[2]) {
                    let Some(to) = resolved(modules, module, &path) else { continue };
                    match (found.get(1), to.last()) {
                        (Some(_), Some(name)) => drop(passed.insert((module.clone(), name.clone()), to)),
                        (Some(_), None) => {}
                        (None, _) => mine.push(to),
                    }
                }
            }
            let rest = import.replace_all(text, "");
            let paths =
                inline.find_iter(&rest).map(|path| path.as_str().split("::").map(str::to_owned).collect::<Path>());
            mine.extend(paths.filter_map(|path| resolved(modules, module, &path)));
        }
        let target = |path: &Path| {
            let mut path = path.clone();
            for _ in 0..8 {
                let at = (0..=path.len()).rev().find(|n| modules.contains_key(&path[..*n])).unwrap_or_default();
                let next = path.get(at).and_then(|name| passed.get(&(path[..at].to_vec(), name.clone())));
                match next {
                    Some(next) => path = [next.as_slice(), &path[at + 1..]].concat(),
                    None => return path[..at].to_vec(),
                }
            }
            path
        };
        let needed = |(module, paths): (Path, Vec<Path>)| {
            let all = paths.iter().map(target).filter(|other| *other != module && !other.is_empty()).collect();
            (module, all)
        };
        used.into_iter().map(needed).collect()
    }
}

#[test]
fn no_file_needs_one_that_needs_it() {
    let modules = imports::modules(&files());
    let mut needs = imports::needs(&modules);
    assert!(needs[&vec!["app".to_owned(), "turns".to_owned(), "take_turn".to_owned()]].len() > 10);
    // What needs nothing that is left stands in no circle, and neither does what nothing needs that is left.
    let mut before = 0;
    while needs.len() != before {
        before = needs.len();
        needs.retain(|_, all| !all.is_empty());
        let left: BTreeSet<_> = needs.keys().cloned().collect();
        let needed: BTreeSet<_> = needs.values().flatten().cloned().collect();
        needs.retain(|module, _| needed.contains(module));
        needs.values_mut().for_each(|all| all.retain(|other| left.contains(other)));
    }
    let circle: Vec<_> = needs.iter().map(|(module, all)| format!("{module:?} needs {all:?}")).collect();
    assert_eq!(circle, Vec::<String>::new());
}

/// The layers as ARCHITECTURE.md shows them.
fn picture() -> String {
    let lines = LAYERS.iter().enumerate().map(|(number, layer)| {
        let names = layer.iter().map(|name| name.to_string()).collect::<Vec<_>>().join("   ");
        let pure: Vec<&str> = layer.iter().copied().filter(|name| PURE.contains(name)).collect();
        let note = if pure.is_empty() { String::new() } else { format!("   (pure: {})", pure.join(", ")) };
        format!("{}  {names}{note}\n", number + 1)
    });
    format!("```\n{}```\n", lines.collect::<String>())
}

#[test]
#[expect(clippy::disallowed_methods, reason = "whoever changes the layers asks for the picture to be written")]
fn the_picture_of_the_layers_is_true() {
    let path = source().parent().unwrap().join("ARCHITECTURE.md");
    let text = fs::read_to_string(&path).unwrap();
    let (begin, end) = ("<!-- layers: written by tests/architecture.rs -->\n", "<!-- end of layers -->");
    let (before, rest) = text.split_once(begin).unwrap();
    let (shown, after) = rest.split_once(end).unwrap();
    let picture = picture();
    if shown != picture && std::env::var_os("WRITE_ARCHITECTURE").is_some() {
        return fs::write(&path, [before, begin, &picture, end, after].concat()).unwrap();
    }
    assert_eq!(shown, picture, "WRITE_ARCHITECTURE=1 cargo test --test architecture writes it");
}

#[test]
fn every_room_is_named_in_the_map_and_the_map_is_short() {
    let text = fs::read_to_string(source().parent().unwrap().join("ARCHITECTURE.md")).unwrap();
    assert!(text.len() <= 12_000, "{} bytes: results and details belong into docs/", text.len());
    for file in files().into_keys().filter(|file| !file.starts_with("lib") && !file.starts_with("main")) {
        let name = match file.rsplit_once('/') {
            None => format!("`{file}`"),
            Some((folder, _)) => format!("`{}/`", folder.rsplit('/').next().unwrap()),
        };
        assert!(text.contains(&name), "ARCHITECTURE.md does not name {name} ({file})");
    }
}

#[test]
fn what_is_pure_imports_nothing_that_is_not() {
    let import = Regex::new(r"\bcrate::([a-z_0-9]+)").unwrap();
    for (file, text) in files().into_iter().filter(|(file, _)| PURE.contains(&module(file))) {
        for found in import.captures_iter(without_tests(&text)) {
            let other = found.get(1).unwrap().as_str();
            assert!(!IMPURE.contains(&other), "{file} imports {other}");
        }
    }
}

#[test]
fn no_folder_holds_more_files_than_one_sees_at_a_glance() {
    let mut folders: BTreeMap<String, usize> = BTreeMap::new();
    for file in files().into_keys() {
        let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
        *folders.entry(folder.to_owned()).or_default() += 1;
    }
    folders.retain(|_, count| *count > MOST_FILES);
    assert_eq!(folders, BTreeMap::new());
}

#[test]
fn crates_are_used_only_where_they_belong() {
    let mut wrong = Vec::new();
    for (file, text) in files() {
        for (name, places) in CRATES {
            let named = Regex::new(&format!(r"\b{name}::")).unwrap();
            if named.is_match(without_tests(&text)) && !places.iter().any(|place| file.starts_with(place)) {
                wrong.push(format!("{file} uses {name}"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn transactions_begin_only_in_use_cases() {
    let begin = Regex::new(r"\.begin(_batch)?\(\)").unwrap();
    let allowed = |file: &str| file.starts_with("app/") || file == "store/db/mod.rs";
    let wrong: Vec<_> = files()
        .into_iter()
        .filter(|(file, text)| !allowed(file) && begin.is_match(without_tests(text)))
        .map(|(file, _)| file)
        .collect();
    assert_eq!(wrong, Vec::<String>::new());
}

/// A filter that fits no test runs nothing and passes.
#[test]
fn every_test_that_a_document_names_is_there() {
    let root = source().parent().unwrap().to_owned();
    let function = Regex::new(r"\bfn ([a-z0-9_]+)").unwrap();
    let mut tests = Vec::new();
    for (file, text) in texts(&root.join("tests/it"), ".rs") {
        let module = file.trim_end_matches(".rs").trim_end_matches("/mod").replace('/', "::");
        tests.extend(function.captures_iter(&text).map(|found| format!("::{module}::{}", &found[1])));
    }
    let named = Regex::new(r"cargo test --test it (?:-- )?(?:--[a-z]+ )*([a-z][a-z0-9_:]*)").unwrap();
    let mut documents = texts(&root.join("docs"), ".md");
    for name in ["README.md", "OPERATING.md", "CONTRIBUTING.md", "tests/planted/README.md"] {
        documents.insert(name.to_owned(), fs::read_to_string(root.join(name)).unwrap());
    }
    for (document, text) in documents {
        for found in named.captures_iter(&text) {
            let begins = format!("::{}", &found[1]);
            assert!(tests.iter().any(|test| test.contains(&begins)), "{document}: no test begins with `{}`", &found[1]);
        }
    }
}

#[test]
fn every_file_begins_with_a_sentence_on_what_it_is_for() {
    for (file, text) in files() {
        let first = text.lines().next().unwrap_or_default();
        assert!(first.starts_with("//! ") && first.len() > 20, "{file}: {first}");
    }
}

#[test]
fn no_language_is_named_outside_its_folder() {
    let codes: Vec<String> = fs::read_dir(source().parent().unwrap().join("locales"))
        .unwrap()
        .map(|folder| folder.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    // Spelling variants are groups of letters, and one of them looks like a language's code.
    for (file, text) in files().into_iter().filter(|(file, _)| file != "understanding/matching/phonetic.rs") {
        for code in &codes {
            assert!(!without_tests(&text).contains(&format!("\"{code}\"")), "{file} names the language {code}");
        }
    }
}

#[test]
fn no_file_is_a_drawer_for_everything() {
    for file in files().keys() {
        for name in ["util", "helper", "manager", "common", "misc"] {
            assert!(!file.contains(name), "{file}: name it by what it is for");
        }
    }
}

#[test]
fn lints_are_expected_with_a_reason_and_never_allowed() {
    let allow = ["#[", "allow("].concat();
    for (file, text) in files() {
        assert!(!text.contains(&allow), "{file}");
    }
}

#[test]
fn nothing_changes_or_deletes_a_line_of_the_audit_log() {
    let change =
        Regex::new(r"(?i)\b(update|delete\s+from|drop\s+table|alter\s+table|replace\s+into|truncate)\s+audit\b")
            .unwrap();
    assert!(change.is_match("DELETE FROM audit WHERE at < $1"));
    for (file, text) in files() {
        assert!(!change.is_match(without_tests(&text)), "{file}");
    }
    for file in fs::read_dir(source().parent().unwrap().join("migrations")).unwrap() {
        let path = file.unwrap().path();
        assert!(!change.is_match(&fs::read_to_string(&path).unwrap()), "{}", path.display());
    }
}

#[test]
fn words_become_redacted_only_by_redaction_or_out_of_the_store() {
    for (file, text) in files().into_iter().filter(|(file, _)| file != "domain/text/redacted.rs") {
        let text = without_tests(&text);
        assert!(!text.contains("of_redacted(") || file.starts_with("understanding/redaction/"), "{file}");
        assert!(!text.contains("Redacted::from_store") || file.starts_with("store/"), "{file}");
    }
}
