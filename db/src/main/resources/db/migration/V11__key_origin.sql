-- Under which key a caller is counted.
alter table api_key
    add column origin text;
comment on column api_key.origin is 'The id of the key with which the rotations that led to this one began; null where it has taken the place of none. Counts per key go on under it.';
