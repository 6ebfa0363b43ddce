import path from 'node:path';
import type { CollectionConfig } from 'payload';
import { anyone } from '../../access/anyone';
import { canUseAdmin } from '../../access/canUseAdmin';
import { isStaff } from '../../access/isStaff';
import { nobodyField } from '../../access/nobodyField';
import { env } from '../../env';

/** The widths that pages ask for; Payload makes only those that are smaller than the upload. */
export const imageWidths = [400, 800, 1600] as const;

/**
 * Each time a file is asked for Payload asks Postgres who may see it: browsers and what stands before us keep it for a
 * day. Everybody may see every file, and a new upload has a new name.
 */
const keepFor = ({ headers }: { headers: Headers }): Headers => {
  if (headers.has('Content-Type')) headers.set('Cache-Control', 'public, max-age=86400, stale-while-revalidate=604800');
  return headers;
};

export const Media: CollectionConfig = {
  slug: 'media',
  labels: { singular: 'Image', plural: 'Images' },
  admin: { group: 'Marketplace', useAsTitle: 'alt' },
  access: {
    read: anyone,
    create: ({ req }) => canUseAdmin({ req }),
    update: ({ req }) => (req.user ? isStaff(req.user) || { uploadedBy: { equals: req.user.id } } : false),
    delete: ({ req }) => (req.user ? isStaff(req.user) || { uploadedBy: { equals: req.user.id } } : false),
  },
  upload: {
    staticDir: path.resolve(env.MEDIA_DIR),
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
    focalPoint: true,
    modifyResponseHeaders: keepFor,
  },
  fields: [
    { name: 'alt', type: 'text', required: true, maxLength: 300, label: 'What the image shows' },
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
