import type { SqlExecutor } from '@convene/coordination';
import { writeNotification } from '@convene/outbox';

/** Tells the person how they sign in from now on, in the transaction that has changed it: whoever did must not be alone to know. */
export const announceTwoFactor = async (
  sql: SqlExecutor,
  { userId, isOn }: { userId: number; isOn: boolean },
): Promise<void> => {
  await writeNotification(sql, { type: isOn ? 'user.two-factor.on' : 'user.two-factor.off', payload: { userId } });
};
