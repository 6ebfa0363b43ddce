import type { Topology } from 'topojson-specification';

/** Made by cli/makeCountries.ts. */
declare const countries: Topology;
export default countries;
