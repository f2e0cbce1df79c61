import { StrictMode, useCallback, useEffect, useMemo, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { type Clinic, clinicCard, forgetLink, PatientDoor, Refusal, takeLink, type Visit } from './door';
import { Frame, Message, SpeechContext } from './Frame';
import { Paperwork } from './Paperwork';
import { Questions } from './Questions';
import { type Language, WORDS } from './words';
import './patient.css';

type Stage = { at: 'opening' | 'no-link' | 'refused' | 'offline' | 'stopped' } | { at: 'open'; visit: Visit };

const SPOKEN = 'clinicops-language';

function chosen(): Language | null {
  const kept = sessionStorage.getItem(SPOKEN);
  return kept === 'en' || kept === 'es' ? kept : null;
}

function PatientPage({ link }: { link: string | null }) {
  const [language, setLanguage] = useState<Language>(chosen() ?? (navigator.language.startsWith('es') ? 'es' : 'en'));
  const [clinic, setClinic] = useState<Clinic | null>(null);
  const [stage, setStage] = useState<Stage>({ at: link === null ? 'no-link' : 'opening' });
  const door = useMemo(() => (link === null ? null : new PatientDoor(link)), [link]);
  const w = WORDS[language];

  const speak = (to: Language) => {
    sessionStorage.setItem(SPOKEN, to);
    setLanguage(to);
  };

  /** What ends the visit: a link that no longer works, or nobody answering before anything is there to be kept. */
  const ended = useCallback((e: unknown) => {
    const over = e instanceof Refusal && e.status >= 400 && e.status < 500 && e.status !== 429;
    setStage({ at: over ? 'refused' : 'offline' });
  }, []);

  const open = useCallback(async () => {
    if (!door) return;
    setStage({ at: 'opening' });
    try {
      const access = await door.open();
      if (!chosen()) setLanguage(access.language === 'es' ? 'es' : 'en');
      setStage({ at: 'open', visit: await door.visit() });
    } catch (e) {
      ended(e);
    }
  }, [door, ended]);

  useEffect(() => {
    clinicCard().then(setClinic, () => undefined);
    void open();
  }, [open]);

  const stop = () => {
    forgetLink();
    setStage({ at: 'stopped' });
  };

  return (
    <SpeechContext value={{ language, w, speak }}>
      <Frame clinic={clinic}>
        {stage.at === 'opening' && <p role="status">{w.loading}</p>}
        {stage.at === 'no-link' && <Message title={w.noLinkTitle} body={w.noLinkBody} />}
        {stage.at === 'refused' && <Message title={w.refusedTitle} body={w.refusedBody} />}
        {stage.at === 'stopped' && <Message title={w.stopped} body={w.stoppedBody} />}
        {stage.at === 'offline' && <Message title={w.offlineTitle} body={w.offlineBody} action={{ label: w.retry, run: () => void open() }} />}
        {stage.at === 'open' && door && stage.visit.purpose === 'paperwork' && <Paperwork door={door} visit={stage.visit} ended={ended} stop={stop} />}
        {stage.at === 'open' && door && stage.visit.purpose === 'assessment' && <Questions door={door} visit={stage.visit} ended={ended} stop={stop} />}
      </Frame>
    </SpeechContext>
  );
}

function start() {
  const link = takeLink();
  root.render(
    <StrictMode>
      <PatientPage key={link} link={link} />
    </StrictMode>,
  );
}

const root = createRoot(document.getElementById('app')!);
// a second link that is opened in the same tab changes nothing but the hash
window.addEventListener('hashchange', start);
start();
