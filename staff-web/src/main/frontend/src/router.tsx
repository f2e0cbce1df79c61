import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { useMe } from './api/me';
import { Empty } from './parts/Loaded';
import { homeOf } from './shell/places';
import { PageError } from './shell/PageError';
import { Shell } from './shell/Shell';
import { Navigate } from '@tanstack/react-router';

// Addresses carry ids and filters, never what somebody searched for: they end up in histories and logs.

const root = createRootRoute({ component: Shell, notFoundComponent: () => <Empty title="There is no such page">Choose a place in the rail, or press Ctrl K.</Empty> });

function Home() {
  return <Navigate to={homeOf(useMe().roles)} replace />;
}

const home = createRoute({ getParentRoute: () => root, path: '/', component: Home });
const today = createRoute({ getParentRoute: () => root, path: '/today', component: lazyRouteComponent(() => import('./today/TodayPage')) });
const toSign = createRoute({ getParentRoute: () => root, path: '/today/notes', component: lazyRouteComponent(() => import('./session/ToSignPage')) });
const drugs = createRoute({ getParentRoute: () => root, path: '/today/drugs', component: lazyRouteComponent(() => import('./drugs/DrugsPage')) });
const rems = createRoute({ getParentRoute: () => root, path: '/today/rems', component: lazyRouteComponent(() => import('./rems/RemsPage')) });
const remsForm = createRoute({ getParentRoute: () => root, path: '/today/rems/$sessionId', component: lazyRouteComponent(() => import('./rems/RemsFormPage')) });
const orders = createRoute({ getParentRoute: () => root, path: '/today/orders', component: lazyRouteComponent(() => import('./house/OrdersPage')) });
const dayClose = createRoute({ getParentRoute: () => root, path: '/today/close', component: lazyRouteComponent(() => import('./house/ClosePage')) });
const calls = createRoute({ getParentRoute: () => root, path: '/today/calls', component: lazyRouteComponent(() => import('./treatment/CallsPage')) });
const talks = createRoute({ getParentRoute: () => root, path: '/today/integration', component: lazyRouteComponent(() => import('./treatment/TalksPage')) });
const session = createRoute({ getParentRoute: () => root, path: '/sessions/$sessionId', component: lazyRouteComponent(() => import('./session/SessionPage')) });
const patients = createRoute({ getParentRoute: () => root, path: '/patients', component: lazyRouteComponent(() => import('./patients/PatientsPage')) });
const worklist = createRoute({ getParentRoute: () => patients, path: '/', validateSearch: (search: Record<string, unknown>): { stage?: string; missing?: string; urgent?: boolean; safety?: boolean } => ({
  ...(typeof search['stage'] === 'string' ? { stage: search['stage'] } : {}),
  ...(typeof search['missing'] === 'string' ? { missing: search['missing'] } : {}),
  ...(search['urgent'] === true ? { urgent: true } : {}),
  ...(search['safety'] === true ? { safety: true } : {}),
}), component: lazyRouteComponent(() => import('./patients/PatientsHome')) });
const allPatients = createRoute({ getParentRoute: () => patients, path: '/all', validateSearch: (search: Record<string, unknown>): { status?: string } => (typeof search['status'] === 'string' ? { status: search['status'] } : {}), component: lazyRouteComponent(() => import('./patients/AllPatients')) });
const duplicates = createRoute({ getParentRoute: () => patients, path: '/duplicates', component: lazyRouteComponent(() => import('./duplicates/Duplicates')) });
const newPatient = createRoute({ getParentRoute: () => root, path: '/patients/new', component: lazyRouteComponent(() => import('./registration/NewPatientPage')) });
const patient = createRoute({ getParentRoute: () => root, path: '/patients/$patientId', component: lazyRouteComponent(() => import('./patients/PatientPage')) });
const journey = createRoute({ getParentRoute: () => patient, path: '/', component: lazyRouteComponent(() => import('./patients/JourneyTab')) });
const registration = createRoute({ getParentRoute: () => patient, path: '/registration', component: lazyRouteComponent(() => import('./registration/RegistrationTab')) });
const record = createRoute({ getParentRoute: () => patient, path: '/record', component: lazyRouteComponent(() => import('./patients/RecordTab')) });
const patientSafety = createRoute({ getParentRoute: () => patient, path: '/safety', component: lazyRouteComponent(() => import('./safety/SafetyTab')) });
const instruments = createRoute({ getParentRoute: () => patient, path: '/instruments', component: lazyRouteComponent(() => import('./instruments/InstrumentsTab')) });
const ask = createRoute({ getParentRoute: () => patient, path: '/instruments/ask/$instrumentId', validateSearch: (search: Record<string, unknown>): { session?: string } => (typeof search['session'] === 'string' ? { session: search['session'] } : {}), component: lazyRouteComponent(() => import('./instruments/AskPage')) });
const clearance = createRoute({ getParentRoute: () => patient, path: '/clearance', component: lazyRouteComponent(() => import('./judgement/ClearanceTab')) });
const screening = createRoute({ getParentRoute: () => patient, path: '/screening', component: lazyRouteComponent(() => import('./judgement/ScreeningPage')) });
const patientConsent = createRoute({ getParentRoute: () => patient, path: '/consent', component: lazyRouteComponent(() => import('./consent/ConsentTab')) });
const documents = createRoute({ getParentRoute: () => patient, path: '/documents', component: lazyRouteComponent(() => import('./documents/DocumentsTab')) });
const evaluation = createRoute({ getParentRoute: () => patient, path: '/evaluations/$kind', component: lazyRouteComponent(() => import('./judgement/EvaluationPage')) });
const patientPlan = createRoute({ getParentRoute: () => patient, path: '/plan', component: lazyRouteComponent(() => import('./plan/PlanTab')) });
const patientTreatment = createRoute({ getParentRoute: () => patient, path: '/treatment', component: lazyRouteComponent(() => import('./treatment/TreatmentTab')) });
const patientMoney = createRoute({ getParentRoute: () => patient, path: '/money', component: lazyRouteComponent(() => import('./money/PatientMoneyTab')) });
const money = createRoute({ getParentRoute: () => root, path: '/money', validateSearch: (search: Record<string, unknown>): { view?: string } => (typeof search['view'] === 'string' ? { view: search['view'] } : {}), component: lazyRouteComponent(() => import('./money/MoneyPage')) });
const reports = createRoute({ getParentRoute: () => root, path: '/reports', component: lazyRouteComponent(() => import('./outcomes/ReportsPage')) });
const broken = createRoute({ getParentRoute: () => root, path: '/calendar/broken', component: lazyRouteComponent(() => import('./calendar/BrokenPage')) });
const boosters = createRoute({ getParentRoute: () => root, path: '/calendar/boosters', component: lazyRouteComponent(() => import('./calendar/BoostersPage')) });
const calendar = createRoute({ getParentRoute: () => root, path: '/calendar', validateSearch: (search: Record<string, unknown>): { day?: string; by?: 'chair' | 'nurse'; span?: 'week' | 'day' } => ({
  ...(typeof search['day'] === 'string' && /^\d{4}-\d\d-\d\d$/.test(search['day']) ? { day: search['day'] } : {}),
  ...(search['by'] === 'nurse' ? { by: 'nurse' } : {}),
  ...(search['span'] === 'day' ? { span: 'day' } : {}),
}), component: lazyRouteComponent(() => import('./calendar/CalendarPage')) });
const waitlist = createRoute({ getParentRoute: () => root, path: '/calendar/waitlist', component: lazyRouteComponent(() => import('./waitlist/WaitlistPage')) });
const planner = createRoute({ getParentRoute: () => root, path: '/calendar/planner', validateSearch: (search: Record<string, unknown>): { patient?: string; booster?: string } => ({
  ...(typeof search['patient'] === 'string' ? { patient: search['patient'] } : {}),
  ...(typeof search['booster'] === 'string' ? { booster: search['booster'] } : {}),
}), component: lazyRouteComponent(() => import('./calendar/PlannerPage')) });
const messages = createRoute({ getParentRoute: () => root, path: '/messages', component: lazyRouteComponent(() => import('./messages/MessagesPage')) });
const admin = createRoute({ getParentRoute: () => root, path: '/admin', component: lazyRouteComponent(() => import('./admin/AdminPage')) });
const adminHome = createRoute({ getParentRoute: () => admin, path: '/', beforeLoad: () => { throw redirect({ to: '/admin/$section', params: { section: 'staff' } }); } });
const adminSection = createRoute({ getParentRoute: () => admin, path: '/$section', component: lazyRouteComponent(() => import('./admin/AdminSection')) });

export const router = createRouter({
  defaultErrorComponent: PageError,
  routeTree: root.addChildren([
    home,
    today,
    toSign,
    drugs,
    rems,
    remsForm,
    orders,
    dayClose,
    calls,
    talks,
    session,
    patients.addChildren([worklist, allPatients, duplicates]),
    newPatient,
    patient.addChildren([
      journey,
      registration,
      record,
      instruments,
      ask,
      clearance,
      screening,
      evaluation,
      patientSafety,
      patientConsent, patientPlan, patientTreatment,
      documents,
      patientMoney,
    ]),
    money,
    broken,
    boosters,
    calendar,
    planner,
    waitlist,
    messages,
    reports,
    admin.addChildren([adminHome, adminSection]),
  ]),
  defaultPreload: 'intent',
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
