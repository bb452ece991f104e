-- What a key may be used for, from when, what came after it, and when it was last used.
alter table api_key
    add column not_before  timestamptz,
    add column terms       jsonb   not null default '{}',
    add column imported    boolean not null default false,
    add column replaced_by text;
comment on column api_key.terms is 'What differs from the defaults of db.model.KeyTerms.';
comment on column api_key.imported is 'The hash is of the SHA-256 of a text that another product issued.';
comment on column api_key.replaced_by is 'The id of the key that a rotation put in its place; from then on its name is the new one''s.';

drop index api_key_in_force;
create unique index api_key_in_force on api_key (consumer, name) where revoked_at is null and replaced_by is null;

-- Lists are read in pages, also where there are a million keys.
create index api_key_newest on api_key (created_at desc, id desc);
create index api_key_of_consumer on api_key (consumer, created_at desc, id desc);
create index api_key_ending on api_key (expires_at) where revoked_at is null;
create index api_key_by_id_prefix on api_key (id text_pattern_ops);
create index api_key_by_name_prefix on api_key (name text_pattern_ops);
create index api_key_by_consumer_prefix on api_key (consumer text_pattern_ops);

create table key_use (
    id      text        primary key,
    at      timestamptz not null,
    address text        not null,
    node    text        not null
) with (fillfactor = 80);
comment on table key_use is 'When and from where each key was last used, to the hour; apart from api_key, so that a use touches no key.';
