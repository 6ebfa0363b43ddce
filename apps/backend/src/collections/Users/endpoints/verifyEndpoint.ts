import type { Endpoint } from 'payload';
import { confirmAddress } from '../confirmAddress';

/** Stands before Payload's own route, which would confirm the address without a word of welcome. */
export const verifyEndpoint: Endpoint = {
  path: '/verify/:token',
  method: 'post',
  handler: async (req) => {
    await confirmAddress({ req, token: String(req.routeParams?.['token'] ?? '') });
    return Response.json({ message: 'Address confirmed.' });
  },
};
