import type { ReminderPlanInput, ReminderStep } from '@wuye-pay/contract';
import { offsetsOf } from './occurrences.ts';

export interface PlanProblem {
  readonly field: string;
  readonly reason: string;
}

/** What is wrong with a plan, field by field. A draft may lack steps; an active plan may not. */
export function planProblems(
  plan: ReminderPlanInput,
  { isComplete }: { readonly isComplete: boolean },
): PlanProblem[] {
  const { steps } = plan;
  return [
    ...(plan.endsOn !== null && plan.endsOn < plan.startsOn
      ? [{ field: 'endsOn', reason: '结束日期不能早于开始日期' }]
      : []),
    ...(isComplete && steps.length === 0
      ? [{ field: 'steps', reason: '至少添加一个步骤，例如到期前3天' }]
      : []),
    ...steps.flatMap((step, index) => stepProblems(step, `steps.${index}`)),
    ...repeatedIds(steps),
    ...clashes(steps),
  ];
}

function stepProblems(step: ReminderStep, field: string): PlanProblem[] {
  const isPaper = step.audience === 'print';
  return [
    ...(isPaper && step.vias.length > 0
      ? [{ field: `${field}.vias`, reason: '打印通知单不选发送方式' }]
      : []),
    ...(!isPaper && step.vias.length === 0
      ? [{ field: `${field}.vias`, reason: '请至少选择一种发送方式' }]
      : []),
    ...(new Set(step.vias).size < step.vias.length
      ? [{ field: `${field}.vias`, reason: '同一发送方式只需选一次' }]
      : []),
    ...(step.repeatEveryDays !== null && step.days <= 0
      ? [{ field: `${field}.repeatEveryDays`, reason: '只有到期后的步骤可以重复' }]
      : []),
    ...((step.repeatEveryDays === null) === step.repeatTimes > 0
      ? [{ field: `${field}.repeatTimes`, reason: '请同时填写间隔天数和次数，或都不填' }]
      : []),
    ...(!isPaper && (step.sendAt < '08:00' || step.sendAt >= '21:00')
      ? [{ field: `${field}.sendAt`, reason: '请选择8:00至21:00之间的时间，其余为勿扰时段' }]
      : []),
  ];
}

function repeatedIds(steps: readonly ReminderStep[]): PlanProblem[] {
  return steps.flatMap(({ id }, index) =>
    steps.findIndex((step) => step.id === id) < index
      ? [{ field: `steps.${index}.id`, reason: '步骤编号重复，请删除后重新添加' }]
      : [],
  );
}

/** Two steps on one day after the due day: only one would be sent. */
function clashes(steps: readonly ReminderStep[]): PlanProblem[] {
  const taken = new Map<number, number>();
  const problems: PlanProblem[] = [];
  for (const [index, step] of steps.entries()) {
    for (const days of offsetsOf(step)) {
      const other = taken.get(days);
      if (other !== undefined && other !== index) {
        const reason = `与第${other + 1}步落在同一天（${dayText(days)}），请错开`;
        problems.push({ field: `steps.${index}.days`, reason });
        break;
      }
      taken.set(days, index);
    }
  }
  return problems;
}

function dayText(days: number): string {
  if (days === 0) return '到期当天';
  return days < 0 ? `到期前${-days}天` : `到期后${days}天`;
}
