//! Functions, procedures and aggregates.

use limbeck_core::catalogue::Kind;
use limbeck_core::catalogue::Object;
use limbeck_core::catalogue::ObjectId;
use serde::Deserialize;

use super::collected::Collected;
use super::entry;
use super::entry::Head;

#[derive(Debug, Deserialize)]
struct FunctionEntry {
    #[serde(flatten)]
    head: Head,
    kind: char,
    definition: Option<String>,
    types: String,
    arguments: String,
    /// With the names of the arguments and their modes, which CREATE OR REPLACE cannot change.
    signature: String,
    result: Option<String>,
    /// How many of the arguments have a default.
    defaults: i32,
    aggregate: Option<Aggregate>,
    /// What the server keeps as text, in a language that it could look into when the function is made.
    body: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Aggregate {
    kind: char,
    transition: String,
    state: String,
    space: i64,
    initial: Option<String>,
    last: Option<String>,
    last_extra: bool,
    combine: Option<String>,
    serialize: Option<String>,
    deserialize: Option<String>,
    moving_transition: Option<String>,
    inverse: Option<String>,
    moving_state: Option<String>,
    moving_initial: Option<String>,
    moving_last: Option<String>,
    sort: Option<String>,
    parallel: char,
}

/// An aggregate `g`. A function that is none is 0.
const AGGREGATE: &str = "\
    json_build_object('kind', g.aggkind, 'transition', g.aggtransfn::text, \
        'state', format_type(g.aggtranstype, NULL), 'space', g.aggtransspace, 'initial', g.agginitval, \
        'last', nullif(g.aggfinalfn::oid, 0)::regproc::text, 'last_extra', g.aggfinalextra, \
        'combine', nullif(g.aggcombinefn::oid, 0)::regproc::text, \
        'serialize', nullif(g.aggserialfn::oid, 0)::regproc::text, \
        'deserialize', nullif(g.aggdeserialfn::oid, 0)::regproc::text, \
        'moving_transition', nullif(g.aggmtransfn::oid, 0)::regproc::text, \
        'inverse', nullif(g.aggminvtransfn::oid, 0)::regproc::text, \
        'moving_state', format_type(nullif(g.aggmtranstype, 0), NULL), 'moving_initial', g.aggminitval, \
        'moving_last', nullif(g.aggmfinalfn::oid, 0)::regproc::text, \
        'sort', nullif(g.aggsortop, 0)::regoper::text, 'parallel', k.proparallel)";

pub(super) fn question() -> String {
    let head = entry::head("k", "proname");
    let (in_use, alone) = (entry::IN_USE, entry::stands_alone("k"));
    format!(
        "SELECT json_build_object({head}, 'kind', k.prokind, \
            'definition', CASE WHEN k.prokind <> 'a' THEN pg_get_functiondef(k.oid) END, \
            'types', oidvectortypes(k.proargtypes), 'arguments', pg_get_function_identity_arguments(k.oid), \
            'signature', concat_ws(' ', k.proargnames::text, k.proargmodes::text, k.proallargtypes::text), \
            'result', pg_get_function_result(k.oid), 'defaults', k.pronargdefaults, \
            'body', CASE WHEN l.lanname IN ('sql', 'plpgsql') THEN nullif(k.prosrc, '') END, \
            'aggregate', CASE WHEN k.prokind = 'a' THEN \
                (SELECT {AGGREGATE} FROM pg_aggregate AS g WHERE g.aggfnoid = k.oid) END) \
         FROM pg_proc AS k JOIN pg_namespace AS n ON n.oid = k.pronamespace \
         JOIN pg_language AS l ON l.oid = k.prolang \
         WHERE {in_use} AND {alone} \
         AND NOT EXISTS (SELECT FROM pg_depend AS d WHERE d.classid = 'pg_proc'::regclass AND d.objid = k.oid \
             AND d.deptype = 'i') ORDER BY k.oid"
    )
}

pub(super) fn take(document: &str, into: &mut Collected) -> Result<(), serde_json::Error> {
    let entry: FunctionEntry = serde_json::from_str(document)?;
    let (kind, word) = match entry.kind {
        'p' => (Kind::Procedure, "PROCEDURE"),
        'a' => (Kind::Function, "AGGREGATE"),
        _ => (Kind::Function, "FUNCTION"),
    };
    let called = format!("{}({})", entry.head.sql, entry.arguments);
    let called = match &entry.aggregate {
        Some(_) if entry.arguments.is_empty() => format!("{}(*)", entry.head.sql),
        _ => called,
    };
    let create = match (&entry.definition, &entry.aggregate) {
        (Some(definition), _) => definition.trim_end().to_owned(),
        (None, Some(aggregate)) => format!(
            "CREATE AGGREGATE {called} (\n    {}\n)",
            aggregate.options().join(",\n    ")
        ),
        (None, None) => String::new(),
    };
    let name = into.name(entry.head.schema.as_deref(), &entry.head.name);
    let id = ObjectId::new(kind, format!("{name}({})", entry.types));
    let mut function = Object::new(id, create, format!("DROP {word} {called}"));
    if entry.aggregate.is_none() {
        let fixed = format!(
            "{} {} {}",
            entry.kind,
            entry.signature,
            entry.result.unwrap_or_default()
        );
        function.attributes.insert("fixed".to_owned(), fixed);
        function
            .attributes
            .insert("defaults".to_owned(), entry.defaults.to_string());
    }
    entry::comment(&mut function, word, &called, entry.head.comment.as_deref());
    let body = entry.body.map(|body| (function.id.clone(), body));
    into.bodies.extend(body);
    into.add(&entry.head, function);
    Ok(())
}

impl Aggregate {
    fn options(&self) -> Vec<String> {
        let mut options = vec![
            format!("SFUNC = {}", self.transition),
            format!("STYPE = {}", self.state),
        ];
        if self.space != 0 {
            options.push(format!("SSPACE = {}", self.space));
        }
        let mut put = |name: &str, value: Option<String>| {
            options.extend(value.map(|value| format!("{name} = {value}")));
        };
        let text = |value: &Option<String>| value.as_deref().map(entry::literal);
        put("FINALFUNC", self.last.clone());
        put("COMBINEFUNC", self.combine.clone());
        put("SERIALFUNC", self.serialize.clone());
        put("DESERIALFUNC", self.deserialize.clone());
        put("INITCOND", text(&self.initial));
        put("MSFUNC", self.moving_transition.clone());
        put("MINVFUNC", self.inverse.clone());
        put("MSTYPE", self.moving_state.clone());
        put("MFINALFUNC", self.moving_last.clone());
        put("MINITCOND", text(&self.moving_initial));
        put(
            "SORTOP",
            self.sort.as_ref().map(|name| format!("OPERATOR({name})")),
        );
        let parallel = match self.parallel {
            's' => Some("SAFE"),
            'r' => Some("RESTRICTED"),
            _ => None,
        };
        put("PARALLEL", parallel.map(str::to_owned));
        if self.last_extra {
            options.push("FINALFUNC_EXTRA".to_owned());
        }
        if self.kind == 'h' {
            options.push("HYPOTHETICAL".to_owned());
        }
        options
    }
}
