/** How a worktree gets its dependencies: see `WorktreeOptions`. */
export const installModes = ['auto', 'always', 'never'] as const;

/** Whose perf files are measured: see `FilesFrom`. */
export const filesFromValues = ['each', 'a', 'b'] as const;
