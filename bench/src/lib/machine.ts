import os from 'node:os';

/** Where a figure was measured, in one line: figures of two machines don't compare. */
export const machine = (): string => {
  const cpus = os.cpus();
  const model = cpus[0]?.model.trim() || os.arch();
  const memory = Math.round(os.totalmem() / 1024 ** 3);
  return `${cpus.length} × ${model}, ${memory} GB, ${os.type()} ${os.release()}, Node ${process.versions.node}`;
};
