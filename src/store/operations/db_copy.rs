//! Copies and compares whole tables; read off the schema, so that tables added later are copied as well.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use futures::TryStreamExt;
use sha2::{Digest, Sha256};
use sqlx::postgres::{PgConnection, PgRow};
use sqlx::sqlite::{SqliteConnection, SqliteRow};
use sqlx::{AssertSqlSafe, ColumnIndex, Database, Decode, Row, Type};

use crate::store::db::{StoreError, Tx};

/// The table that records the applied migrations; each database keeps its own.
const MIGRATIONS: &str = "_sqlx_migrations";
/// How many rows are written at once.
const CHUNK: usize = 1000;

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: String,
    columns: Vec<(String, Kind)>,
}

/// The type of a column: the types that both databases have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Whole,
    Real,
    Truth,
    Bytes,
}

impl Kind {
    fn parse(table: &str, column: &str, declared: &str) -> Result<Kind, StoreError> {
        match declared.to_lowercase().as_str() {
            "text" => Ok(Kind::Text),
            "bigint" | "integer" => Ok(Kind::Whole),
            "double precision" | "real" => Ok(Kind::Real),
            "boolean" => Ok(Kind::Truth),
            "bytea" | "blob" => Ok(Kind::Bytes),
            other => Err(StoreError::Schema(format!("{table}.{column} is of the type {other}, which nobody can move"))),
        }
    }

    /// Its array type in PostgreSQL.
    fn array(self) -> &'static str {
        match self {
            Kind::Text => "text[]",
            Kind::Whole => "bigint[]",
            Kind::Real => "double precision[]",
            Kind::Truth => "boolean[]",
            Kind::Bytes => "bytea[]",
        }
    }
}

/// One value.
#[derive(Debug, Clone)]
enum Cell {
    Text(Option<String>),
    Whole(Option<i64>),
    Real(Option<f64>),
    Truth(Option<bool>),
    Bytes(Option<Vec<u8>>),
}

impl Cell {
    fn read<'r, R>(row: &'r R, place: usize, kind: Kind) -> Result<Cell, sqlx::Error>
    where
        R: Row,
        usize: ColumnIndex<R>,
        Option<String>: Decode<'r, R::Database> + Type<R::Database>,
        Option<i64>: Decode<'r, R::Database> + Type<R::Database>,
        Option<f64>: Decode<'r, R::Database> + Type<R::Database>,
        Option<bool>: Decode<'r, R::Database> + Type<R::Database>,
        Option<Vec<u8>>: Decode<'r, R::Database> + Type<R::Database>,
        R::Database: Database,
    {
        Ok(match kind {
            Kind::Text => Cell::Text(row.try_get(place)?),
            Kind::Whole => Cell::Whole(row.try_get(place)?),
            Kind::Real => Cell::Real(row.try_get(place)?),
            Kind::Truth => Cell::Truth(row.try_get(place)?),
            Kind::Bytes => Cell::Bytes(row.try_get(place)?),
        })
    }

    /// Adds the value and its length to a digest, so that different rows get different digests.
    fn feed(&self, digest: &mut Sha256) {
        let bytes = match self {
            Cell::Text(value) => value.as_ref().map(|text| text.as_bytes().to_vec()),
            Cell::Whole(value) => value.map(|number| number.to_be_bytes().to_vec()),
            Cell::Real(value) => value.map(|number| number.to_bits().to_be_bytes().to_vec()),
            Cell::Truth(value) => value.map(|truth| vec![u8::from(truth)]),
            Cell::Bytes(value) => value.clone(),
        };
        digest.update([u8::from(bytes.is_some())]);
        let bytes = bytes.unwrap_or_default();
        digest.update((bytes.len() as u64).to_be_bytes());
        digest.update(bytes);
    }
}

/// The rows of a table by their digests, and how often each occurs.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Rows(HashMap<[u8; 32], i64>);

