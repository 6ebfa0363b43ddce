import { payloadRest } from '../../../../endpoints/payloadRoutes';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = payloadRest;
