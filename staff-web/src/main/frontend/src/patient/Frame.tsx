import { createContext, type ReactNode, useContext, useEffect, useRef } from 'react';
import type { Clinic } from './door';
import { type Language, type Words, WORDS } from './words';

export interface Speech {
  language: Language;
  w: Words;
  speak: (language: Language) => void;
}

export const SpeechContext = createContext<Speech>({ language: 'en', w: WORDS.en, speak: () => undefined });
export const useSpeech = () => useContext(SpeechContext);

const dial = (phone: string) => `tel:${phone.replace(/[^+\d]/g, '')}`;

/** What every page has: the clinic and its phone, the other language, and whom to call in a crisis. */
export function Frame({ clinic, children }: { clinic: Clinic | null; children: ReactNode }) {
  const { language, w, speak } = useSpeech();
  const other = language === 'en' ? 'es' : 'en';
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  useEffect(() => {
    if (clinic) document.title = clinic.name;
  }, [clinic]);
  return (
    <div className="page">
      <header className="top">
        <strong>{clinic?.name ?? ' '}</strong>
        {clinic && (
          <a href={dial(clinic.phone)} aria-label={`${w.call}: ${clinic.phone}`}>
            {clinic.phone}
          </a>
        )}
        <button type="button" lang={other} onClick={() => speak(other)}>
          {w.language}
        </button>
      </header>
      <main>{children}</main>
      <footer className="bottom">{linked(w.crisis)}</footer>
    </div>
  );
}

/** Numbers that can be called are links. */
function linked(text: string): ReactNode[] {
  return text.split(/\b(911|988)\b/).map((piece, i) =>
    piece === '911' || piece === '988' ? (
      <a key={i} href={`tel:${piece}`}>
        {piece}
      </a>
    ) : (
      piece
    ),
  );
}

/** Whom to turn to now: read out at once. */
export function CrisisCard({ more, brief }: { more?: boolean; brief?: boolean }) {
  const { w } = useSpeech();
  return (
    <section className="crisis" role="alert">
      {more ? <Title>{w.crisisTitle}</Title> : <h2>{w.crisisTitle}</h2>}
      {!brief && <p>{w.crisisBody}</p>}
      <div className="ways">
        <a href="tel:988">{w.crisisCall}</a>
        <a href="sms:988">{w.crisisText}</a>
        <a href="tel:911">{w.crisis911}</a>
      </div>
      {more && <p style={{ margin: '0.75rem 0 0' }}>{w.crisisMore}</p>}
    </section>
  );
}

/** The question of a screen; the reader starts there when the screen changes. */
export function Title({ children }: { children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }, []);
  return (
    <h1 ref={heading} tabIndex={-1} style={{ outline: 'none' }}>
      {children}
    </h1>
  );
}

export function Message({ title, body, action }: { title: string; body: string; action?: { label: string; run: () => void } }) {
  return (
    <>
      <Title key={title}>{title}</Title>
      <p>{body}</p>
      {action && (
        <div className="buttons">
          <button type="button" className="go" onClick={action.run}>
            {action.label}
          </button>
        </div>
      )}
    </>
  );
}
