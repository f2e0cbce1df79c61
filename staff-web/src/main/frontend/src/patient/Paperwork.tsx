import { createContext, type ReactNode, useCallback, useContext, useEffect, useRef, useState } from 'react';
import { type PatientDoor, Refusal, type Registration, type Visit } from './door';
import { Choices, TextField, Tick, Ticks } from './fields';
import { Message, Title, useSpeech } from './Frame';
import { firstOpen, lines, orNull, type SectionName, SECTIONS } from './sections';
import type { Words } from './words';

type Demographics = NonNullable<Registration['demographics']>;
type Contact = NonNullable<Registration['contact']>;
type Emergency = NonNullable<Registration['emergencyContact']>;
type Therapist = NonNullable<Registration['therapist']>;
type History = NonNullable<Registration['history']>;
type Drug = NonNullable<Registration['drugs']>['drugs'][number];
type Allergy = NonNullable<Registration['allergies']>['allergies'][number];
type Treatment = NonNullable<Registration['previousTreatments']>['treatments'][number];
interface Card {
  rank: number;
  payerName: string;
  payerCode: string | null;
  plan: string | null;
  memberId: string | null;
  memberIdEnding: string | null;
  groupNumber: string | null;
  holder: string | null;
}

/** What is being filled in: the registration, in a form that can be typed into. */
interface Draft {
  demographics: Demographics;
  contact: Contact;
  emergency: Emergency;
  therapist: { has: boolean | null; name: string; practice: string; phone: string };
  history: { conditions: string[]; others: string; pregnancy: History['pregnancy'] };
  drugs: { has: boolean | null; items: Drug[] };
  allergies: { has: boolean | null; items: Allergy[] };
  treatments: { has: boolean | null; items: Treatment[] };
  coverage: { has: boolean | null; items: Card[] };
}

function drafted(r: Registration): Draft {
  const t: Therapist | null = r.therapist ?? null;
  return {
    demographics: r.demographics,
    contact: r.contact,
    emergency: r.emergencyContact ?? { name: '', relationship: null, phone: '' },
    therapist: { has: t ? t.hasTherapist : null, name: t?.name ?? '', practice: t?.practice ?? '', phone: t?.phone ?? '' },
    history: { conditions: r.history?.conditions ?? [], others: (r.history?.otherConditions ?? []).join('\n'), pregnancy: r.history?.pregnancy ?? null },
    drugs: { has: r.drugs ? r.drugs.drugs.length > 0 : null, items: r.drugs?.drugs ?? [] },
    allergies: { has: r.allergies ? r.allergies.allergies.length > 0 : null, items: r.allergies?.allergies ?? [] },
    treatments: { has: r.previousTreatments ? r.previousTreatments.treatments.length > 0 : null, items: r.previousTreatments?.treatments ?? [] },
    coverage: {
      has: r.coverage ? r.coverage.length > 0 : null,
      items: (r.coverage ?? []).map((c) => ({
        rank: c.rank,
        payerName: c.payerName,
        payerCode: c.payerCode,
        plan: c.plan ?? null,
        memberId: null,
        memberIdEnding: c.memberIdEnding,
        groupNumber: c.groupNumber ?? null,
        holder: c.holder ?? null,
      })),
    },
  };
}

/** What goes to the clinic for one part. */
function body(d: Draft, section: SectionName): object {
  switch (section) {
    case 'demographics':
      return {
        ...d.demographics,
        middleName: orNull(d.demographics.middleName),
        preferredName: orNull(d.demographics.preferredName),
        pronouns: orNull(d.demographics.pronouns),
      };
    case 'contact': {
      const a = d.contact.address;
      const address = a && orNull(a.line1) ? { ...a, line2: orNull(a.line2), state: a.state.toUpperCase() } : null;
      return { ...d.contact, email: orNull(d.contact.email), phone: orNull(d.contact.phone), address };
    }
    case 'emergency-contact':
      return { ...d.emergency, relationship: orNull(d.emergency.relationship) };
    case 'therapist':
      return d.therapist.has
        ? { hasTherapist: true, name: orNull(d.therapist.name), practice: orNull(d.therapist.practice), phone: orNull(d.therapist.phone) }
        : { hasTherapist: false, name: null, practice: null, phone: null };
    case 'history':
      return { conditions: d.history.conditions, otherConditions: lines(d.history.others), pregnancy: d.history.pregnancy };
    case 'drugs':
      return { drugs: d.drugs.has ? d.drugs.items.map((x) => ({ ...x, dose: orNull(x.dose), since: orNull(x.since) })) : [] };
    case 'allergies':
      return { allergies: d.allergies.has ? d.allergies.items.map((x) => ({ ...x, reaction: orNull(x.reaction) })) : [] };
    case 'previous-treatments':
      return { treatments: d.treatments.has ? d.treatments.items.map((x) => ({ ...x, dose: orNull(x.dose), reasonStopped: orNull(x.reasonStopped) })) : [] };
    case 'coverage':
      return {
        cards: d.coverage.has
          ? d.coverage.items.map(({ memberIdEnding: _, ...card }) => ({
              ...card,
              plan: orNull(card.plan),
              memberId: orNull(card.memberId),
              groupNumber: orNull(card.groupNumber),
              holder: orNull(card.holder),
              holderRelationship: null,
            }))
          : [],
      };
  }
}

