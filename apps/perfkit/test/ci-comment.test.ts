import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type GitHubServer, github, tokens } from './ci-github.js';
import { folderOf, inWorkflow, judged, step } from './ci-job.js';

const slower = () => judged({ name: 'get', before: 100, after: 1000 });
const fine = () => judged({ name: 'get', before: 100, after: 100 });
const onPull = { 'event.json': JSON.stringify({ pull_request: { number: 7 }, number: 7 }) };

/** Comments on pull request 7 as a step of its workflow, with the run of the folder. */
function comment(folder: string, server: GitHubServer, token: string = tokens.workflow, ...more: string[]) {
  const env = inWorkflow(folder, server.url, token);
  return step(folder, env, 'ci', 'comment', '--file', 'run.json', ...more);
}

describe('perfkit ci comment', () => {
  it('creates one comment, updates it from then on, and ends with 1 for a critical regression', async () => {
    const server = await github();
    const folder = folderOf(slower(), onPull);
    const first = await comment(folder, server);
    expect(first.stderr).toBe('');
    expect(first.stdout).toMatch(/^Created https:\/\/github.com\/acme\/shop\/pull\/7#issuecomment-\d+\.\n$/);
    expect(first.code).toBe(1);
    expect(server.comments).toHaveLength(1);
    expect(server.comments[0]?.body).toMatch(/^<!-- perfkit:[0-9a-f]{12} -->\n/);
    expect(server.comments[0]?.body).toContain('shop › get');
    writeFileSync(join(folder, 'run.json'), JSON.stringify(fine()));
    const second = await comment(folder, server);
    expect(second.stdout).toMatch(/^Updated /);
    expect(second.code).toBe(0);
    expect(server.comments).toHaveLength(1);
    expect(server.comments[0]?.body).not.toContain('critical');
  });

  it('finds its comment on the third page', async () => {
    const server = await github();
    for (let i = 0; i < 240; i += 1) server.add(`looks good ${i}`, 'mona');
    const own = server.add('<!-- perfkit:k -->\nold', 'github-actions[bot]');
    for (let i = 0; i < 20; i += 1) server.add('nit', 'mona');
    const { stdout } = await comment(folderOf(fine(), onPull), server, tokens.workflow, '--key', 'k');
    expect(stdout).toMatch(/^Updated /);
    expect(own.body).toContain('shop › get');
    expect(server.comments).toHaveLength(261);
    const pages = server.asked('GET').map((path) => new URLSearchParams(path.split('?')[1]));
    expect(pages.map((query) => [query.get('per_page'), query.get('page')])).toEqual([
      ['100', null],
      ['100', '2'],
      ['100', '3'],
    ]);
  });

  it('leaves a comment of somebody else alone, even one with its marker', async () => {
    const server = await github();
    const theirs = [
      server.add('<!-- perfkit:k -->\nAll fine!', 'mallory'),
      server.add('<!-- perfkit:k -->\nAll fine!', 'other-app[bot]'),
    ];
    const quoted = server.add('> <!-- perfkit:k -->\nwhat is this?', 'github-actions[bot]');
    const { stdout } = await comment(folderOf(fine(), onPull), server, tokens.workflow, '--key', 'k');
    expect(stdout).toMatch(/^Created /);
    expect(theirs.map(({ body }) => body)).toEqual(Array(2).fill('<!-- perfkit:k -->\nAll fine!'));
    expect(quoted.body).toContain('what is this?');
    expect(server.asked('PATCH')).toEqual([]);
    expect(server.asked('DELETE')).toEqual([]);
  });

  it('knows its own without GraphQL: by name for a person, as a program for a workflow', async () => {
    const server = await github();
    server.graphql = false;
    server.add('<!-- perfkit:k -->\nAll fine!', 'mallory');
    const bot = server.add('<!-- perfkit:k -->\nold', 'github-actions[bot]');
    const mona = server.add('<!-- perfkit:k -->\nold', 'mona');
    const folder = folderOf(fine(), onPull);
    await comment(folder, server, tokens.workflow, '--key', 'k');
    expect([bot.body.includes('shop'), mona.body.includes('shop')]).toEqual([true, false]);
    await comment(folder, server, tokens.person, '--key', 'k');
    expect(mona.body).toContain('shop › get');
    expect(server.comments).toHaveLength(3);
  });

  it('keeps the oldest of its comments and deletes the others that a race left', async () => {
    const server = await github();
    const oldest = server.add('<!-- perfkit:k -->\na', 'github-actions[bot]');
    server.add('<!-- perfkit:k -->\nb', 'github-actions[bot]');
    server.add('<!-- perfkit:other -->\nc', 'github-actions[bot]');
    const { stdout } = await comment(folderOf(fine(), onPull), server, tokens.workflow, '--key', 'k');
    expect(stdout).toContain('Deleted 1 more of ours with the same key.');
    expect(server.comments.map(({ body }) => body.split('\n')[0])).toEqual([
      '<!-- perfkit:k -->',
      '<!-- perfkit:other -->',
    ]);
    expect(oldest.body).toContain('shop › get');
  });

  it('has a comment for each key, job and configuration', async () => {
    const server = await github();
    const folder = folderOf(fine(), { ...onPull, 'api/perf.config.yaml': '', 'web/perf.config.yaml': '' });
    const env = inWorkflow(folder, server.url, tokens.workflow);
    const ci = (...args: string[]) => step(folder, env, 'ci', 'comment', '--file', 'run.json', ...args);
    await ci('--config', 'api/perf.config.yaml');
    await ci('--config', 'web/perf.config.yaml');
    await ci('--config', 'web/perf.config.yaml', '--key', 'node-22');
    await step(folder, { ...env, GITHUB_JOB: 'b' }, 'ci', 'comment', '--file', 'run.json');
    await ci('--config', 'api/perf.config.yaml');
    expect(server.comments).toHaveLength(4);
  });

  it('keeps to 65,536 characters, with the worst rows', async () => {
    const server = await github();
    const many = Array.from({ length: 600 }, (_, i) => ({
      name: `probe ${i} ${'🦥'.repeat(60)}`,
      before: 100,
      after: i === 599 ? 5000 : 100,
    }));
    const { stdout, stderr } = await comment(folderOf(judged(...many), onPull), server);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^Created /);
    const body = server.comments[0]?.body ?? '';
    expect(body.length).toBeLessThanOrEqual(65_536);
    expect(body).toContain('probe 599');
    expect(body).toMatch(/\[Workflow run\]\(https:\/\/github.com\/acme\/shop\/actions\/runs\/42\)<\/sub>$/);
  });

  it('says who it is and which version of the API it means, and accepts JSON', async () => {
    const server = await github();
    await comment(folderOf(fine(), onPull), server);
    expect(server.requests.length).toBeGreaterThan(2);
    for (const { headers } of server.requests) {
      expect(headers['user-agent']).toMatch(/^perfkit\/\d/);
      expect(headers['x-github-api-version']).toBe('2022-11-28');
      expect(headers.accept).toContain('json');
    }
  });

  it('prints one document with --json', async () => {
    const server = await github();
    const { stdout } = await comment(folderOf(slower(), onPull), server, tokens.workflow, '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      comment: { action: 'created', pull: 7, id: server.comments[0]?.id, removed: 0 },
      outcome: 1,
    });
  });
});

