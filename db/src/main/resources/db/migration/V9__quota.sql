-- What was used of long quotas: the truth, of which Redis only has the fast view.

create table quota_usage (
    quota        text        not null,
    subject      text        not null,
    starts_at    timestamptz not null,
    ends_at      timestamptz not null,
    used         bigint      not null default 0,
    version      bigint      not null default 0,
    amount       bigint      not null,
    carried      bigint,
    touched_at   timestamptz not null default now(),
    marked_at    timestamptz not null default now(),
    marked_used  bigint      not null default 0,
    earlier_at   timestamptz not null default now(),
    earlier_used bigint      not null default 0,
    primary key (quota, subject, starts_at)
) with (fillfactor = 70);
comment on table quota_usage is 'One row for each subject, quota and period. carried: left over from the period before, null until that is settled; marked and earlier: two past states, from which the recent rate follows.';
create index quota_usage_by_end on quota_usage (ends_at);

create table quota_batch (
    node     text        not null,
    boot     uuid        not null,
    sequence bigint      not null,
    at       timestamptz not null default now(),
    primary key (node, boot)
);
comment on table quota_batch is 'The last batch taken of each start of a node. Batches come in their order, so whatever is not later was taken before.';

create table quota_alert (
    id        bigint      generated always as identity primary key,
    quota     text        not null,
    subject   text        not null,
    starts_at timestamptz not null,
    ends_at   timestamptz not null,
    percent   int         not null,
    used      bigint      not null,
    allowed   bigint      not null,
    at        timestamptz not null default now(),
    attempts  int         not null default 0,
    due_at    timestamptz not null default now(),
    sent_at   timestamptz,
    trouble   text        not null default '',
    told      text[]      not null default '{}',
    unique (quota, subject, starts_at, percent)
);
comment on table quota_alert is 'Thresholds that were crossed, once each; written with the batch that crossed them, sent by whichever console claims them.';
create index quota_alert_due on quota_alert (due_at) where sent_at is null;
