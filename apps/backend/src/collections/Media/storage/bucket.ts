import type { S3Client } from '@aws-sdk/client-s3';
import type { BucketSettings } from './bucketSettings';

export type StoredFile = {
  body: ReadableStream;
  type: string;
  length: number | null;
  etag: string | null;
};

/** Files by their name, in a bucket that others may use as well. */
export type Bucket = {
  put: (file: { name: string; bytes: Uint8Array; type: string }) => Promise<void>;
  /** Null where there is none; `unchanged` where it is what the asker has. */
  get: (name: string, options?: { ifNoneMatch?: string | null }) => Promise<StoredFile | 'unchanged' | null>;
  remove: (name: string) => Promise<void>;
};

const CONNECT_MS = 3_000;
const REQUEST_MS = 20_000;

const keyOf = (name: string): string => `media/${name}`;

const statusOf = (error: unknown): number | undefined => {
  const metadata: unknown = error instanceof Error ? Reflect.get(error, '$metadata') : undefined;
  const status: unknown =
    typeof metadata === 'object' && metadata !== null ? Reflect.get(metadata, 'httpStatusCode') : undefined;
  return typeof status === 'number' ? status : undefined;
};

/** The library is loaded when a file is first asked for: most processes never do. */
export const openBucket = (settings: BucketSettings): Bucket => {
  let opened: Promise<{ sdk: typeof import('@aws-sdk/client-s3'); client: S3Client }> | undefined;
  const open = () => {
    opened ??= import('@aws-sdk/client-s3').then((sdk) => ({ sdk, client: clientOf(sdk, settings) }));
    return opened;
  };
  const { bucket: Bucket } = settings;
  return {
    put: async ({ name, bytes, type }) => {
      const { sdk, client } = await open();
      await client.send(new sdk.PutObjectCommand({ Bucket, Key: keyOf(name), Body: bytes, ContentType: type }));
    },
    get: async (name, { ifNoneMatch } = {}) => {
      const { sdk, client } = await open();
      try {
        const { Body, ContentType, ContentLength, ETag } = await client.send(
          new sdk.GetObjectCommand({ Bucket, Key: keyOf(name), ...(ifNoneMatch ? { IfNoneMatch: ifNoneMatch } : {}) }),
        );
        if (!Body) return null;
        return {
          body: Body.transformToWebStream(),
          type: ContentType ?? 'application/octet-stream',
          length: ContentLength ?? null,
          etag: ETag ?? null,
        };
      } catch (error) {
        const status = statusOf(error);
        if (status === 404) return null;
        if (status === 304) return 'unchanged';
        throw error;
      }
    },
    remove: async (name) => {
      const { sdk, client } = await open();
      await client.send(new sdk.DeleteObjectCommand({ Bucket, Key: keyOf(name) }));
    },
  };
};

const clientOf = (
  { S3Client }: typeof import('@aws-sdk/client-s3'),
  { region, endpoint, accessKeyId, secretAccessKey }: BucketSettings,
): S3Client =>
  new S3Client({
    region,
    credentials: { accessKeyId, secretAccessKey },
    // Not every service has a host name for each bucket, nor Amazon's newer checksums.
    ...(endpoint ? { endpoint, forcePathStyle: true } : {}),
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: CONNECT_MS, requestTimeout: REQUEST_MS },
  });
