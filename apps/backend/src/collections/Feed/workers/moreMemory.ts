/**
 * What one sort or hash of the transaction may take of Postgres' memory before it goes to disk: with the usual 4 MB the
 * rows of 100,000 listings would.
 */
export const MORE_MEMORY = "SET LOCAL work_mem = '128MB'";