type Wrong = Record<string, string>;

/** One screen: one question or one decision. */
interface Screen {
  section: SectionName;
  show: (d: Draft, set: (d: Draft) => void, wrong: Wrong) => ReactNode;
  /** What is missing, by field; empty when the patient may go on. */
  check?: (d: Draft) => Wrong;
  /** False: the answers so far make it needless. */
  when?: (d: Draft) => boolean;
  /** Kept with the next screen of the same part: alone it would be half an answer. */
  unkept?: (d: Draft) => boolean;
}

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const digits = (phone: string) => phone.replace(/\D/g, '').length;

function screens(w: Words): Screen[] {
  const need = (fields: Record<string, string | null | undefined>): Wrong =>
    Object.fromEntries(Object.entries(fields).flatMap(([name, value]) => (orNull(value) === null ? [[name, w.needed]] : [])));
  const listed = <T,>(
    section: SectionName,
    part: 'drugs' | 'allergies' | 'treatments',
    words: { ask: string; hint?: string; list: string; item: string },
    fresh: T,
    label: (item: T) => { name: string; more: string | null },
    fields: (item: T, set: (item: T) => void, wrong: Wrong) => ReactNode,
    check: (item: T) => Wrong,
  ): Screen[] => [
    {
      section,
      show: (d, set) => (
        <Choices
          name={part}
          title={<Title>{words.ask}</Title>}
          {...(words.hint ? { hint: words.hint } : {})}
          options={{ yes: w.yes, no: w.no }}
          value={d[part].has === null ? null : d[part].has ? 'yes' : 'no'}
          set={(code) => set({ ...d, [part]: { ...d[part], has: code === 'yes' } })}
        />
      ),
      check: (d): Wrong => (d[part].has === null ? { form: w.unanswered } : {}),
      unkept: (d) => d[part].has === true && d[part].items.length === 0,
    },
    {
      section,
      when: (d) => d[part].has === true,
      show: (d, set, wrong) => (
        <ItemList
          title={words.list}
          itemTitle={words.item}
          items={d[part].items as T[]}
          set={(items) => set({ ...d, [part]: { ...d[part], items } })}
          fresh={fresh}
          label={label}
          fields={fields}
          check={check}
          wrong={wrong}
        />
      ),
      check: (d): Wrong => (d[part].items.length === 0 ? { form: w.needed } : {}),
    },
  ];

  return [
    {
      section: 'demographics',
      show: (d, set, wrong) => {
        const p = d.demographics;
        const put = (change: Partial<Demographics>) => set({ ...d, demographics: { ...p, ...change } });
        return (
          <>
            <Title>{w.name}</Title>
            <TextField label={w.given} value={p.givenName} set={(givenName) => put({ givenName })} wrong={wrong['given']} autoComplete="given-name" />
            <TextField label={w.middle} value={p.middleName ?? ''} set={(middleName) => put({ middleName })} optional autoComplete="additional-name" />
            <TextField label={w.family} value={p.familyName} set={(familyName) => put({ familyName })} wrong={wrong['family']} autoComplete="family-name" />
          </>
        );
      },
      check: (d) => need({ given: d.demographics.givenName, family: d.demographics.familyName }),
    },
    {
      section: 'demographics',
      show: (d, set) => {
        const p = d.demographics;
        const put = (change: Partial<Demographics>) => set({ ...d, demographics: { ...p, ...change } });
        return (
          <>
            <Title>{w.calledTitle}</Title>
            <TextField label={w.preferred} value={p.preferredName ?? ''} set={(preferredName) => put({ preferredName })} optional autoComplete="nickname" />
            <TextField label={w.pronouns} value={p.pronouns ?? ''} set={(pronouns) => put({ pronouns })} optional max={50} />
          </>
        );
      },
    },
    {
      section: 'demographics',
      show: (d, set, wrong) => (
        <>
          <Title>{w.birthTitle}</Title>
          <TextField
            label={w.birth}
            type="date"
            value={d.demographics.birthDate}
            set={(birthDate) => set({ ...d, demographics: { ...d.demographics, birthDate } })}
            wrong={wrong['birthDate']}
            autoComplete="bday"
          />
        </>
      ),
      check: (d): Wrong => (/^\d{4}-\d{2}-\d{2}$/.test(d.demographics.birthDate) ? {} : { birthDate: w.badDate }),
    },
    {
      section: 'demographics',
      show: (d, set) => (
        <Choices
          name="sex"
          title={<Title>{w.sexTitle}</Title>}
          hint={w.sexHint}
          options={w.sexes}
          value={d.demographics.sex}
          set={(sex) => set({ ...d, demographics: { ...d.demographics, sex: sex as Demographics['sex'] } })}
        />
      ),
    },
    {
      section: 'demographics',
      show: (d, set) => {
        const p = d.demographics;
        const put = (change: Partial<Demographics>) => set({ ...d, demographics: { ...p, ...change } });
        return (
          <>
            <Ticks title={<Title>{w.speakTitle}</Title>} options={w.languages} chosen={p.languages} set={(languages) => put({ languages })} />
            <Tick label={w.interpreter} checked={p.interpreterNeeded} set={(interpreterNeeded) => put({ interpreterNeeded })} />
          </>
        );
      },
      check: (d): Wrong => (d.demographics.languages.length === 0 ? { form: w.unanswered } : {}),
    },
    {
      section: 'contact',
      show: (d, set, wrong) => {
        const c = d.contact;
        const put = (change: Partial<Contact>) => set({ ...d, contact: { ...c, ...change } });
        return (
          <>
            <Title>{w.reachTitle}</Title>
            <TextField label={w.email} type="email" value={c.email ?? ''} set={(email) => put({ email })} wrong={wrong['email']} autoComplete="email" max={254} />
            <TextField label={w.phone} type="tel" value={c.phone ?? ''} set={(phone) => put({ phone })} wrong={wrong['phone']} autoComplete="tel" max={40} />
          </>
        );
      },
      check: (d) => ({
        ...(orNull(d.contact.email) !== null && !EMAIL.test(d.contact.email!.trim()) ? { email: w.badEmail } : {}),
        ...(orNull(d.contact.phone) !== null && digits(d.contact.phone!) < 10 ? { phone: w.badPhone } : {}),
        ...(orNull(d.contact.email) === null && orNull(d.contact.phone) === null ? { phone: w.needed } : {}),
        ...(orNull(d.contact.email) === null && d.contact.emailAllowed ? { email: w.needed } : {}),
        ...(orNull(d.contact.phone) === null && (d.contact.smsAllowed || d.contact.voiceAllowed) ? { phone: w.needed } : {}),
      }),
    },
    {
      section: 'contact',
      show: (d, set, wrong) => {
        const a = d.contact.address ?? { line1: '', line2: null, city: '', state: '', postalCode: '' };
        const put = (change: Partial<typeof a>) => set({ ...d, contact: { ...d.contact, address: { ...a, ...change } } });
        return (
          <>
            <Title>{w.addressTitle}</Title>
            <TextField label={w.line1} value={a.line1} set={(line1) => put({ line1 })} wrong={wrong['line1']} autoComplete="address-line1" />
            <TextField label={w.line2} value={a.line2 ?? ''} set={(line2) => put({ line2 })} optional autoComplete="address-line2" />
            <TextField label={w.city} value={a.city} set={(city) => put({ city })} wrong={wrong['city']} autoComplete="address-level2" />
            <TextField label={w.state} hint={w.stateHint} value={a.state} set={(state) => put({ state })} wrong={wrong['state']} autoComplete="address-level1" max={2} />
            <TextField label={w.zip} value={a.postalCode} set={(postalCode) => put({ postalCode })} wrong={wrong['zip']} autoComplete="postal-code" max={10} />
          </>
        );
      },
      check: (d) => {
        const a = d.contact.address;
        return {
          ...need({ line1: a?.line1, city: a?.city }),
          ...(/^[A-Za-z]{2}$/.test(a?.state ?? '') ? {} : { state: w.stateHint }),
          ...(/^\d{5}(-\d{4})?$/.test(a?.postalCode ?? '') ? {} : { zip: w.needed }),
        };
      },
    },
    {
      section: 'contact',
      show: (d, set) => {
        const c = d.contact;
        const ways = Object.entries(w.ways) as [keyof Words['ways'], string][];
        const can: Record<keyof Words['ways'], boolean> = {
          emailAllowed: orNull(c.email) !== null,
          smsAllowed: orNull(c.phone) !== null,
          voiceAllowed: orNull(c.phone) !== null,
          mailAllowed: c.address != null,
        };
        return (
          <>
            <Ticks
              title={<Title>{w.waysTitle}</Title>}
              options={Object.fromEntries(ways.filter(([way]) => can[way]))}
              chosen={ways.filter(([way]) => c[way]).map(([way]) => way)}
              set={(chosen) => set({ ...d, contact: { ...c, ...Object.fromEntries(ways.map(([way]) => [way, chosen.includes(way)])) } })}
            />
            <p className="soft">{w.waysHint}</p>
            <Choices
              name="write-in"
              title={<h2>{w.writeIn}</h2>}
              options={{ en: 'English', es: 'Español' }}
              value={c.language}
              set={(language) => set({ ...d, contact: { ...c, language: language as Contact['language'] } })}
            />
          </>
        );
      },
    },
    {
      section: 'emergency-contact',
      show: (d, set, wrong) => {
        const put = (change: Partial<Emergency>) => set({ ...d, emergency: { ...d.emergency, ...change } });
        return (
          <>
            <Title>{w.emergencyTitle}</Title>
            <TextField label={w.person} value={d.emergency.name} set={(name) => put({ name })} wrong={wrong['name']} max={200} />
            <TextField label={w.relationship} value={d.emergency.relationship ?? ''} set={(relationship) => put({ relationship })} optional />
            <TextField label={w.phone} type="tel" value={d.emergency.phone} set={(phone) => put({ phone })} wrong={wrong['phone']} max={40} />
          </>
        );
      },
      check: (d) => ({ ...need({ name: d.emergency.name }), ...(digits(d.emergency.phone) < 10 ? { phone: w.badPhone } : {}) }),
    },
    {
      section: 'therapist',
      show: (d, set) => (
        <Choices
          name="therapist"
          title={<Title>{w.therapistAsk}</Title>}
          options={{ yes: w.yes, no: w.no }}
          value={d.therapist.has === null ? null : d.therapist.has ? 'yes' : 'no'}
          set={(code) => set({ ...d, therapist: { ...d.therapist, has: code === 'yes' } })}
        />
      ),
      check: (d): Wrong => (d.therapist.has === null ? { form: w.unanswered } : {}),
      unkept: (d) => d.therapist.has === true && orNull(d.therapist.name) === null,
    },
    {
      section: 'therapist',
      when: (d) => d.therapist.has === true,
      show: (d, set, wrong) => {
        const put = (change: Partial<Draft['therapist']>) => set({ ...d, therapist: { ...d.therapist, ...change } });
        return (
          <>
            <Title>{w.therapistTitle}</Title>
            <TextField label={w.person} value={d.therapist.name} set={(name) => put({ name })} wrong={wrong['name']} max={200} />
            <TextField label={w.practice} value={d.therapist.practice} set={(practice) => put({ practice })} optional max={200} />
            <TextField label={w.phone} type="tel" value={d.therapist.phone} set={(phone) => put({ phone })} wrong={wrong['phone']} optional max={40} />
          </>
        );
      },
      check: (d) => ({
        ...need({ name: d.therapist.name }),
        ...(orNull(d.therapist.phone) !== null && digits(d.therapist.phone) < 10 ? { phone: w.badPhone } : {}),
      }),
    },
    ...CONDITION_GROUPS.map(
      ({ group, codes }): Screen => ({
        section: 'history',
        show: (d, set) => (
          <>
            <Title>{w.historyTitle}</Title>
            <p className="soft">{w.historyHint}</p>
            <Ticks
              title={<h2>{w.groups[group]}</h2>}
              options={Object.fromEntries(codes.map((code) => [code, w.conditions[code] ?? code]))}
              chosen={d.history.conditions}
              set={(conditions) => set({ ...d, history: { ...d.history, conditions } })}
            />
          </>
        ),
      }),
    ),
    {
      section: 'history',
      show: (d, set) => (
        <>
          <Title>{w.otherTitle}</Title>
          <TextField
            label={w.other}
            hint={w.otherHint}
            value={d.history.others}
            set={(others) => set({ ...d, history: { ...d.history, others } })}
            lines
            optional
            max={2000}
          />
        </>
      ),
    },
    {
      section: 'history',
      show: (d, set) => (
        <Choices
          name="pregnancy"
          title={<Title>{w.pregnancyTitle}</Title>}
          options={w.pregnancies}
          value={d.history.pregnancy ?? null}
          set={(pregnancy) => set({ ...d, history: { ...d.history, pregnancy: pregnancy as History['pregnancy'] } })}
        />
      ),
      check: (d): Wrong => (d.history.pregnancy == null ? { form: w.unanswered } : {}),
    },
    ...listed<Drug>(
      'drugs',
      'drugs',
      { ask: w.drugsAsk, hint: w.drugsHint, list: w.drugsList, item: w.drugTitle },
      { name: '', dose: null, since: null },
      (x) => ({ name: x.name, more: x.dose ?? null }),
      (x, set, wrong) => (
        <>
          <TextField label={w.drug} value={x.name} set={(name) => set({ ...x, name })} wrong={wrong['name']} />
          <TextField label={w.dose} hint={w.doseHint} value={x.dose ?? ''} set={(dose) => set({ ...x, dose })} optional />
          <TextField label={w.since} type="date" value={x.since ?? ''} set={(since) => set({ ...x, since })} optional />
        </>
      ),
      (x) => need({ name: x.name }),
    ),
    ...listed<Allergy>(
      'allergies',
      'allergies',
      { ask: w.allergiesAsk, list: w.allergiesList, item: w.allergyTitle },
      { substance: '', reaction: null },
      (x) => ({ name: x.substance, more: x.reaction ?? null }),
      (x, set, wrong) => (
        <>
          <TextField label={w.substance} value={x.substance} set={(substance) => set({ ...x, substance })} wrong={wrong['name']} />
          <TextField label={w.reaction} value={x.reaction ?? ''} set={(reaction) => set({ ...x, reaction })} optional max={200} />
        </>
      ),
      (x) => need({ name: x.substance }),
    ),
    ...listed<Treatment>(
      'previous-treatments',
      'treatments',
      { ask: w.treatmentsAsk, hint: w.treatmentsHint, list: w.treatmentsList, item: w.treatmentTitle },
      { drug: '', dose: null, weeks: null, outcome: 'unknown', reasonStopped: null, thisEpisode: true },
      (x) => ({ name: x.drug, more: w.outcomes[x.outcome] ?? null }),
      (x, set, wrong) => (
        <>
          <TextField label={w.treatment} value={x.drug} set={(drug) => set({ ...x, drug })} wrong={wrong['name']} />
          <TextField label={w.dose} value={x.dose ?? ''} set={(dose) => set({ ...x, dose })} optional />
          <TextField
            label={w.weeks}
            type="number"
            value={x.weeks == null ? '' : String(x.weeks)}
            set={(weeks) => set({ ...x, weeks: /^\d{1,4}$/.test(weeks) ? Math.min(2000, Number(weeks)) : null })}
            optional
          />
          <Choices
            name="outcome"
            title={<h2>{w.outcome}</h2>}
            options={w.outcomes}
            value={x.outcome}
            set={(outcome) => set({ ...x, outcome: outcome as Treatment['outcome'] })}
          />
          <TextField label={w.stoppedWhy} value={x.reasonStopped ?? ''} set={(reasonStopped) => set({ ...x, reasonStopped })} optional max={500} />
          <Tick label={w.episode} checked={x.thisEpisode} set={(thisEpisode) => set({ ...x, thisEpisode })} />
        </>
      ),
      (x) => need({ name: x.drug }),
    ),
    {
      section: 'coverage',
      show: (d, set) => (
        <Choices
          name="coverage"
          title={<Title>{w.coverageAsk}</Title>}
          options={{ yes: w.yes, no: w.no }}
          value={d.coverage.has === null ? null : d.coverage.has ? 'yes' : 'no'}
          set={(code) => set({ ...d, coverage: { ...d.coverage, has: code === 'yes' } })}
        />
      ),
      check: (d): Wrong => (d.coverage.has === null ? { form: w.unanswered } : {}),
      unkept: (d) => d.coverage.has === true && d.coverage.items.length === 0,
    },
    {
      section: 'coverage',
      when: (d) => d.coverage.has === true,
      show: (d, set, wrong) => {
        const [first = NO_CARD, ...others] = d.coverage.items;
        const put = (change: Partial<Card>) => set({ ...d, coverage: { ...d.coverage, items: [{ ...first, ...change }, ...others] } });
        return (
          <>
            <Title>{w.coverageTitle}</Title>
            <TextField
              label={w.payer}
              value={first.payerName}
              // another insurer is another code, and has another member id
              set={(payerName) => put({ payerName, payerCode: null, memberIdEnding: null })}
              wrong={wrong['payer']}
            />
            <TextField label={w.plan} value={first.plan ?? ''} set={(plan) => put({ plan })} optional />
            <TextField
              label={w.memberId}
              {...(first.memberIdEnding ? { hint: w.memberKept(first.memberIdEnding) } : {})}
              value={first.memberId ?? ''}
              set={(memberId) => put({ memberId })}
              wrong={wrong['memberId']}
              optional={first.memberIdEnding !== null}
              max={50}
            />
            <TextField label={w.group} value={first.groupNumber ?? ''} set={(groupNumber) => put({ groupNumber })} optional max={50} />
            <TextField label={w.holder} value={first.holder ?? ''} set={(holder) => put({ holder })} optional max={200} />
          </>
        );
      },
      check: (d) => {
        const card = d.coverage.items[0];
        return {
          ...need({ payer: card?.payerName }),
          ...(orNull(card?.memberId) === null && !card?.memberIdEnding ? { memberId: w.needed } : {}),
        };
      },
    },
  ];
}

