/*
 * How the site hears that listings have changed: `GET /api/changes` of the backend is a stream of server-sent events
 * that never ends by itself. Each event says that something has changed, not what: what is kept is read anew when it is
 * asked for. Comments in between show that the stream is alive.
 */

export const CHANGES_CONTENT_TYPE = 'text/event-stream';

/** The stream's only event: what was read before may be out of date. */
export const CHANGED_EVENT = 'data: changed\n\n';

/** What fills the silence, so that no proxy ends the stream and its reader notices when nobody is there any more. */
export const HEARTBEAT = ': still here\n\n';
export const HEARTBEAT_MS = 15_000;

/** A reader that has heard nothing for so long takes the stream for lost. */
export const LONGEST_SILENCE_MS = 40_000;

/**
 * For so long after a change the backend may still answer what was there before: its processes hear of a change one
 * by one, and read anew while nobody waits.
 */
export const SETTLE_MS = 4_000;
