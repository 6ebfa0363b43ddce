import { uploadPicture } from '../../../../endpoints/ownListings/upload';
import { routeHandlers } from '../../../../endpoints/http';

export const { GET, POST, PUT, PATCH, DELETE } = routeHandlers({ POST: uploadPicture });
