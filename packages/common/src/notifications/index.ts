export * from './categories';
export * from './deliveryStates';
export * from './parts';
export * from './schemas';
