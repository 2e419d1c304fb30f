//! What has no kind of its own.

use limbeck_core::catalogue::Kind;
use limbeck_core::catalogue::Need;
use limbeck_core::catalogue::Object;
use limbeck_core::catalogue::ObjectId;
use serde::Deserialize;

use super::collected::Collected;
use super::entry;
use super::entry::Head;

/// An object with all that is to say about it.
#[derive(Debug, Deserialize)]
struct OtherEntry {
    #[serde(flatten)]
    head: Head,
    /// The words that say what it is.
    word: String,
    /// What names it after these words.
    called: String,
    /// All that follows its name.
    rest: String,
    /// Statements that follow.
    #[serde(default)]
    then: Option<Vec<String>>,
    /// What needs to be said about how it is taken away: `mapping FOR x SERVER y` has no comment.
    #[serde(default)]
    silent: bool,
    /// Oids of tables that it is about.
    #[serde(default)]
    tables: Option<Vec<u32>>,
}

/// Options `name=value` as SQL.
fn options(array: &str) -> String {
    format!(
        "coalesce((SELECT ' OPTIONS (' || string_agg(format('%I %L', split_part(u.o, '=', 1), \
            substr(u.o, strpos(u.o, '=') + 1)), ', ' ORDER BY u.p) || ')' \
            FROM unnest({array}) WITH ORDINALITY AS u (o, p)), '')"
    )
}

/// Foreign data wrappers, servers and who one is there. What could be a password is left out.
pub(super) fn foreign() -> String {
    let (wrapper, server) = (options("k.fdwoptions"), options("k.srvoptions"));
    let mapping = options(
        "ARRAY(SELECT o FROM unnest(k.umoptions) AS o WHERE o !~* '^(password|passcode|passfile|sslpassword|sslkey)=')",
    );
    let (wrapper_head, server_head) = (entry::bare_head("k", "fdwname"), entry::bare_head("k", "srvname"));
    let alone = entry::stands_alone("k");
    format!(
        "SELECT json_build_object({wrapper_head}, 'word', 'FOREIGN DATA WRAPPER', 'called', quote_ident(k.fdwname), \
            'rest', CASE WHEN k.fdwhandler <> 0 THEN ' HANDLER ' || k.fdwhandler::regproc::text ELSE '' END \
                || CASE WHEN k.fdwvalidator <> 0 THEN ' VALIDATOR ' || k.fdwvalidator::regproc::text ELSE '' END \
                || {wrapper}) \
         FROM pg_foreign_data_wrapper AS k WHERE {alone} \
         UNION ALL \
         SELECT json_build_object({server_head}, 'word', 'SERVER', 'called', quote_ident(k.srvname), \
            'rest', coalesce(' TYPE ' || quote_literal(k.srvtype), '') \
                || coalesce(' VERSION ' || quote_literal(k.srvversion), '') \
                || ' FOREIGN DATA WRAPPER ' || quote_ident(w.fdwname) || {server}) \
         FROM pg_foreign_server AS k JOIN pg_foreign_data_wrapper AS w ON w.oid = k.srvfdw WHERE {alone} \
         UNION ALL \
         SELECT json_build_object('class', 'pg_user_mapping'::regclass::oid::bigint, 'oid', k.umid::bigint, 'silent', true, \
            'name', format('%s on %s', k.usename, k.srvname), 'sql', '', 'comment', NULL, 'word', 'USER MAPPING FOR', \
            'called', format('%s SERVER %I', CASE WHEN k.umuser = 0 THEN 'public' ELSE quote_ident(k.usename) END, k.srvname), \
            'rest', {mapping}) FROM pg_user_mappings AS k"
    )
}

