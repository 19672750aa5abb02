import type { Session } from 'node:inspector/promises';
import { describeError } from '@perf/schema/core';
import { MonitorError } from '../monitor-error.js';

/**
 * A session with V8's inspector in this thread: no port is opened. Whoever asks disconnects it, which also ends
 * whatever it had enabled.
 *
 * @throws {MonitorError} `monitor/inspector` where Node.js was built without it or refuses a session.
 */
export async function inspectorSession(): Promise<Session> {
  try {
    const { Session } = await import('node:inspector/promises');
    const session = new Session();
    session.connect();
    return session;
  } catch (cause) {
    throw refused(cause);
  }
}

/**
 * What the inspector answers to one command.
 *
 * @throws {MonitorError} `monitor/inspector` with V8's own words if it refuses.
 */
export async function answered<Answer>(command: Promise<Answer>): Promise<Answer> {
  try {
    return await command;
  } catch (cause) {
    throw refused(cause);
  }
}

function refused(cause: unknown): MonitorError {
  return new MonitorError(
    'monitor/inspector',
    `V8 does not let itself be profiled: ${describeError(cause)}`,
    {
      remedy: 'Use a Node.js with the inspector, and start it without another profiler.',
      cause,
    },
  );
}
