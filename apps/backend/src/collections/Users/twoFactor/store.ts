import { ConveneError } from '@convene/common/errors';
import type { SqlExecutor } from '@convene/coordination';
import { hashOfRecoveryCode, newRecoveryCodes } from './recoveryCodes';
import { seal, unseal } from './secretBox';
import { enrolmentUri, isTotpCode, newSecret, stepOfCode } from './totp';

/*
 * Secrets and recovery codes lie in two tables that are no collections: no API of Payload's reaches them, whoever asks.
 * A secret is sealed by PAYLOAD_SECRET; of a recovery code a keyed hash is kept.
 */

const MOST_TRIES = 8;
const TRIES_WINDOW_SECONDS = 600;

export type Enrolment = { secret: string; uri: string };

const conflict = (reason: 'two-factor-on' | 'two-factor-off', message: string) =>
  new ConveneError('conflict', message, { reason });

/**
 * A new secret, which counts once a code made with it is shown. An earlier one that was never confirmed is forgotten.
 *
 * @throws ConveneError conflict where two-factor is on
 */
export const beginEnrolment = async (
  sql: SqlExecutor,
  { userId, label }: { userId: number; label: string },
): Promise<Enrolment> => {
  const secret = newSecret();
  const { rowCount } = await sql.query(
    `INSERT INTO two_factor (user_id, secret) VALUES ($1, $2)
     ON CONFLICT (user_id) DO UPDATE SET secret = excluded.secret, last_step = 0, tries = 0, created_at = now()
     WHERE two_factor.confirmed_at IS NULL`,
    [userId, seal(secret, userId)],
  );
  if (!rowCount) throw conflict('two-factor-on', 'Two-factor sign-in is on already.');
  return { secret, uri: enrolmentUri({ secret, label }) };
};

type Tried = { secret: string; isOn: boolean; tries: number; waitSeconds: number };

/**
 * Counts a try before it is judged, by a statement that is committed whatever becomes of the sign-in: neither many at
 * once nor failing ones get more tries than these.
 *
 * @throws ConveneError too-many-requests
 */
const countTry = async (sql: SqlExecutor, userId: number): Promise<Tried | null> => {
  const { rows } = await sql.query<Tried>(
    `UPDATE two_factor SET
       tries = CASE WHEN tries_since < now() - make_interval(secs => $2::int) THEN 1 ELSE tries + 1 END,
       tries_since = CASE WHEN tries_since < now() - make_interval(secs => $2::int) THEN now() ELSE tries_since END
     WHERE user_id = $1
     RETURNING secret, confirmed_at IS NOT NULL AS "isOn", tries,
               greatest(1, ceil(extract(epoch FROM tries_since + make_interval(secs => $2::int) - now())))::int
                 AS "waitSeconds"`,
    [userId, TRIES_WINDOW_SECONDS],
  );
  const tried = rows[0];
  if (tried && tried.tries > MOST_TRIES) {
    throw new ConveneError('too-many-requests', 'Too many wrong codes. Please wait some minutes.', {
      retryAfterSeconds: tried.waitSeconds,
    });
  }
  return tried ?? null;
};

/** Uses the code of an authenticator: false where it is wrong, or of a step that was used or passed over. */
const useTotp = async (
  sql: SqlExecutor,
  { userId, secret, code, now }: { userId: number; secret: string; code: string; now: Date },
): Promise<boolean> => {
  const step = stepOfCode({ secret: unseal(secret, userId), code, now });
  if (step === null) return false;
  const { rowCount } = await sql.query(
    'UPDATE two_factor SET last_step = $2, tries = 0 WHERE user_id = $1 AND last_step < $2',
    [userId, step],
  );
  return rowCount === 1;
};

/** Uses a recovery code up. */
const useRecoveryCode = async (
  sql: SqlExecutor,
  { userId, code }: { userId: number; code: string },
): Promise<boolean> => {
  const { rowCount } = await sql.query('DELETE FROM two_factor_recovery_codes WHERE user_id = $1 AND hash = $2', [
    userId,
    hashOfRecoveryCode(code, userId),
  ]);
  if (rowCount !== 1) return false;
  await sql.query('UPDATE two_factor SET tries = 0 WHERE user_id = $1', [userId]);
  return true;
};

