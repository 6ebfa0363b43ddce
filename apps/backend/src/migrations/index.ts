import * as migration_20261124_001737_initial from './20261124_001737_initial';
import * as migration_20261124_010000_triggers_and_views from './20261124_010000_triggers_and_views';
import * as migration_20261124_105550_redis_usage from './20261124_105550_redis_usage';
import * as migration_20261124_130434_feed_weights from './20261124_130434_feed_weights';
import * as migration_20261124_150000_feed_indexes from './20261124_150000_feed_indexes';
import * as migration_20261124_224323_delivery from './20261124_224323_delivery';
import * as migration_20261124_224719_market from './20261124_224719_market';
import * as migration_20261124_224720_market_rules from './20261124_224720_market_rules';
import * as migration_20261124_230000_feed_changes from './20261124_230000_feed_changes';
import * as migration_20261124_233000_maintenance from './20261124_233000_maintenance';
import * as migration_20261128_220100_search from './20261128_220100_search';
import * as migration_20261128_220200_feed_orders from './20261128_220200_feed_orders';
import * as migration_20261128_221100_account from './20261128_221100_account';
import * as migration_20261128_221101_two_factor from './20261128_221101_two_factor';
import * as migration_20261128_222100_staff from './20261128_222100_staff';
import * as migration_20261128_222101_staff_rules from './20261128_222101_staff_rules';
import * as migration_20261128_230100_trace_parent from './20261128_230100_trace_parent';
import * as migration_20261128_233100_dashboards from './20261128_233100_dashboards';
import * as migration_20261128_234100_bin_for_reviews_and_images from './20261128_234100_bin_for_reviews_and_images';
import * as migration_20261128_234101_deleted_things from './20261128_234101_deleted_things';
import * as migration_20261128_235100_owners_bin from './20261128_235100_owners_bin';
import * as migration_20261129_140548_picture_texts from './20261129_140548_picture_texts';

export const migrations = [
  {
    up: migration_20261124_001737_initial.up,
    down: migration_20261124_001737_initial.down,
    name: '20261124_001737_initial',
  },
  {
    up: migration_20261124_010000_triggers_and_views.up,
    down: migration_20261124_010000_triggers_and_views.down,
    name: '20261124_010000_triggers_and_views',
  },
  {
    up: migration_20261124_105550_redis_usage.up,
    down: migration_20261124_105550_redis_usage.down,
    name: '20261124_105550_redis_usage',
  },
  {
    up: migration_20261124_130434_feed_weights.up,
    down: migration_20261124_130434_feed_weights.down,
    name: '20261124_130434_feed_weights',
  },
  {
    up: migration_20261124_150000_feed_indexes.up,
    down: migration_20261124_150000_feed_indexes.down,
    name: '20261124_150000_feed_indexes',
  },
  {
    up: migration_20261124_224323_delivery.up,
    down: migration_20261124_224323_delivery.down,
    name: '20261124_224323_delivery',
  },
  {
    up: migration_20261124_224719_market.up,
    down: migration_20261124_224719_market.down,
    name: '20261124_224719_market',
  },
  {
    up: migration_20261124_224720_market_rules.up,
    down: migration_20261124_224720_market_rules.down,
    name: '20261124_224720_market_rules',
  },
  {
    up: migration_20261124_230000_feed_changes.up,
    down: migration_20261124_230000_feed_changes.down,
    name: '20261124_230000_feed_changes',
  },
  {
    up: migration_20261124_233000_maintenance.up,
    down: migration_20261124_233000_maintenance.down,
    name: '20261124_233000_maintenance',
  },
  {
    up: migration_20261128_220100_search.up,
    down: migration_20261128_220100_search.down,
    name: '20261128_220100_search',
  },
  {
    up: migration_20261128_220200_feed_orders.up,
    down: migration_20261128_220200_feed_orders.down,
    name: '20261128_220200_feed_orders',
  },
  {
    up: migration_20261128_221100_account.up,
    down: migration_20261128_221100_account.down,
    name: '20261128_221100_account',
  },
  {
    up: migration_20261128_221101_two_factor.up,
    down: migration_20261128_221101_two_factor.down,
    name: '20261128_221101_two_factor',
  },
  {
    up: migration_20261128_222100_staff.up,
    down: migration_20261128_222100_staff.down,
    name: '20261128_222100_staff',
  },
  {
    up: migration_20261128_222101_staff_rules.up,
    down: migration_20261128_222101_staff_rules.down,
    name: '20261128_222101_staff_rules',
  },
  {
    up: migration_20261128_230100_trace_parent.up,
    down: migration_20261128_230100_trace_parent.down,
    name: '20261128_230100_trace_parent',
  },
  {
    up: migration_20261128_233100_dashboards.up,
    down: migration_20261128_233100_dashboards.down,
    name: '20261128_233100_dashboards',
  },
  {
    up: migration_20261128_234100_bin_for_reviews_and_images.up,
    down: migration_20261128_234100_bin_for_reviews_and_images.down,
    name: '20261128_234100_bin_for_reviews_and_images',
  },
  {
    up: migration_20261128_234101_deleted_things.up,
    down: migration_20261128_234101_deleted_things.down,
    name: '20261128_234101_deleted_things',
  },
  {
    up: migration_20261128_235100_owners_bin.up,
    down: migration_20261128_235100_owners_bin.down,
    name: '20261128_235100_owners_bin',
  },
  {
    up: migration_20261129_140548_picture_texts.up,
    down: migration_20261129_140548_picture_texts.down,
    name: '20261129_140548_picture_texts',
  },
];
