/** The table of scenarios; in each of their zones SOA MINIMUM is an hour, so whoever is asked too early denies for long. */
import { APEX_AND_BELOW } from './scenarios-below-apex.ts';
import { CNAMES } from './scenarios-cname.ts';
import { ODD_SERVERS } from './scenarios-odd-servers.ts';
import { REGISTRATION } from './scenarios-registration.ts';

/** By name. */
export const SCENARIOS = { ...APEX_AND_BELOW, ...REGISTRATION, ...CNAMES, ...ODD_SERVERS };

/** The name of a scenario. */
export type ScenarioName = keyof typeof SCENARIOS;
