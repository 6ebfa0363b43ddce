import type { Image } from '@convene/common/api';
import sharp from 'sharp';
import { env } from '@/env';
import { logger } from '@/lib/logger';

const TIMEOUT_MS = 4_000;
const MAX_BYTES = 12_000_000;

/** Browsers' address of an upload, as this server reaches it. */
const reachable = (url: string): string => {
  const parsed = new URL(url);
  return parsed.origin === new URL(env.BACKEND_URL).origin
    ? `${env.backendOrigin}${parsed.pathname}${parsed.search}`
    : parsed.href;
};

const fetchBytes = async (url: string): Promise<Buffer> => {
  const response = await fetch(reachable(url), { cache: 'no-store', signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  const bytes = Buffer.from(await response.arrayBuffer());
  if (bytes.length > MAX_BYTES) throw new Error(`${url}: ${bytes.length} bytes`);
  return bytes;
};

/**
 * A listing's picture, cut to this size, as an address that holds its JPEG; null where there is none or it can't be had:
 * a card without a picture is better than none.
 */
export const photoFor = async (
  image: Image | null,
  { width, height }: { width: number; height: number },
): Promise<string | null> => {
  const source = image?.sources.find((candidate) => candidate.width >= width) ?? image?.sources.at(-1);
  if (!source) return null;
  try {
    const jpeg = await sharp(await fetchBytes(source.url))
      .rotate()
      .resize(width, height, { fit: 'cover' })
      .jpeg({ quality: 82 })
      .toBuffer();
    return `data:image/jpeg;base64,${jpeg.toString('base64')}`;
  } catch (error) {
    logger.warn({ err: error }, 'The picture of a card to be shared could not be had');
    return null;
  }
};
