-- Which kinds of things there are is said once, by the programs (db.model.Kind); a new kind needs no change here.
alter table entity
    drop constraint entity_kind_check,
    add constraint entity_kind_check check (kind ~ '^[a-z]+(-[a-z]+)*$');
