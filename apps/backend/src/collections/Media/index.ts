import path from 'node:path';
import type { CollectionConfig } from 'payload';
import { canUseAdmin } from '../../access/canUseAdmin';
import { isStaff } from '../../access/isStaff';
import { nobodyField } from '../../access/nobodyField';
import { staffOrOwnIntoBin } from '../../access/staffOrOwnIntoBin';
import { visibleMediaOrOwn } from '../../access/visibleMediaOrOwn';
import { env } from '../../env';
import { guardTrash } from '../../hooks/beforeOperation/guardTrash';
import { takeOnlyImages } from './hooks/beforeOperation/takeOnlyImages';
import { MAX_PIXELS } from './inspectImage';
import { openBucket } from './storage/bucket';
import { bucketSettings } from './storage/bucketSettings';
import { keepInBucket, removeFromBucket, serveFromBucket } from './storage/inBucket';

/**
 * An image and nothing else, for whoever opens it. Each time a file is asked for Payload asks Postgres who may see it, so
 * browsers and what stands before us keep it, for a month: staff may set another focus under its name.
 */
const modifyResponseHeaders = ({ headers }: { headers: Headers }): Headers => {
  headers.set('X-Content-Type-Options', 'nosniff');
  headers.set('Content-Disposition', 'inline');
  headers.set('Content-Security-Policy', "default-src 'none'; sandbox");
  // What is not there has no type, and may be there tomorrow.
  if (headers.has('Content-Type')) headers.set('Cache-Control', 'public, max-age=2592000');
  return headers;
};

/** The widths that pages ask for; Payload makes only those that are smaller than the upload. */
export const imageWidths = [400, 800, 1600] as const;

const settings = bucketSettings(env);
/** Null where images are kept on the disk. */
const bucket = settings && openBucket(settings);

export const Media: CollectionConfig = {
  slug: 'media',
  labels: { singular: 'Image', plural: 'Images' },
  disableDuplicate: true,
  trash: true,
  admin: {
    group: 'Listings',
    useAsTitle: 'filename',
    defaultColumns: ['filename', 'alt', 'uploadedBy', 'filesize', 'createdAt'],
    listSearchableFields: ['alt', 'filename'],
  },
  access: {
    read: visibleMediaOrOwn,
    create: ({ req }) => canUseAdmin({ req }),
    // Else what moderators have seen would not be what visitors see.
    update: staffOrOwnIntoBin('uploadedBy'),
    delete: ({ req }) => (req.user ? isStaff(req.user) || { uploadedBy: { equals: req.user.id } } : false),
  },
  hooks: {
    beforeOperation: [guardTrash, takeOnlyImages],
    afterChange: bucket ? [keepInBucket(bucket)] : [],
    afterDelete: bucket ? [removeFromBucket(bucket)] : [],
  },
  upload: {
    // Never fetched from elsewhere by our server, which stands where a visitor doesn't.
    pasteURL: false,
    constructorOptions: { limitInputPixels: MAX_PIXELS },
    modifyResponseHeaders,
    staticDir: path.resolve(env.MEDIA_DIR),
    ...(bucket ? { disableLocalStorage: true, handlers: [serveFromBucket(bucket, modifyResponseHeaders)] } : {}),
    mimeTypes: ['image/jpeg', 'image/png', 'image/webp', 'image/avif'],
    formatOptions: { format: 'webp', options: { quality: 80 } },
    resizeOptions: { width: 2400, height: 2400, fit: 'inside', withoutEnlargement: true },
    imageSizes: imageWidths.map((width) => ({
      name: `w${width}`,
      width,
      withoutEnlargement: true,
      formatOptions: { format: 'webp', options: { quality: 76 } },
    })),
    adminThumbnail: 'w400',
    crop: false,
    focalPoint: true,
  },
  fields: [
    {
      name: 'alt',
      type: 'text',
      required: true,
      maxLength: 300,
      label: 'What the image shows',
      admin: { description: 'What a listing says of its pictures itself goes before this.' },
    },
    {
      name: 'uploadedBy',
      type: 'relationship',
      relationTo: 'users',
      index: true,
      access: { create: nobodyField, update: nobodyField },
      admin: { readOnly: true, position: 'sidebar' },
      hooks: {
        beforeChange: [({ req, operation, value }) => (operation === 'create' ? (req.user?.id ?? value) : value)],
      },
    },
  ],
};
