-- Which epoch the counts are of, and whether every node has told it what it admitted alone.
-- An epoch is "data@server/roll": data changes when Redis has lost its counts, or has some of before, since it is another
-- run of a server than that which had them (restarted from a copy, or a replica in its place); roll changes when a node
-- comes back that counted alone.
-- KEYS the epoch, the set of nodes that are present, the mark that all are. ARGV what to do, the node's name, then
--   join     the epoch it knows, a fresh name, 1 when it counted alone -> the epoch that holds now
--   present  the epoch it has joined, how many nodes serve -> 1 all are present, 0 not yet, -1 another epoch
local KEPT = 604800
-- whoever may not ask for it is told of no restart
local info = redis.pcall('INFO', 'server')
local run = type(info) == 'string' and string.match(info, 'run_id:(%x+)') or ''
local epoch = redis.call('GET', KEYS[1])
local data, server, roll = string.match(epoch or '', '^([^@/]*)@?(%x*)/(.*)$')
local copied = run ~= '' and server and server ~= '' and server ~= run
if ARGV[1] == 'join' then
  local known, fresh, alone = ARGV[3], ARGV[4], ARGV[5]
  local begun
  if not data or copied then
    begun = fresh .. '@' .. run .. '/' .. fresh
  elseif alone == '1' and epoch == known then
    begun = data .. '@' .. run .. '/' .. fresh
  elseif server == '' and run ~= '' then
    begun = data .. '@' .. run .. '/' .. roll
  end
  if begun then
    redis.call('SET', KEYS[1], begun, 'EX', KEPT)
    redis.call('DEL', KEYS[2], KEYS[3])
  end
  return begun or epoch
end
if epoch ~= ARGV[3] or copied then
  return -1
end
redis.call('EXPIRE', KEYS[1], KEPT)
redis.call('SADD', KEYS[2], ARGV[2])
redis.call('EXPIRE', KEYS[2], KEPT)
if redis.call('EXPIRE', KEYS[3], KEPT) == 1 then
  return 1
end
if redis.call('SCARD', KEYS[2]) >= tonumber(ARGV[4]) then
  redis.call('SET', KEYS[3], 1, 'EX', KEPT)
  return 1
end
return 0
