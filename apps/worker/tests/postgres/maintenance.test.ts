import './inPostgres';
import '../maintenance.test';
