-- What is configured, who changed it, and who reports having it.

create table head (
    only_row boolean primary key default true check (only_row),
    epoch    uuid    not null default gen_random_uuid(),
    revision bigint  not null default 0
);
comment on table head is 'The version of the configuration. Every change locks this row first, so revision order is commit order.';
insert into head default values;

create table revision (
    revision bigint      primary key,
    at       timestamptz not null default now(),
    author   text        not null,
    reason   text        not null
);
comment on table revision is 'One row for each published change of the configuration.';

create table change (
    revision bigint   not null references revision,
    position int      not null,
    kind     text     not null,
    name     text     not null,
    action   text     not null check (action in ('create', 'update', 'delete')),
    before   jsonb,
    after    jsonb,
    primary key (revision, position)
);
comment on table change is 'What each revision changed, before and after.';
create index change_by_subject on change (kind, name, revision desc);

create table entity (
    kind     text   not null check (kind in ('service', 'route', 'consumer')),
    name     text   not null,
    settings jsonb  not null,
    revision bigint not null references revision,
    primary key (kind, name)
);
comment on table entity is 'Everything configured under a name, in its newest state; revision is the one that changed it last.';

create table api_key (
    id             text        primary key check (length(id) = 8),
    consumer       text        not null,
    name           text        not null,
    hash           bytea       not null unique check (length(hash) = 32),
    pepper_version int         not null,
    created_at     timestamptz not null default now(),
    created_by     text        not null,
    expires_at     timestamptz,
    revoked_at     timestamptz,
    revision       bigint      not null references revision
);
comment on table api_key is 'Keys as HMAC-SHA-256; rows stay after revocation, so a node that asks for what changed since its revision sees it.';
create unique index api_key_in_force on api_key (consumer, name) where revoked_at is null;
create index api_key_by_revision on api_key (revision);

create table audit (
    id      bigint generated always as identity primary key,
    at      timestamptz not null default now(),
    actor   text        not null,
    action  text        not null,
    subject text        not null,
    detail  jsonb       not null default '{}'
);
comment on table audit is 'Who did what, also what changes no configuration. Append-only: no program may update or delete it.';

create table node (
    name        text        primary key,
    boot        uuid        not null,
    address     text        not null,
    software    text        not null,
    started_at  timestamptz not null,
    reported_at timestamptz not null default now(),
    epoch       uuid,
    revision    bigint,
    applied_at  timestamptz,
    problems    jsonb       not null default '[]'
);
comment on table node is 'What each gateway node last said of itself.';

create table admin_user (
    name          text        primary key,
    password_hash text        not null,
    must_change   boolean     not null,
    updated_at    timestamptz not null default now()
);
comment on table admin_user is 'Who may sign in to the console; passwords as Argon2id.';
