import type { RedisQueueBackend } from 'bullmq';
import type { Redis } from 'ioredis';

/*
 * BullMQ tells waiting workers of jobs by a marker in Redis, which one of them pops. Each fetch of a job then puts the
 * marker back, whether there are more jobs or not, and after each job the worker asks at once for the next. A job that
 * comes alone so costs seven commands: added (1), waited for (1), fetched (1), asked for more (1), woken by the marker
 * that was put back (1), asked for more again (1), finished (1). Here it costs four.
 */

/** The scripts that fetch a job, with their first keys alike: waiting, active, prioritized, .. , delayed. */
const fetchingScripts = /^(?:moveToActive|moveToFinished):/;

const MARKER_PUT_BACK = 'addBaseMarkerIfNeeded(markerKey, false)';
/** One call more in the script: the last argument says that no marker is needed. */
const MARKER_IF_NEEDED = `addBaseMarkerIfNeeded(markerKey, rcall("EXISTS", KEYS[1], KEYS[3], KEYS[7]) == 0)`;
const FETCHED = 'local function prepareJobForProcessing(';

/**
 * A fetching script of BullMQ that puts the marker back only where a job is left: waiting, prioritized or delayed.
 * Whatever is added later puts it there by itself.
 *
 * @returns the script as it was where it is not one that is known: it costs more, and works
 */
export const withMarkerIfNeeded = (lua: string): string => {
  const from = lua.indexOf(FETCHED);
  const at = from < 0 ? -1 : lua.indexOf(MARKER_PUT_BACK, from);
  if (at < 0) return lua;
  return lua.slice(0, at) + MARKER_IF_NEEDED + lua.slice(at + MARKER_PUT_BACK.length);
};

/** To be called before BullMQ defines its scripts on the connection. */
export const putMarkerBackIfNeeded = (connection: Redis): void => {
  const defineCommand = connection.defineCommand.bind(connection);
  connection.defineCommand = (name, definition) =>
    defineCommand(
      name,
      fetchingScripts.test(name) ? { ...definition, lua: withMarkerIfNeeded(definition.lua) } : definition,
    );
};

/**
 * A worker that has just fetched a job does not ask for another one, it waits for the marker: where there is one, the
 * wait ends at once.
 */
export const waitAfterFetch = (backend: RedisQueueBackend): void => {
  const moveToActive = backend.moveToActive.bind(backend);
  const waitForJob = backend.waitForJob.bind(backend);
  let hasJustFetched = false;
  backend.moveToActive = async (token, name) => {
    if (hasJustFetched) {
      hasJustFetched = false;
      // As BullMQ answers when there is no job, no limit and nothing delayed.
      return [null, 0, 0, 0];
    }
    const next = await moveToActive(token, name);
    hasJustFetched = Boolean(next[0]);
    return next;
  };
  backend.waitForJob = (blockTimeout) => {
    hasJustFetched = false;
    return waitForJob(blockTimeout);
  };
};
