const counters = [
  'sent',
  'delivered',
  'opened',
  'paidDay',
  'paidThreeDays',
  'collectedDayFen',
  'collectedThreeDaysFen',
  'cost',
] as const;

type Counters = Readonly<Record<(typeof counters)[number], number>>;
interface Key {
  readonly day: string;
  readonly planId: string | null;
  readonly stepId: string | null;
  readonly via: string;
}

/** What has to be added to the totals when notices that counted as `before` count as `after`. */
export function difference<Row extends Key & Counters>(
  before: readonly Row[],
  after: readonly Row[],
): (Key & Counters)[] {
  const totals = new Map<string, Key & Counters>();
  for (const [rows, sign] of [
    [before, -1],
    [after, 1],
  ] as const) {
    for (const row of rows) {
      const key = [row.day, row.planId, row.stepId, row.via].join('/');
      totals.set(key, added(totals.get(key), row, sign));
    }
  }
  return [...totals.values()].filter((row) => counters.some((name) => row[name] !== 0));
}

function added(total: Counters | undefined, row: Key & Counters, sign: 1 | -1): Key & Counters {
  const { day, planId, stepId, via } = row;
  const sums = counters.map((name) => [name, (total?.[name] ?? 0) + sign * row[name]] as const);
  return {
    day,
    planId,
    stepId,
    via,
    ...(Object.fromEntries(sums) as Record<keyof Counters, number>),
  };
}
