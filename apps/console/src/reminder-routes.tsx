import type { RouteObject } from 'react-router';
import { paths } from './paths.ts';

/** The pages of the menu's group of reminders. */
export const reminderPages: RouteObject[] = [
  {
    path: paths.reminderPlans(),
    lazy: async () => ({ Component: (await import('./reminders/PlansPage.tsx')).PlansPage }),
  },
  {
    path: paths.newReminderPlan(),
    lazy: async () => ({ Component: (await import('./reminders/PlanEditPage.tsx')).NewPlanPage }),
  },
  {
    path: paths.reminderPlan(':reminderPlanId'),
    lazy: async () => ({ Component: (await import('./reminders/PlanPage.tsx')).PlanPage }),
  },
  {
    path: paths.editReminderPlan(':reminderPlanId'),
    lazy: async () => ({ Component: (await import('./reminders/PlanEditPage.tsx')).EditPlanPage }),
  },
  {
    path: paths.reminderCalendar(),
    lazy: async () => ({ Component: (await import('./reminders/CalendarPage.tsx')).CalendarPage }),
  },
  {
    path: paths.reminders(),
    lazy: async () => ({
      Component: (await import('./reminders/RemindersPage.tsx')).RemindersPage,
    }),
  },
  {
    path: paths.reminder(':reminderId'),
    lazy: async () => ({ Component: (await import('./reminders/ReminderPage.tsx')).ReminderPage }),
  },
  {
    path: paths.remindByHand(),
    lazy: async () => ({ Component: (await import('./reminders/ManualPage.tsx')).ManualPage }),
  },
  {
    path: paths.reminderPauses(),
    lazy: async () => ({ Component: (await import('./reminders/PausesPage.tsx')).PausesPage }),
  },
  {
    path: paths.reminderPrints(),
    lazy: async () => ({ Component: (await import('./reminders/PrintsPage.tsx')).PrintsPage }),
  },
  {
    path: paths.reminderEffect(),
    lazy: async () => ({ Component: (await import('./reminders/EffectPage.tsx')).EffectPage }),
  },
];
