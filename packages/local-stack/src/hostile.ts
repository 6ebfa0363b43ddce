export { changesBetween, fingerprint } from './hostile/fingerprint';
export { faultOf, type HostileRequest, hostileRequest } from './hostile/hostileRequest';
export { type App, backendRoutes, backendTargets, frontendTargets, type Target } from './hostile/targets';
