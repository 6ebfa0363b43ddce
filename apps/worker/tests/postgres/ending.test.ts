import './inPostgres';
import '../ending.test';
