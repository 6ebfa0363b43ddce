type Run = { test: string; says: string };
export const documentedCommands: Record<string, Run | { ci: string } | { byHand: string }> = {};
