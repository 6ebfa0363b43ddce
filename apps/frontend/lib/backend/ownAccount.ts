import 'server-only';
import {
  avatarAnswerSchema,
  type Blocks,
  blocksSchema,
  type PublicProfile,
  publicProfileSchema,
  type RecoveryCodes,
  recoveryCodesSchema,
  type Sessions,
  sessionsSchema,
  type TwoFactor,
  type TwoFactorSecret,
  twoFactorSchema,
  twoFactorSecretSchema,
} from '@convene/common/api';
import { doneSchema, get, getOwn, post, streamOwn, upload } from './calls';

/** Where the account is signed in, this session first. */
export const getSessions = (token: string): Promise<Sessions> => getOwn('account/sessions', token, sessionsSchema);

export const endOtherSessions = (token: string) => post('account/sessions/end-others', {}, doneSchema, token);

export const getTwoFactor = (token: string): Promise<TwoFactor> => getOwn('account/two-factor', token, twoFactorSchema);

/** A secret, this once. @throws ConveneError wrong-credentials or conflict */
export const beginTwoFactor = (token: string, input: { password: string }): Promise<TwoFactorSecret> =>
  post('account/two-factor/begin', input, twoFactorSecretSchema, token);

/** Turns it on; the recovery codes, this once. @throws ConveneError wrong-credentials or conflict */
export const confirmTwoFactor = (token: string, input: { code: string }): Promise<RecoveryCodes> =>
  post('account/two-factor/confirm', input, recoveryCodesSchema, token);

type BothFactors = { password: string; code: string };

export const renewRecoveryCodes = (token: string, input: BothFactors): Promise<RecoveryCodes> =>
  post('account/two-factor/recovery-codes', input, recoveryCodesSchema, token);

export const turnTwoFactorOff = (token: string, input: BothFactors) =>
  post('account/two-factor/off', input, doneSchema, token);

export const getBlocks = (token: string): Promise<Blocks> => getOwn('account/blocks', token, blocksSchema);

export const blockPerson = (token: string, userId: number) => post('account/blocks', { userId }, doneSchema, token);

export const unblockPerson = (token: string, userId: number) =>
  post('account/blocks/remove', { userId }, doneSchema, token);

/** @throws ConveneError invalid-input, body-too-large */
export const changeAvatar = (token: string, file: { bytes: Uint8Array<ArrayBuffer>; type: string }) =>
  upload('account/avatar', file, avatarAnswerSchema, token);

export const removeAvatar = (token: string) => post('account/avatar/remove', {}, avatarAnswerSchema, token);

/** Everything that is kept of the person. @throws ConveneError too-many-requests */
export const streamExport = (token: string): Promise<Response> => streamOwn('account/export', token);

/** What everybody may know of a person. @throws ConveneError not-found */
export const getPerson = (id: string, page: number): Promise<PublicProfile> =>
  get(`people/${encodeURIComponent(id)}`, { page: String(page) }, publicProfileSchema);
