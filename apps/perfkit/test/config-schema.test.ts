import { expect, it } from 'vitest';
import { z } from 'zod';
import { configSchema } from '../src/config/config.js';

it('has a JSON Schema for editors that says what the reader says (vitest -u writes it anew)', async () => {
  const schema = z.toJSONSchema(configSchema, { io: 'input', target: 'draft-7' });
  const text = `${JSON.stringify({ title: 'perf.config.yaml', ...schema }, null, 2)}\n`;
  await expect(text).toMatchFileSnapshot('../schema/perf.config.schema.json');
});
