import './inPostgres';
import '../kill.test';
