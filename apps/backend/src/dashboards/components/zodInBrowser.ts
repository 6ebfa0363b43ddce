/*
 * Zod asks whether it may compile what it checks by, which the admin's policy forbids and the browser would complain of. To
 * be imported before Zod by every client component that checks something: Zod asks as soon as it is there, so that its
 * `config()` comes too late, and takes over what stands here by then. On the server it compiles.
 */
if (typeof window !== 'undefined') Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });

export {};
