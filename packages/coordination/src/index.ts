export * from './jobRuns';
export * from './leases';
export * from './sql';
export * from './transaction';
