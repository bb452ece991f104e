-- A route that goes takes itself out of what keys are for; what went before that was so has to be taken out now.
create index api_key_by_terms on api_key using gin (terms jsonb_path_ops) where terms <> '{}';

with gone as (
    select k.id,
           coalesce(jsonb_agg(route) filter (where e.name is not null), '[]') as kept,
           jsonb_agg(route) filter (where e.name is null) as lost
      from api_key k
     cross join jsonb_array_elements_text(k.terms -> 'routes') route
      left join entity e on e.kind = 'route' and e.name = route
     where k.terms <> '{}'
     group by k.id
    having count(*) > count(e.name)
), changed as (
    update api_key k
       set terms = k.terms - 'routes'
                   || case when gone.kept = '[]' then '{}' else jsonb_build_object('routes', gone.kept) end
                   || jsonb_build_object('former-routes', gone.lost)
      from gone
     where k.id = gone.id
    returning 1
)
-- Nodes that run read all keys anew.
update head set epoch = gen_random_uuid() where exists (select from changed);
