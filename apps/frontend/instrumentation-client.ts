/*
 * What the frame of every page runs on. Named here it comes in one file with the framework; each layout's and each error
 * boundary's own file would be a request more, for half a kilobyte of script. Built for production only: while developing,
 * styles of what is named here would be taken for loaded. There the page has them in itself.
 */
// biome-ignore lint/style/noProcessEnv: the compiler leaves the branch out only where it sees this
if (process.env.NODE_ENV === 'production') {
  require('./app/error');
  require('./app/global-error');
  require('./components/Beacons');
  require('./components/NavLink');
  require('./components/SiteNavigation');
  require('./components/Toasts');
  require('./components/UnreadBadge');
}
