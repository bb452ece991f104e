-- A file of counts has its own name, wherever it is sent from: a container that is started again has another host name.
delete from quota_batch as one
 using quota_batch as other
 where other.boot = one.boot and (other.sequence, other.node) > (one.sequence, one.node);
-- The old key stays for nodes of the release before.
create unique index quota_batch_by_boot on quota_batch (boot);
comment on table quota_batch is 'The last batch taken of each file of counts (boot), and which node sent it. Batches come in their order, so whatever is not later was taken before.';