export type Verdict = 'off' | 'needed' | 'right' | 'wrong';

/**
 * Is this what the account asks for beside the password? A code that is right is used up. `sql` must not be a
 * transaction that may be rolled back: the codes would be good again.
 *
 * @throws ConveneError too-many-requests
 */
export const checkSecondFactor = async (
  sql: SqlExecutor,
  { userId, code, now = new Date() }: { userId: number; code: string | null; now?: Date },
): Promise<Verdict> => {
  if (code === null) return (await isTwoFactorOn(sql, userId)) ? 'needed' : 'off';
  const tried = await countTry(sql, userId);
  if (!tried?.isOn) return 'off';
  const typed = code.replace(/\s/g, '');
  const isRight = isTotpCode(typed)
    ? await useTotp(sql, { userId, secret: tried.secret, code: typed, now })
    : await useRecoveryCode(sql, { userId, code: typed });
  return isRight ? 'right' : 'wrong';
};

export const isTwoFactorOn = async (sql: SqlExecutor, userId: number): Promise<boolean> => {
  const { rowCount } = await sql.query('SELECT FROM two_factor WHERE user_id = $1 AND confirmed_at IS NOT NULL', [
    userId,
  ]);
  return rowCount === 1;
};

/**
 * Does the code show that the authenticator has the secret? `sql` as above.
 *
 * @throws ConveneError conflict where nothing was begun or it is on already; too-many-requests
 */
export const proveEnrolment = async (
  sql: SqlExecutor,
  { userId, code, now = new Date() }: { userId: number; code: string; now?: Date },
): Promise<boolean> => {
  const tried = await countTry(sql, userId);
  if (!tried) throw conflict('two-factor-off', 'Begin anew: there is no secret to confirm.');
  if (tried.isOn) throw conflict('two-factor-on', 'Two-factor sign-in is on already.');
  return useTotp(sql, { userId, secret: tried.secret, code: code.replace(/\s/g, ''), now });
};

/**
 * The account's row first, as a sign-in does: it holds that row while it waits for the code to be used, so that the
 * other order could wait for each other where Postgres doesn't see it.
 */
const lockAccount = (sql: SqlExecutor, userId: number) =>
  sql.query('SELECT FROM users WHERE id = $1 FOR NO KEY UPDATE', [userId]);

/**
 * Turns two-factor on; in a transaction.
 *
 * @returns the recovery codes, which are told this once
 * @throws ConveneError conflict where it is on already
 */
export const turnOn = async (sql: SqlExecutor, userId: number): Promise<string[]> => {
  await lockAccount(sql, userId);
  const { rowCount } = await sql.query(
    'UPDATE two_factor SET confirmed_at = now() WHERE user_id = $1 AND confirmed_at IS NULL',
    [userId],
  );
  if (!rowCount) throw conflict('two-factor-on', 'Two-factor sign-in is on already.');
  return renewRecoveryCodes(sql, userId);
};

/** New recovery codes in the place of the old ones; in a transaction. */
export const renewRecoveryCodes = async (sql: SqlExecutor, userId: number): Promise<string[]> => {
  const codes = newRecoveryCodes();
  await sql.query('DELETE FROM two_factor_recovery_codes WHERE user_id = $1', [userId]);
  await sql.query(
    'INSERT INTO two_factor_recovery_codes (user_id, hash) SELECT $1::int, jsonb_array_elements_text($2::jsonb)',
    [userId, JSON.stringify(codes.map((code) => hashOfRecoveryCode(code, userId)))],
  );
  return codes;
};

/** In a transaction. */
export const turnOff = async (sql: SqlExecutor, userId: number): Promise<void> => {
  await lockAccount(sql, userId);
  await sql.query('DELETE FROM two_factor WHERE user_id = $1', [userId]);
};

export const countRecoveryCodes = async (sql: SqlExecutor, userId: number): Promise<number> => {
  const { rows } = await sql.query<{ codes: number }>(
    'SELECT count(*)::int AS codes FROM two_factor_recovery_codes WHERE user_id = $1',
    [userId],
  );
  return rows[0]?.codes ?? 0;
};
