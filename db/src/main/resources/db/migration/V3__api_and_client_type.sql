-- APIs in versions and sorts of clients are configured under a name like all else.
alter table entity
    drop constraint entity_kind_check,
    add constraint entity_kind_check
        check (kind in ('service', 'route', 'consumer', 'certificate', 'api', 'client-type'));
