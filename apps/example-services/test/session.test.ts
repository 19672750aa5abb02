import { SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { SessionError, SessionStore } from '../src/session.ts';

const secret = new Uint8Array(32).fill(1);
const minute = 60_000;

async function storeOf(max = 10) {
  const clock = { now: Date.UTC(2025, 0, 1) };
  let ids = 0;
  const store = await SessionStore.open({
    secret,
    max,
    idleMs: 10 * minute,
    maxAgeMs: 60 * minute,
    now: () => clock.now,
    newId: () => `s${++ids}`,
  });
  return { store, clock };
}

describe('SessionStore', () => {
  it('finds a session by the token it gave out', async () => {
    const { store, clock } = await storeOf();
    const { token, session } = await store.create('ada', { theme: 'dark' });
    expect(session).toEqual({ id: 's1', userId: 'ada', data: { theme: 'dark' }, createdAtMs: clock.now });
    expect(await store.verify(token)).toBe(session);
  });

  it('ends a session that is idle for too long', async () => {
    const { store, clock } = await storeOf();
    const { token } = await store.create('ada');
    clock.now += 10 * minute;
    await store.verify(token);
    clock.now += 1;
    await expect(store.verify(token)).rejects.toMatchObject({ name: 'SessionError', code: 'ended' });
  });

  it('keeps a session open as long as it is touched, up to its greatest age', async () => {
    const { store, clock } = await storeOf();
    const { token } = await store.create('ada');
    for (let passed = 5; passed < 60; passed += 5) {
      clock.now += 5 * minute;
      await store.touch(token);
    }
    clock.now += 5 * minute;
    await expect(store.touch(token)).rejects.toMatchObject({ code: 'invalid' });
  });

  it('does not take a look for a touch', async () => {
    const { store, clock } = await storeOf();
    const { token } = await store.create('ada');
    clock.now += 6 * minute;
    await store.verify(token);
    clock.now += 6 * minute;
    await expect(store.verify(token)).rejects.toMatchObject({ code: 'ended' });
  });

  it('ends a revoked session at once, and no other', async () => {
    const { store } = await storeOf();
    const ada = await store.create('ada');
    const bob = await store.create('bob');
    expect(store.revoke(ada.session.id)).toBe(true);
    expect(store.revoke(ada.session.id)).toBe(false);
    await expect(store.verify(ada.token)).rejects.toMatchObject({ code: 'ended' });
    expect(await store.verify(bob.token)).toBe(bob.session);
  });

  it('ends the session unused for longest when there are too many', async () => {
    const { store } = await storeOf(2);
    const [ada, bob, eve] = [await store.create('ada'), await store.create('bob'), await store.create('eve')];
    await expect(store.verify(ada.token)).rejects.toMatchObject({ code: 'ended' });
    expect([await store.verify(bob.token), await store.verify(eve.token)]).toEqual([
      bob.session,
      eve.session,
    ]);
  });

  it('sweeps the idle sessions and counts them', async () => {
    const { store, clock } = await storeOf();
    await store.create('ada');
    clock.now += 8 * minute;
    await store.create('bob');
    expect(store.sweep()).toBe(0);
    clock.now += 8 * minute;
    expect(store.sweep()).toBe(1);
    expect(store.size).toBe(1);
  });

  it('refuses tokens that it did not sign', async () => {
    const { store, clock } = await storeOf();
    const { token } = await store.create('ada');
    const [head, , signature] = token.split('.');
    const body = Buffer.from(JSON.stringify({ sub: 'eve', jti: 's1' })).toString('base64url');
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${body}.`;
    const signed = (key: Uint8Array, who: string) =>
      new SignJWT()
        .setProtectedHeader({ alg: 'HS256' })
        .setIssuer(who)
        .setSubject('ada')
        .setJti('s1')
        .setExpirationTime(new Date(clock.now + minute))
        .sign(key);
    const forged = [
      '',
      'not a token',
      `${head}.${body}.${signature}`,
      unsigned,
      await signed(new Uint8Array(32).fill(2), 'example-services'),
      await signed(secret, 'another-service'),
    ];
    for (const bad of forged) {
      const failure = await store.verify(bad).catch((error: unknown) => error);
      expect(failure, bad).toBeInstanceOf(SessionError);
      expect(failure, bad).toMatchObject({ code: 'invalid' });
    }
  });

  it('refuses a secret that is too short to be one', async () => {
    const options = { secret: secret.subarray(1), max: 1, idleMs: 1, maxAgeMs: 1_000 };
    await expect(SessionStore.open(options)).rejects.toThrow('at least 32 bytes');
  });
});
