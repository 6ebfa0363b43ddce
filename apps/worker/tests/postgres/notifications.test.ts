import './inPostgres';
import '../notifications.test';
