import { newRecoveryCodes } from '../../../../../endpoints/account/twoFactor';
import { routeHandlers } from '../../../../../endpoints/http';

export const { GET, POST, PUT, PATCH, DELETE } = routeHandlers({ POST: newRecoveryCodes });
