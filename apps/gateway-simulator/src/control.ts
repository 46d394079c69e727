import type { FastifyInstance, FastifyRequest } from 'fastify';
import { channelNames } from './channel-part.ts';
import type { ClockScope } from './clock.ts';
import {
  ControlRefused,
  number,
  oneOf,
  optionalNumber,
  optionalText,
  readFields,
} from './control-input.ts';
import type { CoreDeps } from './deps.ts';
import { type ArmedFault, faultPlaces, faultsAt } from './faults.ts';
import { queryOf } from './inbound.ts';
import type { Schedule } from './schedule.ts';

const HUNDRED_DAYS_MS = 100 * 86_400_000;
const LIST_MOST = 1_000;
const SCOPES: readonly ClockScope[] = ['all', 'schedule'];

export type ControlDeps = CoreDeps & { schedule: Schedule; reset(withMerchants: boolean): void };

/** What tests and the inspector call: faults, clock, log, reset. */
export function registerControl(app: FastifyInstance, deps: ControlDeps): void {
  const { clock, faults, log } = deps;
  const clockNow = () => ({ now: clock.now(), scheduleNow: clock.scheduleNow() });

  app.get('/control/faults', () => faults.list());
  app.post('/control/faults', (request) => {
    arm(deps, request);
    return faults.list();
  });
  app.delete('/control/faults', () => {
    faults.clear();
    return faults.list();
  });

  app.get('/control/clock', clockNow);
  app.post('/control/clock', async (request) => {
    const fields = readFields(request, ['advanceMs', 'scope']);
    const advanceMs = number(fields, 'advanceMs', { least: 0, most: HUNDRED_DAYS_MS });
    const scope = fields.scope === undefined ? 'all' : oneOf(fields, 'scope', SCOPES);
    await deps.schedule.advance(advanceMs, scope);
    return clockNow();
  });

  app.get('/control/requests', (request) => {
    const query = queryOf(request);
    const after = Number(query.get('after') ?? 0);
    const outTradeNo = query.get('outTradeNo') ?? undefined;
    const limit = Math.min(Number(query.get('limit') ?? LIST_MOST), LIST_MOST);
    if (Number.isNaN(after) || Number.isNaN(limit))
      throw new ControlRefused('after、limit 须是数字');
    return { requests: log.list({ after, outTradeNo, limit }) };
  });

  app.post('/control/reset', (request) => {
    const fields = readFields(request, ['merchants']);
    deps.reset(fields.merchants === true);
    return { isReset: true };
  });
}

function arm({ faults }: Pick<CoreDeps, 'faults'>, request: FastifyRequest): void {
  const fields = readFields(request, [
    'at',
    'fault',
    'times',
    'outTradeNo',
    'channel',
    'delayMs',
    'copies',
    'totalFen',
    'seed',
    'ratePercent',
    'places',
  ]);
  const channel = fields.channel === undefined ? undefined : oneOf(fields, 'channel', channelNames);
  if (fields.seed !== undefined) {
    const places = fields.places === undefined ? [...faultPlaces] : fields.places;
    if (!Array.isArray(places)) throw new ControlRefused('places 须是列表', 'places');
    return faults.armBySeed({
      seed: number(fields, 'seed', { least: 0, most: 0xffffffff }),
      ratePercent: number(fields, 'ratePercent', { least: 0, most: 100, isWhole: false }),
      places: places.map((place: unknown) => oneOf({ places: place }, 'places', faultPlaces)),
      channel,
    });
  }
  const at = oneOf(fields, 'at', faultPlaces);
  faults.arm({
    at,
    fault: oneOf(fields, 'fault', faultsAt(at)) as ArmedFault['fault'],
    times: number(fields, 'times', { least: 1, most: 1_000_000, fallback: 1 }),
    outTradeNo: optionalText(fields, 'outTradeNo'),
    channel,
    delayMs: optionalNumber(fields, 'delayMs', { least: 0, most: HUNDRED_DAYS_MS }),
    copies: optionalNumber(fields, 'copies', { least: 1, most: 1_000 }),
    totalFen: optionalNumber(fields, 'totalFen', { least: 1, most: Number.MAX_SAFE_INTEGER }),
  });
}
