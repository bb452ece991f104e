-- Which targets a node uses and which not, and why: it is told with the rest of what the node says of itself.
alter table node add column targets jsonb not null default '[]';
