import { payloadGraphql } from '../../../../endpoints/payloadRoutes';

export const { POST, OPTIONS } = payloadGraphql;
