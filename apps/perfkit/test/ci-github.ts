import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A comment as GitHub's API gives it, as far as anybody reads it here. */
export interface Comment {
  readonly id: number;
  body: string;
  readonly user: { readonly login: string; readonly type: 'User' | 'Bot' } | null;
  readonly html_url: string;
}

interface Token {
  readonly login: string;
  readonly type: 'User' | 'Bot';
  readonly may: 'write' | 'read';
}

interface Answer {
  readonly status: number;
  readonly value?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Fault {
  readonly method: string;
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object;
  /** Whether the request is carried out all the same, as behind a gateway that gives up. */
  readonly done?: boolean;
}

/** Tokens that the server knows: of a workflow, of one for a fork, and of a person. */
export const tokens = {
  workflow: 'ghs_workflowTokenThatMayWrite0001',
  fork: 'ghs_forkTokenThatMayOnlyRead00002',
  person: 'ghp_personalTokenOfMona0000000003',
} as const;
const known: Readonly<Record<string, Token>> = {
  [tokens.workflow]: { login: 'github-actions[bot]', type: 'Bot', may: 'write' },
  [tokens.fork]: { login: 'github-actions[bot]', type: 'Bot', may: 'read' },
  [tokens.person]: { login: 'mona', type: 'User', may: 'write' },
};

const docs = 'https://docs.github.com/rest';

/**
 * A server on 127.0.0.1 that pages and refuses as GitHub's REST API does, with one repository acme/shop and its pull
 * request 7. What it says is what GitHub says. Ends after the test.
 */
export async function github(): Promise<GitHubServer> {
  const server = new GitHubServer();
  await server.listen();
  onTestFinished(() => server.close());
  return server;
}

export class GitHubServer {
  readonly comments: Comment[] = [];
  readonly pulls: { number: number; head: { sha: string; ref: string; repo: { full_name: string } } }[] = [];
  readonly requests: { method: string; path: string; headers: IncomingMessage['headers'] }[] = [];
  /** Answered once each, to the next request with their method. */
  readonly faults: Fault[] = [];
  /** Without it the server is one that knows no GraphQL. */
  graphql = true;
  url = '';
  #nextId = 1000;
  readonly #server = createServer((request, response) => {
    void bodyOf(request).then((body) => this.#answer(request, response, body));
  });

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Puts a comment there, as its author. */
  add(body: string, login: string, type: 'User' | 'Bot' = login.endsWith('[bot]') ? 'Bot' : 'User'): Comment {
    this.#nextId += 1;
    const id = this.#nextId;
    const comment: Comment = {
      id,
      body,
      user: { login, type },
      html_url: `https://github.com/acme/shop/pull/7#issuecomment-${id}`,
    };
    this.comments.push(comment);
    return comment;
  }

  /** Requests of a method, as paths. */
  asked(method: string): string[] {
    return this.requests.filter((request) => request.method === method).map(({ path }) => path);
  }

  #answer(request: IncomingMessage, response: ServerResponse, body: string): void {
    const { method = '', url: path = '', headers } = request;
    this.requests.push({ method, path, headers });
    const index = this.faults.findIndex((one) => one.method === method);
    const [fault] = index === -1 ? [] : this.faults.splice(index, 1);
    const carriedOut = fault === undefined || fault.done === true;
    const answer = carriedOut ? this.#route(method, new URL(path, this.url), body, headers) : undefined;
    const { status, value, headers: more } = fault === undefined ? (answer as Answer) : faulty(fault);
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...more });
    response.end(value === undefined ? undefined : JSON.stringify(value));
  }

  #route(method: string, url: URL, body: string, headers: IncomingMessage['headers']): Answer {
    if (headers['user-agent'] === undefined) {
      return refusal(
        403,
        'Request forbidden by administrative rules. Please make sure your request has a User-Agent header',
      );
    }
    const token = known[(headers.authorization ?? '').replace(/^(token|bearer) /i, '')];
    if (token === undefined) return refusal(401, 'Bad credentials');
    if (method === 'POST' && url.pathname === '/graphql' && this.graphql) {
      return { status: 200, value: { data: { viewer: { login: token.login } } } };
    }
    if (method === 'GET' && url.pathname === '/user') {
      if (token.type === 'Bot') return refusal(403, 'Resource not accessible by integration');
      return { status: 200, value: { login: token.login, type: token.type } };
    }
    const of = /^\/repos\/acme\/shop\/(.+)$/.exec(url.pathname)?.[1];
    if (of === undefined) return refusal(404, 'Not Found');
    if (method === 'GET') return this.#read(of, url);
    if (token.may === 'read') return refusal(403, 'Resource not accessible by integration');
    return this.#write(method, of, body, token);
  }

  #read(of: string, url: URL): Answer {
    if (of === 'issues/7/comments') return this.#page(this.comments, url);
    if (of === 'pulls') {
      const [owner, ref] = (url.searchParams.get('head') ?? ':').split(':');
      const fitting = this.pulls.filter(
        ({ head }) => head.ref === ref && head.repo.full_name.split('/')[0] === owner,
      );
      return this.#page(fitting, url);
    }
    const pull = of === 'pulls/7' ? this.pulls.find(({ number }) => number === 7) : undefined;
    return pull === undefined ? refusal(404, 'Not Found') : { status: 200, value: pull };
  }

  #write(method: string, of: string, body: string, token: Token): Answer {
    const id = Number(/^issues\/comments\/(\d+)$/.exec(of)?.[1]);
    const comment = this.comments.find((one) => one.id === id);
    if (method === 'DELETE' && comment !== undefined) {
      this.comments.splice(this.comments.indexOf(comment), 1);
      return { status: 204 };
    }
    const creates = method === 'POST' && of === 'issues/7/comments';
    if (!creates && (method !== 'PATCH' || comment === undefined)) return refusal(404, 'Not Found');
    const text = (JSON.parse(body) as { body?: string }).body ?? '';
    if ([...text].length > 65_536) {
      const message = 'Body is too long (maximum is 65536 characters)';
      const error = { resource: 'IssueComment', code: 'unprocessable', field: 'data', message };
      return refusal(422, 'Validation Failed', { errors: [error] });
    }
    if (comment === undefined) return { status: 201, value: this.add(text, token.login, token.type) };
    comment.body = text;
    return { status: 200, value: comment };
  }

  #page(all: readonly object[], { pathname, searchParams }: URL): Answer {
    const size = Math.min(100, Number(searchParams.get('per_page') ?? 30));
    const page = Number(searchParams.get('page') ?? 1);
    const last = Math.max(1, Math.ceil(all.length / size));
    const link = (number: number, rel: string) => {
      const params = new URLSearchParams(searchParams);
      params.set('page', String(number));
      return `<${this.url}${pathname}?${params}>; rel="${rel}"`;
    };
    const links = [
      ...(page > 1 ? [link(page - 1, 'prev')] : []),
      ...(page < last ? [link(page + 1, 'next'), link(last, 'last')] : []),
      ...(page > 1 ? [link(1, 'first')] : []),
    ];
    return {
      status: 200,
      value: all.slice((page - 1) * size, page * size),
      ...(links.length > 0 && { headers: { link: links.join(', ') } }),
    };
  }
}

function refusal(status: number, message: string, more: object = {}): Answer {
  return { status, value: { message, ...more, documentation_url: docs, status: String(status) } };
}

function faulty({ status, headers, body }: Fault): Answer {
  return { status, value: body ?? { message: 'Server Error' }, ...(headers !== undefined && { headers }) };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
