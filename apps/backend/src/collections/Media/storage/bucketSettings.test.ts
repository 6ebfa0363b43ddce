import { describe, expect, it } from 'vitest';
import { bucketProblems, bucketSettings } from './bucketSettings';

const all = {
  S3_BUCKET: 'convene',
  S3_REGION: 'auto',
  S3_ACCESS_KEY_ID: 'key',
  S3_SECRET_ACCESS_KEY: 'secret',
};

describe('the bucket of the environment', () => {
  it('is none where nothing is said', () => {
    expect([bucketProblems({}), bucketSettings({})]).toEqual([[], null]);
  });

  it('is at Amazon, or at an endpoint', () => {
    expect(bucketProblems(all)).toEqual([]);
    expect(bucketSettings(all)).toMatchObject({ bucket: 'convene', endpoint: null });
    expect(bucketSettings({ ...all, S3_ENDPOINT: 'https://s3.example' })?.endpoint).toBe('https://s3.example');
  });

  it.each(Object.keys(all))('is refused without %s', (missing) => {
    expect(bucketProblems({ ...all, [missing]: undefined })).toMatchObject([{ variable: missing }]);
  });

  it('is refused where only the endpoint is said', () => {
    expect(bucketProblems({ S3_ENDPOINT: 'https://s3.example' })).toHaveLength(4);
  });
});
