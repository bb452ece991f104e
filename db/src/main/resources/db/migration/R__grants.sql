-- Least privilege. The roles cannot log in by themselves: give them a password, or make a login a member of one.
do $$
declare
    wanted text;
begin
    foreach wanted in array array['gatehouse_node', 'gatehouse_console'] loop
        if not exists (select from pg_roles where rolname = wanted) then
            begin
                execute format('create role %I nologin', wanted);
            exception
                when duplicate_object or unique_violation then null; -- another database of this server is being migrated too
                when insufficient_privilege then
                    raise exception 'role % is missing and this user may not create it: ask for "create role %"', wanted, wanted;
            end;
        end if;
    end loop;
end $$;

grant select on head, revision, entity, api_key, node to gatehouse_node;
grant insert, update, delete on node to gatehouse_node;
grant select, insert, update on quota_usage, quota_batch to gatehouse_node;
grant select, insert on quota_alert to gatehouse_node;
grant select, insert, update on key_use to gatehouse_node;

grant select on all tables in schema public to gatehouse_console;
grant update on head to gatehouse_console;
grant insert on revision, change, audit to gatehouse_console;
grant insert, update, delete on entity to gatehouse_console;
grant insert, update on api_key, admin_user to gatehouse_console;
grant delete on node to gatehouse_console;
grant update on quota_alert to gatehouse_console;
grant delete on quota_usage, quota_batch, quota_alert to gatehouse_console;
