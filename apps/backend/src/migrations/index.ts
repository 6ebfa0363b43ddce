import * as initial from './20261124_001737_initial';
import * as triggersAndViews from './20261124_010000_triggers_and_views';
import * as redisUsage from './20261124_105550_redis_usage';

export const migrations = [
  { up: initial.up, down: initial.down, name: '20261124_001737_initial' },
  { up: triggersAndViews.up, down: triggersAndViews.down, name: '20261124_010000_triggers_and_views' },
  { up: redisUsage.up, down: redisUsage.down, name: '20261124_105550_redis_usage' },
];
