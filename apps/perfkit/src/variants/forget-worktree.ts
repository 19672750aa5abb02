import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { Git } from './git.js';

/**
 * Lets a repository forget a worktree whose folder is gone. Synchronous, because it also runs while the process exits.
 *
 * `git worktree prune` would also forget worktrees of the user's own whose disks are not mounted now.
 */
export function forgetWorktree(repository: string, tree: string): void {
  spawnSync('git', ['worktree', 'remove', '--force', '--force', tree], { cwd: repository, stdio: 'ignore' });
}

/** Lets a repository forget the worktrees of killed comparisons whose folders are gone by themselves, as after a restart. */
export async function forgetVanished(git: Git): Promise<void> {
  const listed = (await git.ask('worktree', 'list', '--porcelain')) ?? '';
  for (const [, tree = ''] of listed.matchAll(/^worktree (.*perfkit-variant-\w+[\\/]tree)$/gm)) {
    if (!existsSync(tree)) forgetWorktree(git.folder, tree);
  }
}
