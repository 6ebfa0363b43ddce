import { verifySchema } from '@convene/common/api';
import { confirmAddress } from '../../collections/Users/confirmAddress';
import { localRequest } from '../../utils/payload';
import { clientIp, jsonAnswer, type RouteHandler, readJson } from '../http';
import { tokenLimit } from './limits';

export const verify: RouteHandler = async (request) => {
  await tokenLimit(clientIp(request));
  const { token } = await readJson(request, verifySchema);
  await confirmAddress({ req: await localRequest(), token });
  return jsonAnswer({});
};
