import type { CheckoutPlan } from '@wuye-pay/contract';
import { useCallback, useEffect, useRef, useState } from 'react';
import { surface } from '#platform';
import { request } from '../api/index.ts';
import type { Cart } from './cart.ts';

/** While somebody ticks one bill after the other the server is not asked each time. */
const restMs = 300;

export interface Plan {
  /** Of the present cart; undefined while it is on its way or could not be had. */
  readonly plan: CheckoutPlan | undefined;
  readonly failure: unknown;
  /** The plan of the present cart, asked for now if it is not here. */
  readonly get: () => Promise<CheckoutPlan>;
}

interface Known {
  readonly of: string;
  readonly plan?: CheckoutPlan;
  readonly failure?: unknown;
}

/** How a cart can be paid here: asked for ahead, so that the tap goes straight to the wallet. */
export function usePlan(cart: Cart | undefined): Plan {
  const of = cart === undefined ? '' : JSON.stringify(cart);
  const [known, setKnown] = useState<Known>({ of: '' });
  const isFirst = useRef(true);

  const get = useCallback(async () => {
    const body = { ...(JSON.parse(of) as Cart), surface };
    return await request('POST /api/resident/plans', { body } as PlanInput);
  }, [of]);

  useEffect(() => {
    if (of === '') return undefined;
    let isCurrent = true;
    const ask = () =>
      get().then(
        (plan) => isCurrent && setKnown({ of, plan }),
        (failure: unknown) => isCurrent && setKnown({ of, failure }),
      );
    const timer = setTimeout(() => void ask(), isFirst.current ? 0 : restMs);
    isFirst.current = false;
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [of, get]);

  const present = known.of === of ? known : undefined;
  return {
    plan: present?.plan,
    failure: present?.failure,
    get: async () => present?.plan ?? (await get()),
  };
}

type PlanInput = Parameters<typeof request<'POST /api/resident/plans'>>[1];
