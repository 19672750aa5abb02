import { heldResources } from '../held/read-held.js';
import { WINDOWS } from './windows.js';

/** Chance that chance alone raises a suspicion, over all looks at all resources in the whole life of a service. */
const LEVEL = 0.05;

/**
 * How many standard errors an estimate must lie above its floor at one look at one window of one resource.
 *
 * The kth look gets 1 / (k (k + 1)) of what there is of chance, which sums up to 1 over all looks that can ever be: a
 * service that is watched for a year alarms by chance no more often than one that is looked at once. Looks come after
 * a third more readings, two or three while the age doubles, so that there are few: the reach is 3.5 at the first one, and
 * 4.8 at the twentieth, after some days.
 *
 * @param look - From 1.
 *
 * Source: alpha spending, Lan & DeMets 1983, Biometrika 70(3), with Bonferroni's inequality in place of the joint law of
 * the looks; P(|Z| > z) <= exp(-z^2 / 2) for a standard normal Z.
 */
export function lookReach(look: number): number {
  const level = LEVEL / heldResources.length / WINDOWS / (look * (look + 1));
  return Math.sqrt(2 * Math.log(1 / level));
}