impl Rows {
    fn add(&mut self, row: &[Cell]) {
        let mut digest = Sha256::new();
        row.iter().for_each(|cell| cell.feed(&mut digest));
        *self.0.entry(digest.finalize().into()).or_default() += 1;
    }

    /// How many rows there are.
    pub fn len(&self) -> i64 {
        self.0.values().sum()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// All tables except that of the migrations; tables that others refer to come first.
///
/// # Errors
/// If a column has a type that cannot be copied.
pub async fn tables(tx: &mut Tx) -> Result<Vec<Table>, StoreError> {
    let (columns, references) = match tx {
        Tx::Sqlite(tx) => sqlite_schema(tx).await?,
        Tx::Postgres(tx) => postgres_schema(tx).await?,
    };
    let mut found: BTreeMap<String, Table> = BTreeMap::new();
    for (table, column, declared) in columns {
        let kind = Kind::parse(&table, &column, &declared)?;
        let table = found.entry(table.clone()).or_insert(Table { name: table, columns: Vec::new() });
        table.columns.push((column, kind));
    }
    Ok(in_order(found, &references))
}

type Schema = (Vec<(String, String, String)>, BTreeSet<(String, String)>);

async fn sqlite_schema(c: &mut SqliteConnection) -> Result<Schema, StoreError> {
    const COLUMNS: &str = "SELECT t.name, c.name, c.type FROM sqlite_master t, pragma_table_info(t.name) c \
         WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' AND t.name <> $1 ORDER BY t.name, c.name";
    const REFERENCES: &str = "SELECT DISTINCT t.name, f.\"table\" FROM sqlite_master t, pragma_foreign_key_list(t.name) f \
         WHERE t.type = 'table'";
    let columns = sqlx::query_as(COLUMNS).bind(MIGRATIONS).fetch_all(&mut *c).await?;
    Ok((columns, sqlx::query_as(REFERENCES).fetch_all(c).await?.into_iter().collect()))
}

async fn postgres_schema(c: &mut PgConnection) -> Result<Schema, StoreError> {
    const COLUMNS: &str = "SELECT c.table_name::text, c.column_name::text, c.data_type::text \
         FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name) \
         WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE' AND c.table_name <> $1 \
         ORDER BY c.table_name COLLATE \"C\", c.column_name COLLATE \"C\"";
    const REFERENCES: &str = "SELECT DISTINCT a.relname::text, b.relname::text FROM pg_constraint k \
         JOIN pg_class a ON a.oid = k.conrelid JOIN pg_class b ON b.oid = k.confrelid WHERE k.contype = 'f'";
    let columns = sqlx::query_as(COLUMNS).bind(MIGRATIONS).fetch_all(&mut *c).await?;
    Ok((columns, sqlx::query_as(REFERENCES).fetch_all(c).await?.into_iter().collect()))
}

fn in_order(mut left: BTreeMap<String, Table>, references: &BTreeSet<(String, String)>) -> Vec<Table> {
    let mut ordered = Vec::new();
    while !left.is_empty() {
        let waits =
            |name: &str| references.iter().any(|(from, to)| from == name && to != name && left.contains_key(to));
        // Tables that refer to each other in a cycle have no order: the database will report it.
        let next = left.keys().find(|name| !waits(name)).or_else(|| left.keys().next()).cloned();
        ordered.extend(next.and_then(|name| left.remove(&name)));
    }
    ordered
}

/// Deletes all rows of a table.
///
/// # Errors
/// If other rows refer to them.
pub async fn empty(tx: &mut Tx, table: &Table) -> Result<(), StoreError> {
    let sql = format!("DELETE FROM {}", quoted(&table.name));
    crate::store::db::on_tx!(tx, c => async { sqlx::query(AssertSqlSafe(sql)).execute(c).await.map(|_| ()) })?;
    Ok(())
}

/// Reads the rows of a table as digests.
pub async fn rows(tx: &mut Tx, table: &Table) -> Result<Rows, StoreError> {
    let sql = select(table);
    let mut rows = Rows::default();
    match tx {
        Tx::Sqlite(tx) => {
            let mut found = sqlx::query(AssertSqlSafe(sql)).fetch(&mut **tx);
            while let Some(row) = found.try_next().await? {
                rows.add(&sqlite_cells(&row, table)?);
            }
        }
        Tx::Postgres(tx) => {
            let mut found = sqlx::query(AssertSqlSafe(sql)).fetch(&mut **tx);
            while let Some(row) = found.try_next().await? {
                rows.add(&postgres_cells(&row, table)?);
            }
        }
    }
    Ok(rows)
}

/// Copies all rows of a table from SQLite to PostgreSQL; returns the rows that were read.
///
/// # Errors
/// If PostgreSQL refuses a row, or the two are not SQLite and PostgreSQL.
pub async fn copy(from: &mut Tx, to: &mut Tx, table: &Table) -> Result<Rows, StoreError> {
    let (Tx::Sqlite(from), Tx::Postgres(to)) = (from, to) else { return Err(StoreError::Address) };
    let (mut rows, mut chunk) = (Rows::default(), Vec::new());
    let mut found = sqlx::query(AssertSqlSafe(select(table))).fetch(&mut **from);
    while let Some(row) = found.try_next().await? {
        let cells = sqlite_cells(&row, table)?;
        rows.add(&cells);
        chunk.push(cells);
        if chunk.len() == CHUNK {
            insert(to, table, std::mem::take(&mut chunk)).await?;
        }
    }
    insert(to, table, chunk).await?;
    Ok(rows)
}

fn sqlite_cells(row: &SqliteRow, table: &Table) -> Result<Vec<Cell>, StoreError> {
    let cells = table.columns.iter().enumerate().map(|(place, (_, kind))| Cell::read(row, place, *kind));
    Ok(cells.collect::<Result<_, _>>()?)
}

fn postgres_cells(row: &PgRow, table: &Table) -> Result<Vec<Cell>, StoreError> {
    let cells = table.columns.iter().enumerate().map(|(place, (_, kind))| Cell::read(row, place, *kind));
    Ok(cells.collect::<Result<_, _>>()?)
}

/// Writes rows, each column as one array.
async fn insert(c: &mut PgConnection, table: &Table, rows: Vec<Vec<Cell>>) -> Result<(), StoreError> {
    if rows.is_empty() {
        return Ok(());
    }
    let arrays: Vec<String> = table
        .columns
        .iter()
        .enumerate()
        .map(|(place, (_, kind))| format!("${}::{}", place + 1, kind.array()))
        .collect();
    let sql =
        format!("INSERT INTO {} ({}) SELECT * FROM UNNEST({})", quoted(&table.name), columns(table), arrays.join(", "));
    let mut query = sqlx::query(AssertSqlSafe(sql));
    for (place, (_, kind)) in table.columns.iter().enumerate() {
        let column = rows.iter().filter_map(|row| row.get(place));
        macro_rules! bind {
            ($kind:ident) => {
                query.bind(
                    column
                        .map(|cell| if let Cell::$kind(value) = cell { value.clone() } else { None })
                        .collect::<Vec<_>>(),
                )
            };
        }
        query = match kind {
            Kind::Text => bind!(Text),
            Kind::Whole => bind!(Whole),
            Kind::Real => bind!(Real),
            Kind::Truth => bind!(Truth),
            Kind::Bytes => bind!(Bytes),
        };
    }
    query.execute(c).await?;
    Ok(())
}

fn select(table: &Table) -> String {
    format!("SELECT {} FROM {}", columns(table), quoted(&table.name))
}

fn columns(table: &Table) -> String {
    table.columns.iter().map(|(name, _)| quoted(name)).collect::<Vec<_>>().join(", ")
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
