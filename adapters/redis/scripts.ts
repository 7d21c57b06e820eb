/**
 * The steps that must be atomic, as Redis runs them. All keys carry one hash tag:
 *
 *   {gateway}:doc:<kind>:<id>   hash: v version, b body
 *   {gateway}:ids:<kind>        sorted set of ids, all of score 0, so in the order of their bytes
 *   {gateway}:due:<kind>        sorted set of ids by dueAt
 *   {gateway}:expiry            sorted set of <kind>:<id> by expiresAt
 *   {gateway}:commit:<token>    what became of a commit, for as long as somebody may ask again
 *
 * Nothing but the last has a TTL: Redis would judge it by its own clock (see docs/adr/0003-one-redis-primary.md).
 * Reads pass over, and clear away, an index entry whose document is gone (by an operator's DEL, say).
 */

/**
 * KEYS: the commit's mark, the expiry index, then document, ids and due index of each write.
 * ARGV: whether this is a repetition, the mark's life in ms, then of each write: the version that must be there, what to do
 * (put, remove or check), new version, body, dueAt or '', expiresAt or '', id, entry of the expiry index.
 * Answers 1 where it was done, 0 where another writer was first.
 */
const COMMIT = `
local settled = redis.call('GET', KEYS[1])
if settled then return tonumber(settled) end
local repeated, life = ARGV[1] == '1', ARGV[2]
local writes = (#KEYS - 2) / 3
for i = 0, writes - 1 do
  local version = redis.call('HGET', KEYS[3 + 3 * i], 'v') or '0'
  if version ~= ARGV[3 + 8 * i] then
    -- A first sending that is still on its way must not do what the repetition is told was not done.
    if repeated then redis.call('SET', KEYS[1], 0, 'PX', life) end
    return 0
  end
end
redis.call('SET', KEYS[1], 1, 'PX', life)
local function place(key, score, member)
  if score == '' then redis.call('ZREM', key, member) else redis.call('ZADD', key, score, member) end
end
for i = 0, writes - 1 do
  local doc, ids, due = KEYS[3 + 3 * i], KEYS[4 + 3 * i], KEYS[5 + 3 * i]
  local _, act, version, body, dueAt, expiresAt, id, entry = unpack(ARGV, 3 + 8 * i, 10 + 8 * i)
  if act == 'put' then
    redis.call('HSET', doc, 'v', version, 'b', body)
    redis.call('ZADD', ids, 0, id)
    place(due, dueAt, id)
    place(KEYS[2], expiresAt, entry)
  elseif act == 'remove' then
    redis.call('DEL', doc)
    redis.call('ZREM', ids, id)
    redis.call('ZREM', due, id)
    redis.call('ZREM', KEYS[2], entry)
  end
end
return 1`;

/** KEYS: the kind's ids. ARGV: after, limit, the documents' prefix. Answers id, version, body of each. */
const LIST = `
local found, from = {}, '(' .. ARGV[1]
local limit = 3 * tonumber(ARGV[2])
while #found < limit do
  local ids = redis.call('ZRANGEBYLEX', KEYS[1], from, '+', 'LIMIT', 0, (limit - #found) / 3)
  if #ids == 0 then break end
  for _, id in ipairs(ids) do
    local held = redis.call('HMGET', ARGV[3] .. id, 'v', 'b')
    if held[1] then
      found[#found + 1], found[#found + 2], found[#found + 3] = id, held[1], held[2]
    else
      redis.call('ZREM', KEYS[1], id)
    end
  end
  from = '(' .. ids[#ids]
end
return found`;

/** KEYS: the kind's due index. ARGV: before, limit, the documents' prefix. Answers ids. */
const DUE = `
local found, limit = {}, tonumber(ARGV[2])
while #found < limit do
  local ids = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', #found, limit - #found)
  if #ids == 0 then break end
  for _, id in ipairs(ids) do
    if redis.call('EXISTS', ARGV[3] .. id) == 1 then
      found[#found + 1] = id
    else
      redis.call('ZREM', KEYS[1], id)
    end
  end
end
return found`;

/** KEYS: the expiry index. ARGV: now, how many at most, the prefix of all keys. Answers how many entries it saw and how many documents went. */
const SWEEP = `
local entries = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, ARGV[2])
local gone = 0
for _, entry in ipairs(entries) do
  local colon = string.find(entry, ':', 1, true)
  local kind, id = string.sub(entry, 1, colon - 1), string.sub(entry, colon + 1)
  gone = gone + redis.call('DEL', ARGV[3] .. 'doc:' .. entry)
  redis.call('ZREM', ARGV[3] .. 'ids:' .. kind, id)
  redis.call('ZREM', ARGV[3] .. 'due:' .. kind, id)
  redis.call('ZREM', KEYS[1], entry)
end
return {#entries, gone}`;

export const SCRIPTS = {
  commitDocuments: { lua: COMMIT },
  listDocuments: { lua: LIST, numberOfKeys: 1 },
  dueDocuments: { lua: DUE, numberOfKeys: 1 },
  sweepDocuments: { lua: SWEEP, numberOfKeys: 1 },
};

/** The scripts as the client offers them. */
export interface Scripted {
  commitDocuments(keyCount: number, ...keysAndArguments: readonly string[]): Promise<number>;
  listDocuments(ids: string, after: string, limit: number, prefix: string): Promise<readonly string[]>;
  dueDocuments(due: string, before: number, limit: number, prefix: string): Promise<readonly string[]>;
  sweepDocuments(expiry: string, now: number, most: number, prefix: string): Promise<readonly [seen: number, gone: number]>;
}