/// Publications, and the event triggers of the database.
pub(super) fn publications(major: u32) -> String {
    let head = entry::bare_head("k", "pubname");
    let table = "' ADD TABLE ' || CASE WHEN c.relkind = 'p' THEN '' ELSE 'ONLY ' END || format('%I.%I', n.nspname, c.relname)";
    let (details, schemas) = match major {
        15.. => (
            "|| coalesce(' (' || (SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) FROM pg_attribute AS a \
                WHERE a.attrelid = c.oid AND a.attnum = ANY (r.prattrs)) || ')', '') \
             || coalesce(' WHERE ' || CASE WHEN pg_get_expr(r.prqual, c.oid) LIKE '(%' THEN pg_get_expr(r.prqual, c.oid) \
                ELSE '(' || pg_get_expr(r.prqual, c.oid) || ')' END, '')",
            "UNION ALL SELECT ' ADD TABLES IN SCHEMA ' || quote_ident(n.nspname) FROM pg_publication_namespace AS r \
             JOIN pg_namespace AS n ON n.oid = r.pnnspid WHERE r.pnpubid = k.oid",
        ),
        _ => ("", ""),
    };
    let root = match major {
        13.. => "|| CASE WHEN k.pubviaroot THEN ', publish_via_partition_root = true' ELSE '' END",
        _ => "",
    };
    format!(
        "SELECT json_build_object({head}, 'word', 'PUBLICATION', 'called', quote_ident(k.pubname), \
            'rest', CASE WHEN k.puballtables THEN ' FOR ALL TABLES' ELSE '' END || ' WITH (publish = ' \
                || quote_literal(concat_ws(', ', CASE WHEN k.pubinsert THEN 'insert' END, \
                    CASE WHEN k.pubupdate THEN 'update' END, CASE WHEN k.pubdelete THEN 'delete' END, \
                    CASE WHEN k.pubtruncate THEN 'truncate' END)) {root} || ')', \
            'then', (SELECT json_agg('ALTER PUBLICATION ' || quote_ident(k.pubname) || m.text ORDER BY m.text) FROM (\
                SELECT {table} {details} AS text FROM pg_publication_rel AS r JOIN pg_class AS c ON c.oid = r.prrelid \
                JOIN pg_namespace AS n ON n.oid = c.relnamespace WHERE r.prpubid = k.oid {schemas}) AS m), \
            'tables', (SELECT json_agg(r.prrelid::bigint) FROM pg_publication_rel AS r WHERE r.prpubid = k.oid)) \
         FROM pg_publication AS k WHERE {}",
        entry::stands_alone("k")
    )
}

/// What makes values of one type those of another, and operators.
pub(super) fn operators() -> String {
    let head = entry::head("k", "oprname");
    let (in_use, alone) = (entry::IN_USE, entry::stands_alone("k"));
    let operator = "(SELECT format('OPERATOR(%I.%s)', y.nspname, x.oprname) FROM pg_operator AS x \
                    JOIN pg_namespace AS y ON y.oid = x.oprnamespace WHERE x.oid =";
    let side =
        |column: &str| format!("CASE WHEN k.{column} = 0 THEN 'NONE' ELSE format_type(k.{column}, NULL) END");
    let (left, right) = (side("oprleft"), side("oprright"));
    format!(
        "SELECT json_build_object('class', k.tableoid::bigint, 'oid', k.oid::bigint, \
            'name', format('cast (%s as %s)', format_type(k.castsource, NULL), format_type(k.casttarget, NULL)), 'sql', '', \
            'comment', obj_description(k.oid, 'pg_cast'), 'word', 'CAST', \
            'called', format('(%s AS %s)', format_type(k.castsource, NULL), format_type(k.casttarget, NULL)), \
            'rest', CASE k.castmethod WHEN 'f' THEN ' WITH FUNCTION ' || k.castfunc::regprocedure::text \
                WHEN 'i' THEN ' WITH INOUT' ELSE ' WITHOUT FUNCTION' END \
                || CASE k.castcontext WHEN 'a' THEN ' AS ASSIGNMENT' WHEN 'i' THEN ' AS IMPLICIT' ELSE '' END) \
         FROM pg_cast AS k WHERE k.oid >= 16384 AND {alone} \
         AND NOT EXISTS (SELECT FROM pg_depend AS d WHERE d.classid = k.tableoid AND d.objid = k.oid AND d.deptype = 'i') \
         UNION ALL \
         SELECT json_build_object({head}, 'word', 'OPERATOR', \
            'called', format('%I.%s (%s, %s)', n.nspname, k.oprname, {left}, {right}), \
            'rest', ' (' || concat_ws(', ', 'FUNCTION = ' || k.oprcode::regproc::text, \
                'LEFTARG = ' || nullif({left}, 'NONE'), 'RIGHTARG = ' || nullif({right}, 'NONE'), \
                'COMMUTATOR = ' || {operator} k.oprcom), 'NEGATOR = ' || {operator} k.oprnegate), \
                CASE WHEN k.oprrest <> 0 THEN 'RESTRICT = ' || k.oprrest::regproc::text END, \
                CASE WHEN k.oprjoin <> 0 THEN 'JOIN = ' || k.oprjoin::regproc::text END, \
                CASE WHEN k.oprcanhash THEN 'HASHES' END, CASE WHEN k.oprcanmerge THEN 'MERGES' END) || ')') \
         FROM pg_operator AS k JOIN pg_namespace AS n ON n.oid = k.oprnamespace \
         WHERE k.oprcode <> 0 AND {in_use} AND {alone}"
    )
}

