-- Let users star repositories
--
-- limbeck:revision   bbf52f787948
-- limbeck:revises    6133dc579672
-- limbeck:created    2026-11-21T09:58:00Z
-- limbeck:portable   1

-- limbeck:upgrade
CREATE TABLE star (
    user_id BIGINT NOT NULL REFERENCES user (id) ON DELETE CASCADE,
    repository_id BIGINT NOT NULL REFERENCES repository (id) ON DELETE CASCADE,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP NOT NULL,
    PRIMARY KEY (user_id, repository_id)
);

CREATE INDEX ix_star_repository_id ON star (repository_id);

-- limbeck:downgrade
DROP TABLE star;
