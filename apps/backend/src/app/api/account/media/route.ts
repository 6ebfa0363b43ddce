import { routeHandlers } from '../../../../endpoints/http';
import { uploadPicture } from '../../../../endpoints/ownListings/upload';

export const { GET, POST, PUT, PATCH, DELETE } = routeHandlers({ POST: uploadPicture });
