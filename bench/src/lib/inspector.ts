import { z } from 'zod';

const targetsSchema = z.array(z.object({ webSocketDebuggerUrl: z.string() }));
const answerSchema = z.object({
  id: z.number().optional(),
  result: z.unknown().optional(),
  error: z.unknown().optional(),
});
const memorySchema = z.object({ rss: z.number(), heapUsed: z.number(), external: z.number() });
const processorTimeSchema = z.object({ user: z.number(), system: z.number() });
const evaluated = <T>(schema: z.ZodType<T>) =>
  z.object({ result: z.object({ value: schema }) }).transform(({ result }) => result.value);

export type Memory = z.infer<typeof memorySchema>;

export type Inspector = {
  /** `process.memoryUsage()` of the process, in bytes. */
  memory: () => Promise<Memory>;
  /** The same after garbage has been collected. */
  memoryAfterCollection: () => Promise<Memory>;
  /** Seconds for which the process has kept a processor busy since its start. */
  processorSeconds: () => Promise<number>;
  close: () => void;
};

/** Looks into a Node process that was started with `--inspect`; nothing is added to its code for it. */
export const inspect = async (port: number): Promise<Inspector> => {
  const list = await fetch(`http://127.0.0.1:${port}/json/list`);
  const [target] = targetsSchema.parse(await list.json());
  if (!target) throw new Error('the process has nothing to inspect');
  const socket = new WebSocket(target.webSocketDebuggerUrl);
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve, { once: true });
    socket.addEventListener('error', () => reject(new Error('the inspector refused the connection')), { once: true });
  });
  let lastId = 0;
  const ask = (method: string, params: Record<string, unknown> = {}): Promise<unknown> => {
    lastId += 1;
    const id = lastId;
    return new Promise((resolve, reject) => {
      const listen = ({ data }: MessageEvent) => {
        const answer = answerSchema.parse(JSON.parse(String(data)));
        if (answer.id !== id) return;
        socket.removeEventListener('message', listen);
        if (answer.error) reject(new Error(`${method}: ${JSON.stringify(answer.error)}`));
        else resolve(answer.result);
      };
      socket.addEventListener('message', listen);
      socket.send(JSON.stringify({ id, method, params }));
    });
  };
  const evaluate = async <T>(expression: string, schema: z.ZodType<T>): Promise<T> =>
    evaluated(schema).parse(await ask('Runtime.evaluate', { expression, returnByValue: true }));
  const memory = () => evaluate('process.memoryUsage()', memorySchema);
  return {
    memory,
    memoryAfterCollection: async () => {
      // Twice: what the first finds dead may hold more through finalizers.
      await ask('HeapProfiler.collectGarbage');
      await ask('HeapProfiler.collectGarbage');
      return memory();
    },
    processorSeconds: async () => {
      const { user, system } = await evaluate('process.cpuUsage()', processorTimeSchema);
      return (user + system) / 1_000_000;
    },
    close: () => socket.close(),
  };
};