/// Event triggers, and the configurations and dictionaries of full-text search.
pub(super) fn rest() -> String {
    let trigger = entry::bare_head("k", "evtname");
    let dictionary = entry::head("k", "dictname");
    let configuration = entry::head("k", "cfgname");
    let (in_use, alone) = (entry::IN_USE, entry::stands_alone("k"));
    format!(
        "SELECT json_build_object({trigger}, 'word', 'EVENT TRIGGER', 'called', quote_ident(k.evtname), \
            'rest', ' ON ' || k.evtevent || coalesce((SELECT ' WHEN TAG IN (' || string_agg(quote_literal(u.t), ', ' \
                ORDER BY u.p) || ')' FROM unnest(k.evttags) WITH ORDINALITY AS u (t, p)), '') \
                || ' EXECUTE FUNCTION ' || k.evtfoid::regproc::text || '()', \
            'then', CASE WHEN k.evtenabled <> 'O' THEN json_build_array(format('ALTER EVENT TRIGGER %I %s', k.evtname, \
                CASE k.evtenabled WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA' ELSE 'ENABLE ALWAYS' END)) END) \
         FROM pg_event_trigger AS k WHERE {alone} \
         UNION ALL \
         SELECT json_build_object({dictionary}, 'word', 'TEXT SEARCH DICTIONARY', \
            'called', format('%I.%I', n.nspname, k.dictname), \
            'rest', format(' (TEMPLATE = %I.%I', o.nspname, t.tmplname) || coalesce(', ' || k.dictinitoption, '') || ')') \
         FROM pg_ts_dict AS k JOIN pg_namespace AS n ON n.oid = k.dictnamespace \
         JOIN pg_ts_template AS t ON t.oid = k.dicttemplate JOIN pg_namespace AS o ON o.oid = t.tmplnamespace \
         WHERE {in_use} AND {alone} \
         UNION ALL \
         SELECT json_build_object({configuration}, 'word', 'TEXT SEARCH CONFIGURATION', \
            'called', format('%I.%I', n.nspname, k.cfgname), \
            'rest', format(' (PARSER = %I.%I)', o.nspname, p.prsname), \
            'then', (SELECT json_agg(m.text ORDER BY m.text) FROM (SELECT format(\
                'ALTER TEXT SEARCH CONFIGURATION %I.%I ADD MAPPING FOR %s WITH %s', n.nspname, k.cfgname, y.alias, \
                string_agg(w.mapdict::regdictionary::text, ', ' ORDER BY w.mapseqno)) AS text \
                FROM pg_ts_config_map AS w JOIN ts_token_type(k.cfgparser) AS y ON y.tokid = w.maptokentype \
                WHERE w.mapcfg = k.oid GROUP BY y.alias) AS m)) \
         FROM pg_ts_config AS k JOIN pg_namespace AS n ON n.oid = k.cfgnamespace \
         JOIN pg_ts_parser AS p ON p.oid = k.cfgparser JOIN pg_namespace AS o ON o.oid = p.prsnamespace \
         WHERE {in_use} AND {alone}"
    )
}

/// Takes in whatever [`foreign`], [`publications`], [`operators`] and [`rest`] ask for.
pub(super) fn take(document: &str, into: &mut Collected) -> Result<(), serde_json::Error> {
    let entry: OtherEntry = serde_json::from_str(document)?;
    let word = entry.word.to_lowercase();
    let name = into.name(entry.head.schema.as_deref(), &entry.head.name);
    let name = match entry.word.as_str() {
        "CAST" | "USER MAPPING FOR" => format!("{}{name}", if word == "cast" { "" } else { "user mapping " }),
        "OPERATOR" => format!("operator {}", entry.called),
        _ => format!("{word} {name}"),
    };
    let called = &entry.called;
    // An operator is made without the types between parentheses.
    let made = match entry.word.as_str() {
        "OPERATOR" => called.split(" (").next().unwrap_or(called),
        _ => called,
    };
    let mut object = Object::new(
        ObjectId::new(Kind::Other, name),
        format!("CREATE {} {made}{}", entry.word, entry.rest),
        format!("DROP {} {called}", entry.word),
    );
    object.create.extend(entry.then.unwrap_or_default());
    if !entry.silent {
        entry::comment(&mut object, &entry.word, called, entry.head.comment.as_deref());
    }
    let tables = entry.tables.unwrap_or_default();
    let tables = tables
        .iter()
        .filter_map(|oid| into.known.get(&(super::dependency::RELATION, *oid)));
    object.needs = tables.cloned().map(Need::whole).collect();
    into.add(&entry.head, object);
    Ok(())
}
