import { useQueueBackend } from '../support';

/* Imported before a file of tests, it has them run with the queues in Postgres. */
useQueueBackend('postgres');