describe('the exit code of perfkit ci comment', () => {
  it('is 0 with --exit-zero, whatever the run holds', async () => {
    const server = await github();
    const { code } = await comment(folderOf(slower(), onPull), server, tokens.workflow, '--exit-zero');
    expect(code).toBe(0);
  });

  it('follows --fail-on, and 3 tells of a failed probe', async () => {
    const server = await github();
    const minor = folderOf(judged({ name: 'get', before: 100, after: 130 }), onPull);
    expect((await comment(minor, server)).code).toBe(0);
    expect((await comment(minor, server, tokens.workflow, '--fail-on', 'minor')).code).toBe(1);
    const failed = judged({ name: 'get', before: 100, after: 100, failure: { message: 'no' } });
    expect((await comment(folderOf(failed, onPull), server)).code).toBe(3);
  });

  it('is 130 for a run that never ended: nothing of it is an all-clear', async () => {
    const server = await github();
    const killed = { ...fine(), status: 'running' as const };
    expect((await comment(folderOf(killed, onPull), server)).code).toBe(130);
  });

  it('is that of the run outside a pull request too, and says that there was none', async () => {
    const server = await github();
    for (const event of ['{}', JSON.stringify({ issue: { number: 7 } })]) {
      const { code, stdout, stderr } = await comment(folderOf(slower(), { 'event.json': event }), server);
      expect(stderr).toContain('No comment: this is no run for a pull request.');
      expect(stdout).toBe('');
      expect(code).toBe(1);
    }
    expect(server.requests).toEqual([]);
  });
});