const NO_CARD: Card = { rank: 1, payerName: '', payerCode: null, plan: null, memberId: null, memberIdEnding: null, groupNumber: null, holder: null };

const CONDITION_GROUPS: { group: keyof Words['groups']; codes: string[] }[] = [
  {
    group: 'mind',
    codes: ['psychosis', 'schizophrenia-history', 'uncontrolled-mania', 'bipolar-disorder', 'seizures', 'dementia', 'delirium', 'substance-use-active', 'substance-use-history'],
  },
  {
    group: 'heart',
    codes: [
      'aneurysmal-vascular-disease',
      'arteriovenous-malformation',
      'intracerebral-haemorrhage',
      'unstable-angina',
      'recent-heart-attack',
      'recent-stroke',
      'heart-failure',
      'cardiac-history',
    ],
  },
  {
    group: 'body',
    codes: [
      'ketamine-allergy',
      'bad-reaction-before',
      'difficult-airway',
      'sleep-apnoea',
      'copd',
      'raised-eye-pressure',
      'raised-intracranial-pressure',
      'severe-liver-disease',
      'uncontrolled-thyroid-disease',
      'interstitial-cystitis',
      'breast-feeding',
      'no-reliable-contraception',
    ],
  },
];

/** What the form does instead of going on, while something smaller is being written. */
const InsteadContext = createContext<(instead: { label: string; run: () => void } | null) => void>(() => undefined);

