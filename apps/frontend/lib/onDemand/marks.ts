/*
 * What a page whose scripts wait, and the script that has them come, know each other by. Plain texts: one side runs on
 * the server, the other in the browser.
 */

/** The type of a script that waits: no browser loads what it can't run. */
export const WAITING_TYPE = 'text/waiting';
/** Where it would be loaded from. */
export const WAITING_SRC = 'data-src';
/** On the root of a page whose scripts can't be had. */
export const FAILED_MARK = 'data-without-script';
/** Dispatched on the document when React has taken the page over. */
export const LIVE_EVENT = 'convene:live';