describe('GitHub that fails or refuses', () => {
  it('is asked again after a secondary rate limit, when it says, and after a failed gateway', async () => {
    const server = await github();
    server.faults.push(
      {
        method: 'GET',
        status: 403,
        headers: { 'retry-after': '1' },
        body: {
          message:
            'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
        },
      },
      { method: 'GET', status: 502 },
      { method: 'POST', status: 429, headers: { 'retry-after': '0' } },
    );
    const { stdout, stderr } = await comment(folderOf(fine(), onPull), server);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^Created /);
    expect(server.asked('GET')).toHaveLength(3);
    expect(server.comments).toHaveLength(1);
  });

  it('makes no second comment when the first was made behind an answer of 502', async () => {
    const server = await github();
    server.graphql = false;
    server.faults.push({ method: 'POST', status: 404 }, { method: 'POST', status: 502, done: true });
    const { stdout } = await comment(folderOf(fine(), onPull), server);
    expect(stdout).toMatch(/^Updated /);
    expect(server.comments).toHaveLength(1);
  });

  it('that asks to wait for an hour is an error now', async () => {
    const server = await github();
    server.faults.push({ method: 'GET', status: 429, headers: { 'retry-after': '3600' } });
    const { code, stderr } = await comment(folderOf(fine(), onPull), server);
    expect(stderr).toContain('GitHub takes no more requests for now (429');
    expect(code).toBe(2);
  });

  it.each([
    [
      'a bad token',
      'ghs_nobodyKnowsThisToken000000',
      'GitHub does not accept the token (401: Bad credentials',
    ],
    ['the token of a fork', tokens.fork, 'permissions: pull-requests: write'],
    ['the token of a fork', tokens.fork, 'comment from a workflow on workflow_run'],
    [
      'no token',
      '',
      `There is no GITHUB_TOKEN. Give it to the step: env: GITHUB_TOKEN: \${{ github.token }}.`,
    ],
    ['a token with a line break', 'ghs_first\nsecond', 'GITHUB_TOKEN is not a token.'],
  ])('for %s ends with 2 after one try, says what to do, and shows no token', async (_, token, message) => {
    const server = await github();
    const { code, stdout, stderr } = await comment(folderOf(fine(), onPull), server, token);
    expect(stderr).toContain(message);
    expect(stderr.split('\n')).toHaveLength(2);
    if (token !== '') expect(stdout + stderr).not.toContain(token.slice(0, 9));
    expect(server.asked('POST').filter((path) => path.endsWith('/comments')).length).toBeLessThanOrEqual(1);
    expect(server.comments).toEqual([]);
    expect(code).toBe(2);
  });

  it('takes the token out of what a server repeats', async () => {
    const server = await github();
    server.faults.push({
      method: 'GET',
      status: 400,
      body: { message: `odd header token ${tokens.workflow}` },
    });
    const { stderr } = await comment(folderOf(fine(), onPull), server);
    expect(stderr).toContain('odd header token ***');
    expect(stderr).not.toContain(tokens.workflow);
  });

  it('that does not know the repository is an error, not an empty list', async () => {
    const server = await github();
    const folder = folderOf(fine());
    const { code, stderr } = await comment(
      folder,
      server,
      tokens.workflow,
      '--repo',
      'acme/typo',
      '--pull',
      '7',
    );
    expect(stderr).toContain('Check --repo and --pull');
    expect(code).toBe(2);
  });

  it('that is not there is an error', async () => {
    const server = await github();
    await server.close();
    const { code, stderr } = await comment(folderOf(fine(), onPull), server);
    expect(stderr).toContain('GitHub cannot be reached');
    expect(code).toBe(2);
  });
});

