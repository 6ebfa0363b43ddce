export * from './attempts';
export * from './listen';
export * from './relay';
export * from './rows';
export * from './stableId';
export * from './startRelay';
export * from './write';
