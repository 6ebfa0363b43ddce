import { emailPreview } from '../../../../endpoints/emails/previewProxy';
import { routeHandlers } from '../../../../endpoints/http';

export const dynamic = 'force-dynamic';
export const { GET, POST, PUT, PATCH, DELETE } = routeHandlers<{ path: string[] }>({ GET: emailPreview });
