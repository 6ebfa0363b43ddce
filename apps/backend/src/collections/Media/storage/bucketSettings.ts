import { envUrl } from '@convene/common/env';
import { z } from 'zod';

/** Where uploads are kept in place of the disk: in S3, or in whatever speaks its language. */
export const bucketEnv = {
  S3_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'must be the name of a bucket')
    .optional()
    .describe('Keep uploaded images in this bucket, below media/, in place of MEDIA_DIR; with the other S3_ variables'),
  S3_ENDPOINT: envUrl().optional().describe('Where an S3-compatible service answers; for Amazon itself leave it empty'),
  S3_REGION: z.string().min(1).optional().describe('Region of the bucket; auto where the service knows none'),
  S3_ACCESS_KEY_ID: z.string().min(1).optional().describe('Access key that may read, write and delete in the bucket'),
  S3_SECRET_ACCESS_KEY: z.string().min(1).optional().describe('Its secret'),
};

const required = ['S3_BUCKET', 'S3_REGION', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'] as const;

type BucketEnv = { [Name in keyof typeof bucketEnv]?: string | undefined };

/** All or none: half a storage would lose what is uploaded. */
export const bucketProblems = (env: BucketEnv): { variable: string; problem: string }[] => {
  const isWanted = [...required, 'S3_ENDPOINT' as const].some((name) => env[name] !== undefined);
  return required.flatMap((variable) =>
    isWanted && env[variable] === undefined ? [{ variable, problem: 'is needed beside the other S3_ variables' }] : [],
  );
};

export type BucketSettings = {
  bucket: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
  /** Null for Amazon itself. */
  endpoint: string | null;
};

/** Null where uploads are kept on the disk. */
export const bucketSettings = (env: BucketEnv): BucketSettings | null => {
  const { S3_BUCKET, S3_REGION, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY, S3_ENDPOINT } = env;
  if (!S3_BUCKET || !S3_REGION || !S3_ACCESS_KEY_ID || !S3_SECRET_ACCESS_KEY) return null;
  return {
    bucket: S3_BUCKET,
    region: S3_REGION,
    accessKeyId: S3_ACCESS_KEY_ID,
    secretAccessKey: S3_SECRET_ACCESS_KEY,
    endpoint: S3_ENDPOINT ?? null,
  };
};
