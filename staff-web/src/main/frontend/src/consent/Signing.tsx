import { Button, Checkbox, Group, Modal, SegmentedControl, Select, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { body, intake } from '../api/clients';
import { useCommand } from '../api/command';
import type { components } from '../api/generated/intake';
import { Empty, Loaded } from '../parts/Loaded';
import { ProblemNotice } from '../parts/ProblemNotice';
import { Banner } from '../parts/Tone';
import type { Patient } from '../patients/queries';
import { routeWord, spoken } from '../patients/words';
import { SignatureField } from './SignatureField';
import { type Language, LANGUAGES, WORDS } from './words';
import classes from './consent.module.css';

type Text = components['schemas']['ConsentText'];
type Request = components['schemas']['ConsentRequest'];
type Route = Patient['consents'][number]['route'];

/** The tablet in the patient's hands: the nurse chooses the treatment, the patient reads to the end and signs. */
export default function Signing({ patient, etag, onClose }: { patient: Patient; etag: string | undefined; onClose: () => void }) {
  const texts = useQuery({ queryKey: ['consent-texts'], queryFn: () => body(intake.GET('/api/consent-texts')), staleTime: 600_000 });
  const [language, setLanguage] = useState<Language>(patient.contact.language);
  const [treatment, setTreatment] = useState<string>();
  return (
    <Modal opened onClose={onClose} fullScreen title="Consent" closeOnEscape={false} closeButtonProps={{ 'aria-label': 'Close' }}>
      <Loaded query={texts}>
        {(all) => {
          const inForce = all.filter((t) => t.inForce);
          const treatments = [...new Set(inForce.map((t) => `${t.drug} ${t.route}`))];
          const chosen = inForce.find((t) => `${t.drug} ${t.route}` === treatment && t.language === language);
          return (
            <div className={classes.signing}>
              <Group gap="md" align="end" className={classes.choice}>
                <Select
                  label="Treatment"
                  placeholder="Choose drug and route"
                  data={treatments.map((value) => ({ value, label: treatmentWord(value) }))}
                  value={treatment ?? null}
                  onChange={(value) => setTreatment(value ?? undefined)}
                  allowDeselect={false}
                  comboboxProps={{ withinPortal: true }}
                  data-autofocus
                />
                <SegmentedControl data={LANGUAGES} value={language} onChange={(value) => setLanguage(value as Language)} aria-label="Language of the text" />
              </Group>
              {!treatment ? (
                <Empty title="Choose the treatment, then hand the tablet to the patient">The text in force is shown in the language that you choose.</Empty>
              ) : chosen ? (
                // another text is another signature: nothing of the one before stays
                <ReadAndSign key={`${treatment} ${language}`} text={chosen} patient={patient} etag={etag} onClose={onClose} />
              ) : (
                <Empty title="There is no text in this language">Choose the other one, or read it with an interpreter.</Empty>
              )}
            </div>
          );
        }}
      </Loaded>
    </Modal>
  );
}

const treatmentWord = (value: string) => {
  const [drug = '', route = ''] = value.split(' ');
  return `${spoken(drug)}, ${routeWord(route)}`;
};

function ReadAndSign({ text, patient, etag, onClose }: { text: Text; patient: Patient; etag: string | undefined; onClose: () => void }) {
  const words = WORDS[text.language];
  const query = useQuery({
    queryKey: ['consent-texts', text.drug, text.route, text.language, text.version],
    queryFn: () => body(intake.GET('/api/consent-texts/{drug}/{route}/{language}', { params: { path: { drug: text.drug, route: text.route, language: text.language }, query: { version: text.version } } })),
    staleTime: Infinity,
  });
  const [readTo, setReadTo] = useState(false);
  const [page, setPage] = useState<'read' | 'sign'>('read');
  const [name, setName] = useState('');
  const [typed, setTyped] = useState(false);
  const [drawing, setDrawing] = useState<string>();
  const [cleared, setCleared] = useState(0);
  const [wrong, setWrong] = useState<Record<string, string>>({});
  const route = text.route as Route;
  const again = patient.consents.some((c) => c.route === route && !c.endedAt);
  const sign = useCommand(
    (request: Request) => body(intake.PUT('/api/patients/{id}/consents/{route}', { params: { path: { id: patient.id, route }, header: again && etag ? { 'If-Match': etag } : {} }, body: request })),
    { refresh: [['patient', patient.id], ['patients'], ['worklist'], ['journey', patient.id], ['readiness']] },
  );
  const [signed, setSigned] = useState(false);
  const errors = sign.problem?.byField() ?? {};
  const submit = async () => {
    const missing: Record<string, string> = {};
    if (!name.trim()) missing['name'] = words.needName;
    if (!typed && !drawing) missing['drawing'] = words.needDrawing;
    setWrong(missing);
    if (Object.keys(missing).length > 0) return;
    await sign
      .runAsync({ drug: text.drug, textVersion: text.version, language: text.language, signature: name.trim(), ...(typed || !drawing ? {} : { drawing }) })
      .then(() => setSigned(true))
      .catch(() => undefined);
  };
  if (signed) {
    return (
      <Banner
        tone="done"
        title={words.done}
        actions={
          <Button variant="default" onClick={onClose}>
            Close
          </Button>
        }
      >
        {words.handBack}
      </Banner>
    );
  }
  return (
    <div lang={text.language} className={classes.paper}>
      <Loaded query={query}>
        {(full) =>
          page === 'read' ? (
            <>
              <Scroll onEnd={() => setReadTo(true)} label={full.title}>
                <h2>{full.title}</h2>
                {full.paragraphs.map((paragraph, i) => (
                  <p key={i}>{paragraph}</p>
                ))}
              </Scroll>
              <div className={classes.foot}>
                <span>{readTo ? words.free : words.read}</span>
                <Button size="lg" disabled={!readTo} onClick={() => setPage('sign')}>
                  {words.readDone}
                </Button>
              </div>
            </>
          ) : (
            <form
              onSubmit={(event) => {
                event.preventDefault();
                void submit();
              }}
            >
              <Stack gap="md">
                <h2>{full.title}</h2>
                <p className={classes.note}>{words.free}</p>
                <TextInput size="lg" label={words.name} autoComplete="off" maxLength={200} value={name} onChange={(e) => setName(e.currentTarget.value)} error={wrong['name'] ?? errors['signature']} data-autofocus />
                {typed ? (
                  <p className={classes.note}>{words.typedNote}</p>
                ) : (
                  <div>
                    <div className={classes.padHead}>
                      <span>{words.drawn}</span>
                      <Button
                        size="sm"
                        variant="default"
                        onClick={() => {
                          setDrawing(undefined);
                          setCleared(cleared + 1);
                        }}
                      >
                        {words.clear}
                      </Button>
                    </div>
                    <SignatureField label={words.drawn} cleared={cleared} onChange={setDrawing} />
                    {(wrong['drawing'] ?? errors['drawing']) ? (
                      <div role="alert" className={classes.wrong}>
                        {wrong['drawing'] ?? errors['drawing']}
                      </div>
                    ) : null}
                  </div>
                )}
                <Checkbox size="md" label={words.typed} checked={typed} onChange={(e) => setTyped(e.currentTarget.checked)} />
                <ProblemNotice problem={sign.problem} />
                <div className={classes.foot}>
                  <Button size="lg" variant="default" onClick={() => setPage('read')}>
                    {words.back}
                  </Button>
                  <Button size="lg" type="submit" loading={sign.busy}>
                    {words.sign}
                  </Button>
                </div>
              </Stack>
            </form>
          )
        }
      </Loaded>
    </div>
  );
}

/** A long text; tells when its end was in sight. */
function Scroll({ label, onEnd, children }: { label: string; onEnd: () => void; children: React.ReactNode }) {
  const end = useRef<HTMLDivElement>(null);
  const tell = useRef(onEnd);
  tell.current = onEnd;
  useEffect(() => {
    const mark = end.current;
    if (!mark) return undefined;
    const watch = new IntersectionObserver((seen) => seen.some((s) => s.isIntersecting) && tell.current());
    watch.observe(mark);
    return () => watch.disconnect();
  }, []);
  return (
    <div className={classes.text} tabIndex={0} role="region" aria-label={label}>
      {children}
      <div ref={end} className={classes.end} />
    </div>
  );
}
