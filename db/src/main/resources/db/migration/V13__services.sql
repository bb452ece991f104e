-- What keeps services from harm on a node, and how full it is: told with the rest of what the node says of itself.
alter table node add column services jsonb not null default '[]';