interface ItemListProps<T> {
  title: string;
  itemTitle: string;
  items: T[];
  set: (items: T[]) => void;
  fresh: T;
  label: (item: T) => { name: string; more: string | null };
  fields: (item: T, set: (item: T) => void, wrong: Wrong) => ReactNode;
  check: (item: T) => Wrong;
  wrong: Wrong;
}

/** A list that grows one by one: the list, or the one that is being written. */
function ItemList<T>({ title, itemTitle, items, set, fresh, label, fields, check, wrong }: ItemListProps<T>) {
  const { w } = useSpeech();
  const instead = useContext(InsteadContext);
  const [writing, setWriting] = useState<{ at: number; item: T } | null>(items.length === 0 ? { at: 0, item: fresh } : null);
  const [amiss, setAmiss] = useState<Wrong>({});
  const add = () => {
    if (!writing) return;
    const found = check(writing.item);
    setAmiss(found);
    if (Object.keys(found).length > 0) return;
    set(items.toSpliced(writing.at, 1, writing.item));
    setWriting(null);
  };
  // what is half written can't be passed over by going on
  useEffect(() => {
    instead(writing ? { label: w.putOnList, run: add } : null);
  });
  useEffect(() => () => instead(null), [instead]);
  if (writing) {
    return (
      <>
        <Title key={`write-${writing.at}`}>{itemTitle}</Title>
        {fields(writing.item, (item) => setWriting({ ...writing, item }), { ...wrong, ...amiss })}
        {items.length > 0 && (
          <button type="button" className="quiet" onClick={() => setWriting(null)}>
            {w.cancel}
          </button>
        )}
      </>
    );
  }
  return (
    <>
      <Title key="list">{title}</Title>
      <ul className="list">
        {items.map((item, at) => {
          const { name, more } = label(item);
          return (
            <li key={at}>
              <span>
                {name}
                {more && <small>{more}</small>}
              </span>
              <span>
                <button type="button" onClick={() => setWriting({ at, item })} aria-label={`${w.change}: ${name}`}>
                  {w.change}
                </button>{' '}
                <button type="button" onClick={() => set(items.toSpliced(at, 1))} aria-label={`${w.remove}: ${name}`}>
                  {w.remove}
                </button>
              </span>
            </li>
          );
        })}
      </ul>
      <div className="buttons">
        <button type="button" onClick={() => setWriting({ at: items.length, item: fresh })}>
          {w.add}
        </button>
      </div>
    </>
  );
}

