import type { FaultPoint } from '@convene/local-stack/testing';
import { flushLua, recordLua, recoverLua } from '../../src/collections/Feed/scripts/texts.generated';
import { redisScript } from '../../src/utils/redis';

const scripts = [redisScript('record', recordLua), redisScript('flush', flushLua), redisScript('recover', recoverLua)];

/** Where the arguments of flush.lua tell how much to claim: behind command, script, number of keys, three keys, id. */
const FLUSH_LIMIT_AT = 7;

/** What a command to Redis is for; a flush that claims nothing only acknowledges. */
export const redisCallOf = (command: string[]): string | undefined => {
  const [name = '', script = ''] = command;
  if (!/^eval(sha)?$/i.test(name)) return undefined;
  const known = scripts.find(({ sha1, source }) => script === sha1 || script === source);
  if (known?.name !== 'flush') return known?.name;
  return command[FLUSH_LIMIT_AT] === '0' ? 'acknowledge' : 'claim';
};

/** What a statement of a flush is for. A COMMIT counts as one only in a transaction that has written a batch. */
export const flushStatements = () => {
  let isApplying = false;
  return (statement: string): string | undefined => {
    if (/^INSERT INTO flush_batches/.test(statement)) {
      isApplying = true;
      return 'batch row';
    }
    if (/INSERT INTO metrics_daily/.test(statement)) return 'sums';
    if (/^UPDATE flush_batches SET acknowledged_at/.test(statement)) return 'mark acknowledged';
    if (statement !== 'COMMIT' || !isApplying) return undefined;
    isApplying = false;
    return 'commit';
  };
};

const calls = ['record', 'recover', 'claim', 'batch row', 'sums', 'commit', 'acknowledge', 'mark acknowledged'];

/** Every step of record and flush: before what it sends has arrived, and after it is done and not yet known. */
export const faultPoints: FaultPoint[] = calls.flatMap((call) => [
  { call, when: 'before' },
  { call, when: 'after' },
]);
