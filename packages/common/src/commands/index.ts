export * from './counter';
export * from './report';
export * from './reporter';