interface Props {
  door: PatientDoor;
  visit: Visit;
  ended: (e: unknown) => void;
  stop: () => void;
}

type Place = 'welcome' | 'review' | 'done' | number;

export function Paperwork({ door, visit, ended, stop }: Props) {
  const { language, w } = useSpeech();
  const [registration, setRegistration] = useState<Registration | null>(null);
  const [draft, setDraft] = useState<Draft | null>(null);
  const [place, setPlace] = useState<Place>(visit.finishedAt == null ? 'welcome' : 'done');
  const [reviewing, setReviewing] = useState(false);
  const [wrong, setWrong] = useState<Wrong>({});
  const [state, setState] = useState<'idle' | 'saving' | 'offline' | 'conflict' | 'invalid'>('idle');

  const instead = useRef<(() => void) | null>(null);
  const [label, setLabel] = useState<string | null>(null);
  const setInstead = useCallback((what: { label: string; run: () => void } | null) => {
    instead.current = what?.run ?? null;
    setLabel(what?.label ?? null);
  }, []);

  const load = useCallback(async () => {
    const read = await door.registration();
    setRegistration(read);
    return read;
  }, [door]);
  useEffect(() => {
    load()
      .then((read) => setDraft(drafted(read)))
      .catch(ended);
  }, [load, ended]);

  if (place === 'done') return <Message title={w.doneTitle} body={w.doneForms} />;
  if (!registration || !draft) return <p role="status">{w.loading}</p>;

  const all = screens(w);
  const open = firstOpen(registration);
  const first = (section: SectionName) => all.findIndex((s) => s.section === section);

  const refused = async (e: unknown) => {
    if (e instanceof Refusal && e.status === 412) {
      // somebody else filled something in: what is typed here stays, and is saved over the newer version when the patient goes on
      await load().catch(ended);
      setState('conflict');
    } else if (e instanceof Refusal && (e.status === 422 || e.status === 400)) {
      setWrong({ form: w.invalid, ...(e.field ? { [e.field]: fieldMessage(w, e) } : {}) });
      setState('invalid');
    } else if (e instanceof Refusal && e.status !== 0 && e.status < 500) {
      ended(e);
    } else {
      setState('offline');
    }
  };

  const problem = { idle: '', saving: '', offline: w.offline, conflict: w.conflict, invalid: '' }[state];
  const foot = (
    <>
      {wrong['form'] && <p className="wrong" role="alert">{wrong['form']}</p>}
      {problem && (
        <p className="wrong" role="alert">
          {problem}
        </p>
      )}
    </>
  );

  if (place === 'welcome') {
    const resumed = registration.sections.some((s) => s.filledBy === 'patient');
    return (
      <>
        <Title>{w.hello(visit.givenName)}</Title>
        <p>{w.paperworkBody}</p>
        <p className="soft">{w.until(new Date(visit.expiresAt).toLocaleDateString(language, { weekday: 'long', day: 'numeric', month: 'long' }))}</p>
        <div className="buttons">
          <button
            type="button"
            className="go"
            onClick={() => {
              setReviewing(open === null);
              setPlace(open === null ? 'review' : first(open));
            }}
          >
            {resumed ? w.goOn : w.start}
          </button>
        </div>
      </>
    );
  }

  if (place === 'review') {
    const send = async () => {
      setState('saving');
      try {
        await door.finish();
        setPlace('done');
      } catch (e) {
        await refused(e instanceof Refusal && e.rule === 'still-open' ? new Refusal('still-open', 422, undefined) : e);
      }
    };
    return (
      <>
        <Title key="review">{w.reviewTitle}</Title>
        <p>{w.reviewBody}</p>
        <ul className="list">
          {SECTIONS.map((section) => {
            const filled = registration.sections.find((s) => s.section === section)?.state !== 'missing';
            return (
              <li key={section}>
                <span>
                  {w.parts[section]}
                  <small>{filled ? `✓ ${w.filled}` : `! ${w.openPart}`}</small>
                </span>
                <button
                  type="button"
                  aria-label={`${w.change}: ${w.parts[section]}`}
                  onClick={() => {
                    setReviewing(true);
                    setWrong({});
                    setState('idle');
                    setPlace(first(section));
                  }}
                >
                  {w.change}
                </button>
              </li>
            );
          })}
        </ul>
        {foot}
        <div className="buttons">
          <button type="button" className="go" disabled={state === 'saving'} onClick={() => void send()}>
            {w.sendForms}
          </button>
        </div>
        <button type="button" className="quiet" onClick={stop}>
          {w.stop}
        </button>
      </>
    );
  }

  const screen = all[place]!;
  const shown = (at: number) => all[at]?.when?.(draft) ?? true;
  const step = (from: number, by: 1 | -1): number => {
    let at = from + by;
    while (at >= 0 && at < all.length && !shown(at)) at += by;
    return at;
  };

  const leave = (to: Place) => {
    setWrong({});
    setState('idle');
    setPlace(to);
  };

  const next = async () => {
    const found = screen.check?.(draft) ?? {};
    setWrong(found);
    if (Object.keys(found).length > 0) return;
    const to = step(place, 1);
    const sectionEnds = all[to]?.section !== screen.section;
    if (!screen.unkept?.(draft)) {
      setState('saving');
      try {
        const kept = await door.fill(screen.section, registration.version, body(draft, screen.section));
        setRegistration(kept);
        // as the clinic keeps it: numbers in one form, the member id only by its ending
        if (sectionEnds) setDraft((d) => (d ? { ...d, ...only(drafted(kept), screen.section) } : d));
      } catch (e) {
        await refused(e);
        return;
      }
    }
    leave(to >= all.length || (reviewing && sectionEnds) ? 'review' : to);
  };

  const back = () => {
    const to = step(place, -1);
    if (to < 0 || (reviewing && all[to]?.section !== screen.section)) leave(reviewing ? 'review' : 'welcome');
    else leave(to);
  };

  const part = SECTIONS.indexOf(screen.section) + 1;
  return (
    <form
      noValidate
      key={place}
      onSubmit={(e) => {
        e.preventDefault();
        if (instead.current) instead.current();
        else void next();
      }}
    >
      <p className="way">
        {w.part(part, SECTIONS.length)}: {w.parts[screen.section]}
      </p>
      <progress max={all.length} value={place + 1} aria-label={w.part(part, SECTIONS.length)} />
      <InsteadContext value={setInstead}>{screen.show(draft, setDraft, wrong)}</InsteadContext>
      {foot}
      <p className="status" role="status">
        {state === 'saving' ? w.working : ''}
      </p>
      <div className="buttons">
        <button type="button" onClick={back}>
          {w.back}
        </button>
        <button type="submit" className="go" disabled={state === 'saving'}>
          {label ?? w.next}
        </button>
      </div>
      <button type="button" className="quiet" onClick={stop}>
        {w.stop}
      </button>
    </form>
  );
}

/** The part of the draft that belongs to a section. */
function only(d: Draft, section: SectionName): Partial<Draft> {
  switch (section) {
    case 'demographics':
      return { demographics: d.demographics };
    case 'contact':
      return { contact: d.contact };
    case 'emergency-contact':
      return { emergency: d.emergency };
    case 'therapist':
      return { therapist: d.therapist };
    case 'history':
      return { history: d.history };
    case 'drugs':
      return { drugs: d.drugs };
    case 'allergies':
      return { allergies: d.allergies };
    case 'previous-treatments':
      return { treatments: d.treatments };
    case 'coverage':
      return { coverage: d.coverage };
  }
}

function fieldMessage(w: Words, refusal: Refusal): string {
  switch (refusal.rule) {
    case 'phone':
      return w.badPhone;
    case 'email':
      return w.badEmail;
    case 'in-the-future':
    case 'too-long-ago':
      return w.badDate;
    default:
      return w.invalid;
  }
}
