import { ActionIcon, Kbd, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import { IconBell, IconMoon, IconSearch, IconSun, IconUser } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { AlarmsButton } from '../alarms/AlarmsButton';
import { useHas, useMe } from '../api/me';
import { useClinicClock, useClockKnown, useNow, useZone } from '../live/clock';
import { unresolvedQuery } from '../safety/alerts';
import { useLive, useLiveState } from '../live/live';
import { useEntries, useOutboxRunner } from '../session/offline/link';
import { Empty } from '../parts/Loaded';
import { Logo } from '../parts/Logo';
import { Banner } from '../parts/Tone';
import { dateOf, timeOf } from '../parts/time';
import { useLocked } from '../session/lock/lock';
import { maySee, placeAt, placesOf } from './places';
import { useKeys } from './keys';
import classes from './Shell.module.css';

const Palette = lazy(() => import('./Palette'));
const KeySheet = lazy(() => import('./KeySheet'));
const AccountMenu = lazy(() => import('./AccountMenu'));
const OwnFeeds = lazy(() => import('../feeds/OwnFeeds'));
const OwnPassword = lazy(() => import('./OwnPassword'));
const OwnPin = lazy(() => import('./OwnPin'));
const LockScreen = lazy(() => import('../session/lock/LockScreen'));
const AlertsDrawer = lazy(() => import('./AlertsDrawer'));

export function Shell() {
  useLive();
  const me = useMe();
  useOutboxRunner(me.username);
  const locked = useLocked(me.username);
  const places = placesOf(me.roles);
  const here = useRouterState({ select: ({ location }) => placeAt(location.pathname, places) });
  const seen = useRouterState({ select: ({ location }) => maySee(location.pathname, me.roles) });
  const [palette, setPalette] = useState(false);
  const [sheet, setSheet] = useState(false);
  const [alerts, setAlerts] = useState(false);
  useKeys({ onPalette: () => setPalette(true), onSheet: () => setSheet(true) });

  return (
    <div className={classes.shell}>
      <a className={classes.skip} href="#content">
        Skip to content
      </a>
      <nav className={classes.rail} aria-label="Main">
        <Link to="/" className={classes.logo} aria-label="clinicops, home">
          <Logo />
        </Link>
        {places.map(({ to, label, icon: Icon }) => (
          <Link key={to} to={to} className={classes.place} activeOptions={{ exact: to !== here }} activeProps={{ 'data-here': true }}>
            <Icon size={22} stroke={1.7} aria-hidden />
            <span>{label}</span>
          </Link>
        ))}
      </nav>
      <header className={classes.bar}>
        <ClinicTime />
        <UnstyledButton className={classes.search} onClick={() => setPalette(true)} aria-label="Search or command">
          <IconSearch size={16} aria-hidden />
          <span>Search or command</span>
          <Kbd size="xs">Ctrl K</Kbd>
        </UnstyledButton>
        <div className={classes.right}>
          <AlarmsButton />
          <AlertsButton onOpen={() => setAlerts(true)} />
          <Scheme />
          <WhoAmI />
        </div>
      </header>
      <main className={classes.content} id="content" tabIndex={-1}>
        <Notices />
        {seen ? (
          <Outlet />
        ) : (
          <Empty title="This page is for others" action={<Link to="/">To your own work</Link>}>
            Your role does not work here. An administrator can give you another one.
          </Empty>
        )}
      </main>
      <Suspense>
        {locked ? <LockScreen /> : null}
        {palette ? <Palette onClose={() => setPalette(false)} /> : null}
        {sheet ? <KeySheet onClose={() => setSheet(false)} /> : null}
        {alerts ? <AlertsDrawer onClose={() => setAlerts(false)} /> : null}
      </Suspense>
    </div>
  );
}

function ClinicTime() {
  const now = useNow();
  const zone = useZone();
  const { state } = useLiveState();
  const known = useClockKnown();
  return (
    <div className={classes.time}>
      <strong>{known ? timeOf(now, zone) : '··:··'}</strong>
      <span>{known ? dateOf(now, zone) : ''}</span>
      <span className={classes.pulse} data-state={state} role="img" aria-label={state === 'live' ? 'Live' : state === 'connecting' ? 'Connecting' : 'Not live'} title={state === 'live' ? 'Live: changes show at once' : 'Not live at the moment'} />
    </div>
  );
}

/** What everybody must know whatever they look at: a demo's time, and that the screen may be old. */
function Notices() {
  const { data: clock } = useClinicClock();
  const live = useLiveState();
  const zone = useZone();
  const me = useMe();
  const mine = useEntries().filter((e) => e.user === me.username);
  // a session's own page says more about its way to the server
  const beside = useRouterState({ select: (state) => state.location.pathname.startsWith('/sessions/') });
  return (
    <div className={classes.notices}>
      {mine.length > 0 && !beside ? (
        <Banner tone={mine.some((e) => e.refused) ? 'danger' : 'waiting'} title={`${mine.length} ${mine.length === 1 ? 'entry' : 'entries'} not on record yet`}>
          {mine.some((e) => e.refused) ? 'Some were not accepted: look at ' : 'Kept on this device, sent by itself: '}
          {[...new Set(mine.map((e) => e.sessionId))].map((id, i) => (
            <Link key={id} to="/sessions/$sessionId" params={{ sessionId: id }}>
              {i > 0 ? ', another session' : 'the session'}
            </Link>
          ))}
        </Banner>
      ) : null}
      {live.state === 'stale' && !beside ? (
        <Banner tone="hold" title={live.asOf ? `As of ${timeOf(live.asOf, zone)}` : 'Not live'}>
          The connection to the clinic is interrupted. What you see may be old; it comes back by itself. Nothing you do is shown as done before the server said so.
        </Banner>
      ) : live.state === 'behind' && live.asOf ? (
        <Banner tone="hold" title={`As of ${timeOf(live.asOf, zone)}`}>
          A part of the clinic&apos;s software is away. What you do is kept; changes by others show when it is back.
        </Banner>
      ) : null}
      {clock?.demo ? <div className={classes.demo}>Demo clinic: the time is made up and mail stays inside.</div> : null}
    </div>
  );
}

function AlertsButton({ onOpen }: { onOpen: () => void }) {
  const has = useHas();
  const clinical = has('nurse', 'prescriber', 'therapist', 'front-desk');
  const { data } = useQuery({
    ...unresolvedQuery,
    enabled: clinical,
  });
  if (!clinical) return null;
  const open = data?.items.filter((alert) => alert.state === 'raised').length ?? 0;
  const watched = (data?.items.length ?? 0) - open;
  const escalated = data?.items.some((alert) => alert.state === 'raised' && alert.escalations.length > 0) ?? false;
  const label = [
    open === 0 ? 'No open safety alerts' : `${open} open safety alert${open === 1 ? '' : 's'}${escalated ? ', escalated' : ''}`,
    ...(watched > 0 ? [`${watched} being looked after`] : []),
  ].join('; ');
  return (
    <UnstyledButton className={classes.alerts} title={label} data-open={open > 0 || undefined} data-escalated={escalated || undefined} onClick={onOpen} aria-label={label}>
        <IconBell size={20} stroke={1.8} aria-hidden />
        {open > 0 ? <span>{open}</span> : null}
      </UnstyledButton>
  );
}

function Scheme() {
  const { colorScheme, toggleColorScheme } = useMantineColorScheme();
  const dark = colorScheme === 'dark';
  return (
    <ActionIcon variant="subtle" color="gray" size={36} onClick={toggleColorScheme} aria-label={dark ? 'Light screen' : 'Dark screen'}>
      {dark ? <IconSun size={18} /> : <IconMoon size={18} />}
    </ActionIcon>
  );
}

function WhoAmI() {
  const me = useMe();
  const [open, setOpen] = useState(false);
  const [password, setPassword] = useState(false);
  const [pin, setPin] = useState(false);
  const [calendar, setCalendar] = useState(false);
  return (
    <div className={classes.account}>
      <UnstyledButton className={classes.who} aria-label={`Signed in as ${me.name}`} aria-haspopup="menu" aria-expanded={open} onClick={() => setOpen(true)}>
        <IconUser size={18} stroke={1.8} aria-hidden />
        <span>{me.name}</span>
      </UnstyledButton>
      <Suspense>
        {open ? <AccountMenu onClose={() => setOpen(false)} onPassword={() => setPassword(true)} onPin={() => setPin(true)} onCalendar={() => setCalendar(true)} /> : null}
        {calendar ? <OwnFeeds onClose={() => setCalendar(false)} /> : null}
        {pin ? <OwnPin onClose={() => setPin(false)} /> : null}
        {password ? <OwnPassword onClose={() => setPassword(false)} /> : null}
      </Suspense>
    </div>
  );
}
