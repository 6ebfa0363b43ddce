/** What every test of this app runs with; nothing listens at these addresses. */
Object.assign(process.env, {
  NODE_ENV: 'test',
  LOG_LEVEL: 'silent',
  BACKEND_URL: 'http://127.0.0.1:9',
  FRONTEND_URL: 'http://localhost:3000',
  SERVICE_TOKEN: 'service-token-for-the-tests-0123456789',
  SESSION_SECRET: 'session-secret-for-the-tests-0123456789',
});
