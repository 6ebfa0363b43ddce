import type { Access } from 'payload';

/** Rows that only Convene's own code writes. */
export const nobody: Access = () => false;