describe('what names the pull request', () => {
  it('is --repo and --pull before the event, whose number belongs to its own repository', async () => {
    const server = await github();
    const folder = folderOf(fine(), onPull);
    const env = { ...inWorkflow(folder, server.url, tokens.workflow), GITHUB_REPOSITORY: 'acme/other' };
    const ci = (...args: string[]) => step(folder, env, 'ci', 'comment', '--file', 'run.json', ...args);
    expect((await ci('--repo', 'acme/shop')).stderr).toContain('Give its number with --pull.');
    expect((await ci('--repo', 'acme/shop', '--pull', '7')).code).toBe(0);
    expect(server.comments).toHaveLength(1);
  });

  it.each([
    [['--pull', '7; rm -rf /'], 'Give the number of a pull request, such as 7.'],
    [['--pull', '../../user'], 'Give the number of a pull request, such as 7.'],
    [['--pull', '0'], 'Give the number of a pull request, such as 7.'],
    [['--pull', '7', '--repo', 'acme/..'], 'Give it as owner/name'],
    [['--pull', '7', '--repo', 'acme/shop/issues'], 'Give it as owner/name'],
    [['--key', 'a --> b'], 'without "--"'],
  ])('is refused when it is %j', async (args, message) => {
    const server = await github();
    const { code, stderr } = await comment(folderOf(fine(), onPull), server, tokens.workflow, ...args);
    expect(stderr).toContain(message);
    expect(server.requests).toEqual([]);
    expect(code).toBe(2);
  });

  const sha = 'c'.repeat(40);
  const followed = (head: object = {}) => ({
    'event.json': JSON.stringify({
      workflow_run: {
        event: 'pull_request',
        head_sha: sha,
        head_branch: 'faster',
        head_repository: { full_name: 'mona/shop', owner: { login: 'mona' } },
        pull_requests: [],
        ...head,
      },
    }),
  });
  const fromFork = (of: string, at = sha) => ({
    number: 7,
    head: { sha: at, ref: 'faster', repo: { full_name: of } },
  });

  it('after a run for a fork is the open pull request with its commit, found without trusting an artifact', async () => {
    const server = await github();
    server.pulls.push(fromFork('mona/shop'));
    const { code, stdout } = await comment(folderOf(fine(), followed()), server);
    expect(stdout).toMatch(/^Created /);
    expect(code).toBe(0);
  });

  it('after a run for a fork is none once the branch has moved on', async () => {
    const server = await github();
    server.pulls.push(fromFork('mona/shop', 'd'.repeat(40)));
    const { stderr } = await comment(folderOf(fine(), followed()), server);
    expect(stderr).toContain('no open pull request has the measured commit at its head any more');
    expect(server.comments).toEqual([]);
  });

  it('after a run for a fork cannot be one of another commit', async () => {
    const server = await github();
    server.pulls.push(fromFork('mona/shop', 'd'.repeat(40)));
    const { code, stderr } = await comment(
      folderOf(fine(), followed()),
      server,
      tokens.workflow,
      '--pull',
      '7',
    );
    expect(stderr).toContain('acme/shop#7 has another commit at its head.');
    expect(server.comments).toEqual([]);
    expect(code).toBe(2);
  });

  it('after a run for a push is none', async () => {
    const server = await github();
    const { stderr } = await comment(folderOf(fine(), followed({ event: 'push' })), server);
    expect(stderr).toContain('No comment: this is no run for a pull request.');
  });
});

describe('a run document from an artifact', () => {
  it('is refused unless it is one run', async () => {
    const server = await github();
    const folder = folderOf(fine(), { ...onPull, 'advice.json': '{"schema":"perf/advice@1","findings":[]}' });
    const env = inWorkflow(folder, server.url, tokens.workflow);
    const ci = (...args: string[]) => step(folder, env, 'ci', 'comment', ...args);
    writeFileSync(join(folder, 'none.json'), '[]');
    writeFileSync(join(folder, 'broken.json'), '{"schema":"perf/run@1","id":7}');
    const refused = [
      await ci('--file', 'advice.json'),
      await ci('--file', 'none.json'),
      await ci('--file', 'broken.json'),
      await ci('--file', 'nowhere.json'),
      await ci('--file', 'run.json', '--compare'),
    ];
    expect(refused.map(({ code }) => code)).toEqual([2, 2, 2, 2, 2]);
    expect(refused.map(({ stderr }) => stderr)).toEqual([
      expect.stringContaining('not a perf/run'),
      expect.stringContaining('none.json holds 0 runs.'),
      expect.stringContaining('perf/run: '),
      expect.stringContaining('nowhere.json cannot be read'),
      expect.stringContaining('Several runs are named.'),
    ]);
    expect(server.requests).toEqual([]);
  });

  it('cannot forge a marker, mention people or leave its table with its names', async () => {
    const server = await github();
    const name =
      '<!-- perfkit:other -->\n\n# @acme/owners | [x](javascript:alert(1)) <img src=x onerror=alert(1)>';
    await comment(folderOf(judged({ name, before: 100, after: 1000 }), onPull), server);
    const body = server.comments[0]?.body ?? '';
    expect(body.split('<!-- perfkit:')).toHaveLength(2);
    expect(body).not.toContain('<img');
    expect(body).not.toMatch(/(^|[^\\`\w&;])@acme/m);
    expect(body).not.toMatch(/^# @acme/m);
  });
});
