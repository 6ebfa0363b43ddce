export * from './jobRuns';
export * from './leases';
export * from './redisUsage';
export * from './sql';
export * from './transaction';
