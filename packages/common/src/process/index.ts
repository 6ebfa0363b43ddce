/**
 * Lets `work` end before the process does, for at most `deadlineMs`: whoever calls `process.exit` in the meantime is
 * answered at once, and the process goes then. For a framework that ends the process itself as soon as its server is
 * closed, and knows nothing of what else is to be written.
 */
export const holdExit = (work: Promise<unknown>, deadlineMs: number): void => {
  const deadline = new Promise<void>((resolve) => {
    setTimeout(resolve, deadlineMs).unref();
  });
  const over = Promise.race([work.catch(() => undefined), deadline]);
  process.exit = new Proxy(process.exit, {
    apply: (exit, self, args) => {
      // Keeps the process alive until then; the deadline alone would not.
      const alive = setInterval(() => undefined, deadlineMs);
      void over.then(() => {
        clearInterval(alive);
        Reflect.apply(exit, self, args);
      });
    },
  });
};
