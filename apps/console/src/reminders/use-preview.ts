import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { call } from '../api/client.ts';
import type { Plan, Preview } from './words.tsx';

/** What a plan would send on a day, else on the next one that has anything; writes nothing. */
export function usePreview(plan: Plan, day: string | undefined): UseQueryResult<Preview> {
  const key = 'POST /api/reminder-plans/:reminderPlanId/preview';
  return useQuery<Preview>({
    queryKey: [key, plan.id, plan.updatedAt, day],
    queryFn: ({ signal }) =>
      call(key, { params: { reminderPlanId: plan.id }, body: day ? { day } : {} }, signal),
    staleTime: 60_000,
  });
}
