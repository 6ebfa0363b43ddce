import sharp from 'sharp';

/** A photograph of a good camera; and what decodes to more is a bomb, or no use on a page. */
export const MAX_PIXELS = 50_000_000;
export const MAX_BYTES = 12_000_000;
const MIN_EDGE_PIXELS = 16;

/** What its bytes say it is, to what they may call themselves. */
const mimeTypes = { jpeg: 'image/jpeg', png: 'image/png', webp: 'image/webp', heif: 'image/avif' } as const;
type Format = keyof typeof mimeTypes;

const isFormat = (format: string | undefined): format is Format =>
  format !== undefined && Object.hasOwn(mimeTypes, format);

export type Inspection = { accepted: true; mimeType: string } | { accepted: false; why: string };

const refused = (why: string): Inspection => ({ accepted: false, why });

/**
 * Is this an image that we take? By its bytes alone, whatever name and type came with it, and without decoding it: what
 * its header promises is held against the limits first.
 */
export const inspectImage = async (bytes: Uint8Array): Promise<Inspection> => {
  if (bytes.byteLength === 0) return refused('The image is empty.');
  if (bytes.byteLength > MAX_BYTES) return refused('The image is larger than 12 MB.');
  // sharp would take an SVG for one too: a document that can carry scripts, and be made from anything like XML.
  const metadata = await sharp(bytes, { limitInputPixels: MAX_PIXELS })
    .metadata()
    .catch(() => null);
  if (!metadata || !isFormat(metadata.format)) return refused('Send a JPEG, PNG, WebP or AVIF image.');
  if (metadata.format === 'heif' && metadata.compression !== 'av1')
    return refused('Send a JPEG, PNG, WebP or AVIF image.');
  const { width = 0, height = 0, pages = 1 } = metadata;
  if (pages > 1) return refused('The image must not be animated.');
  if (width * height > MAX_PIXELS) return refused('The image has more than 50 million pixels.');
  if (Math.min(width, height) < MIN_EDGE_PIXELS) return refused('The image is smaller than 16 pixels.');
  return { accepted: true, mimeType: mimeTypes[metadata.format] };
};
