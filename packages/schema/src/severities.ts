/** Minor below +50 %, moderate from +50 % to +200 %, critical above +200 %. Least first. */
export const severities = ['minor', 'moderate', 'critical'] as const;
