//! A revision that was put below applied ones.

use serde_json::json;

use super::Place;

#[test]
fn it_is_found_and_comes_out_on_top() {
    for place in Place::everywhere() {
        let project = &place.project;
        let revision = |id: &str, revises: &str| {
            let (up, down) = (
                format!("CREATE TABLE {id} (id BIGINT);"),
                format!("DROP TABLE {id};"),
            );
            project.revision(id, revises, "Change", &up, &down);
        };
        revision("a1", "");
        revision("b2", "revises a1");
        project.good("upgrade");
        assert_eq!(project.json("verify"), (0, json!({"findings": []})));
        revision("x9", "revises a1");
        revision("b2", "revises x9");
        let (code, found) = project.json("verify");
        assert_eq!(
            (code, &found["findings"][0]["kind"]),
            (1, &json!("inserted")),
            "{found}"
        );
        project.good("rebase x9");
        project.good("upgrade");
        assert_eq!(project.json("verify --single-head"), (0, json!({"findings": []})));
        assert_eq!(project.json("current").1, json!({"revisions": ["x9"]}));
    }
}
