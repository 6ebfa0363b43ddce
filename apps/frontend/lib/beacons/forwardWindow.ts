/**
 * The least time between two rounds of forwarding. Twice the backend's commit window, so that in production it is this
 * that bounds what counting costs: at most 2,880 rounds a day. Shorter where somebody waits to see a view counted.
 */
export const forwardWindowMsOf = ({ isProduction }: { isProduction: boolean }): number => (isProduction ? 30_000 : 50);
