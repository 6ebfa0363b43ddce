/*
 * What the frame of every page runs on. Named here it comes in one file with the framework; each layout's and each error
 * boundary's own file would be a request more, for half a kilobyte of script.
 */
import './app/error';
import './app/global-error';
import './components/Beacons';
import './components/NavLink';
import './components/SiteNavigation';
import './components/Toasts';
import './components/UnreadBadge';
