import './inPostgres';
import '../delayedJobs.test';
