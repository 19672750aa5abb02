import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** What the server got. */
export interface Asked {
  readonly headers: IncomingHttpHeaders;
  readonly body: {
    readonly model: string;
    readonly messages: readonly { readonly role: string; readonly content: string }[];
    readonly response_format?: { readonly type: string };
  };
}

/** What it answers: the text of a completion, or a status with a body. */
export type Reply = string | { readonly status: number; readonly body: string; readonly delayMs?: number };

/** The one key and the one model that the server takes. */
export const KEY = 'sk-test-5c1e';
export const MODEL = 'local-model';

/**
 * A server of OpenAI's chat completions on loopback, which refuses what real ones refuse: another path, a missing or
 * wrong key, an unknown model, a body that is no JSON, unknown roles, empty content, a schema that is not strict.
 *
 * @param reply - Called for every request that it would take.
 */
export async function modelServer(
  reply: (asked: Asked, nth: number) => Reply,
): Promise<{ baseUrl: string; asked: Asked[] }> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const send = (status: number, body: string) =>
        response.writeHead(status, { 'content-type': 'application/json' }).end(body);
      const refuse = (status: number, message: string) =>
        send(
          status,
          JSON.stringify({ error: { message, type: 'invalid_request_error', code: null, param: null } }),
        );
      if (request.method !== 'POST' || request.url !== '/v1/chat/completions') {
        refuse(404, `Invalid URL (${request.method} ${request.url})`);
        return;
      }
      const { authorization } = request.headers;
      if (authorization !== `Bearer ${KEY}`) {
        refuse(401, `Incorrect API key provided: ${authorization ?? 'none'}.`);
        return;
      }
      const one = read(request.headers, Buffer.concat(chunks).toString());
      if (typeof one === 'string') {
        refuse(400, one);
        return;
      }
      if (one.body.model !== MODEL) {
        refuse(404, `The model \`${one.body.model}\` does not exist`);
        return;
      }
      asked.push(one);
      const answer = reply(one, asked.length);
      if (typeof answer === 'string') send(200, completion(answer));
      else setTimeout(() => send(answer.status, answer.body), answer.delayMs ?? 0).unref();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, asked };
}

/** A completion in the form in which OpenAI's API gives it. */
export function completion(content: string): string {
  return JSON.stringify({
    id: 'chatcmpl-9x',
    object: 'chat.completion',
    created: 1735689600,
    model: MODEL,
    choices: [{ index: 0, message: { role: 'assistant', content }, logprobs: null, finish_reason: 'stop' }],
    usage: { prompt_tokens: 300, completion_tokens: 50, total_tokens: 350 },
  });
}

function read(headers: IncomingHttpHeaders, text: string): Asked | string {
  if (headers['content-type'] !== 'application/json') return 'The content type must be application/json.';
  let body: Asked['body'];
  try {
    body = JSON.parse(text) as Asked['body'];
  } catch {
    return 'We could not parse the JSON body of your request.';
  }
  const known = ['model', 'messages', 'response_format', 'max_tokens', 'temperature', 'stream'];
  const unknown = Object.keys(body).find((key) => !known.includes(key));
  if (unknown !== undefined) return `Unrecognized request argument supplied: ${unknown}`;
  if (!Array.isArray(body.messages) || body.messages.length === 0) return "'messages' must not be empty.";
  for (const { role, content } of body.messages) {
    if (!['system', 'developer', 'user', 'assistant'].includes(role)) return `Invalid role '${role}'.`;
    if (typeof content !== 'string' || content === '') return 'Invalid content.';
  }
  return strictOrNone(body.response_format) ? { headers, body } : 'Invalid schema for response_format.';
}

/** As OpenAI's strict mode wants it: a name, and an object that takes no other properties than the required ones. */
function strictOrNone(format: unknown): boolean {
  if (format === undefined) return true;
  const { type, json_schema: named } = format as {
    type: string;
    json_schema?: { name?: string; strict?: boolean; schema?: Record<string, unknown> };
  };
  if (type !== 'json_schema') return false;
  return (
    /^[\w-]{1,64}$/.test(named?.name ?? '') &&
    named?.strict === true &&
    named.schema?.additionalProperties === false &&
    Array.isArray(named.schema.required)
  );
}
